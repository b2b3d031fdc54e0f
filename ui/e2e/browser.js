import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";
import { preview } from "vite";

const UI = fileURLToPath(new URL("..", import.meta.url));
const CHROMIUM = "/usr/bin/chromium";
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Serves the build with the pretend backend, under the content security policy of the real app, and opens a browser. */
export async function openBrowser() {
  const server = await preview({
    root: UI,
    logLevel: "warn",
    build: { outDir: "test-results/fake" },
    preview: { host: "127.0.0.1", port: 4183, strictPort: false },
  });
  const [address] = server.resolvedUrls.local;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  return {
    address,
    browser,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.httpServer.close(resolve));
    },
  };
}

/**
 * Opens one screen and waits until it has settled. What the page must never do is gathered in `faults`:
 * writing errors, breaking the content security policy, asking another host for anything.
 */
export async function openScreen({ address, browser }, screen, { language = "fi", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      faults.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:")) {
      faults.push(`asked another host: ${url}`);
    }
  });
  const query = new URLSearchParams({ scenario: screen.scenario, lang: language, pace: "20" });
  await page.goto(`${address}?${query}#/${screen.path ?? "home"}`);
  await page.locator("h1").waitFor();
  await page.waitForFunction(() => document.querySelector(".loading") === null);
  await screen.prepare?.(page);
  return { page, faults, close: () => context.close() };
}
