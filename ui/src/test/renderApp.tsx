import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { UserEvent } from "@testing-library/user-event";

import { App } from "../app/App";
import type { Backend } from "../backend/backend";
import { BackendContext } from "../backend/BackendContext";
import type { LanguageView } from "../backend/bindings";
import { fakeBackend } from "../backend/fake/fake";
import type { Scenario } from "../backend/fake/scenario";
import { startI18n } from "../i18n/i18n";

type Wishes = {
  scenario?: Scenario;
  language?: LanguageView;
  /** The address within the app, such as `requests/request-preschool`. */
  path?: string;
  /** How long the pretend backend takes. Nothing, unless the test looks at the waiting. */
  paceMs?: number;
  /** Replaces single commands. */
  change?: (backend: Backend) => Partial<Backend>;
};

/** What a test has in hand: the person's keyboard and mouse, and the backend. */
export type OpenApp = { user: UserEvent; backend: Backend };

/** Opens the whole app on the pretend backend and waits for its first heading. */
export async function renderApp(wishes: Wishes = {}): Promise<OpenApp> {
  const { scenario = "full", language = "en", path = "", paceMs = 0, change } = wishes;
  await startI18n();
  window.location.hash = `#/${path}`;
  const backend = fakeBackend(
    new URLSearchParams({ scenario, lang: language, pace: String(paceMs) }),
  );
  Object.assign(backend, change?.(backend));
  render(
    <BackendContext value={backend}>
      <App />
    </BackendContext>,
  );
  await screen.findByRole("heading", { level: 1 });
  return { user: userEvent.setup(), backend };
}
