import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** What the desktop shell allows, and the same in the browser, where the pretend backend needs nothing more. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; font-src 'self'; connect-src ipc: http://ipc.localhost";

// A default export is what Vite asks of its configuration.
export default defineConfig({
  base: "./",
  plugins: [react()],
  resolve: {
    // The design system uses two functions of lodash: from the ES modules only those two are bundled.
    alias: [{ find: /^lodash(\/.*)?$/, replacement: "lodash-es$1" }],
  },
  build: {
    target: ["es2022", "safari16"],
    // Inlined fonts would be `data:` addresses, which the content security policy forbids.
    assetsInlineLimit: 0,
    emptyOutDir: true,
    // WebKit loads from disk: the hint to load modules early brings a script and nothing else.
    modulePreload: false,
    chunkSizeWarningLimit: 700,
  },
  server: { port: 1420, strictPort: true },
  preview: { headers: { "Content-Security-Policy": CONTENT_SECURITY_POLICY } },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
    testTimeout: 30_000,
    server: { deps: { inline: ["hds-react"] } },
  },
});
