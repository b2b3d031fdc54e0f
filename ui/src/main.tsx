import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import "./styles/index.css";
import { App } from "./app/App";
import type { Backend } from "./backend/backend";
import { BackendContext } from "./backend/BackendContext";
import { tauriBackend } from "./backend/tauri";
import { startI18n } from "./i18n/i18n";

/** The pretend backend is for browsers and tests only: the production build leaves it out. */
async function chooseBackend(): Promise<Backend> {
  if (import.meta.env.MODE === "fake") {
    const { fakeBackend } = await import("./backend/fake/fake");
    return fakeBackend(new URLSearchParams(window.location.search));
  }
  return tauriBackend();
}

const root = document.getElementById("root");
if (root) {
  await startI18n();
  const backend = await chooseBackend();
  createRoot(root).render(
    <StrictMode>
      <BackendContext value={backend}>
        <App />
      </BackendContext>
    </StrictMode>,
  );
}
