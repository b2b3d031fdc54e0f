import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { AppEvent, Backend } from "../backend/backend";
import { renderApp } from "../test/renderApp";
import { hrefOf, routeOf } from "./route";

describe("an address", () => {
  test.each(["request-1", "https://hel.fi/svc/a?b#c", "urn:mdc:ä ö"])("keeps the name %s whole", (id) => {
    expect(routeOf(hrefOf("requests", id))).toEqual({ page: "requests", id });
  });

  test.each(["", "#", "#/nowhere", "#/<script>"])("that is not one of ours leads home: %s", (hash) => {
    expect(routeOf(hash).page).toBe("home");
  });

  test("with a broken escape does no harm", () => {
    expect(routeOf("#/requests/%")).toEqual({ page: "requests", id: "%" });
  });
});

describe("the menu", () => {
  test("leads to each page and gives its heading the focus", async () => {
    const { user } = await renderApp({ language: "fi" });
    const menu = within(screen.getByRole("navigation", { name: "Päävalikko" }));

    for (const name of ["Omat tiedot", "Lupapyynnöt", "Luvat", "Tietojesi käyttö", "Ehdotukset", "Asetukset"]) {
      await user.click(menu.getByRole("link", { name: new RegExp(`^${name}`) }));
      await waitFor(() => {
        expect(screen.getByRole("heading", { level: 1, name })).toHaveFocus();
      });
    }
  });

  test("says which page is open", async () => {
    await renderApp({ path: "uses" });

    expect(screen.getByRole("link", { name: "Use of my data" })).toHaveAttribute("aria-current", "page");
  });

  test("locks the vault", async () => {
    const { user } = await renderApp();

    await user.click(screen.getByRole("button", { name: "Lock the vault" }));

    expect(await screen.findByRole("heading", { level: 1, name: "Open your vault" })).toBeInTheDocument();
  });
});

test("the skip link leads past the menu", async () => {
  const { user } = await renderApp();

  await user.click(screen.getByRole("link", { name: "Skip to content" }));

  await waitFor(() => {
    expect(screen.getByRole("heading", { level: 1 })).toHaveFocus();
  });
});

test("a clicked notification leads to what it was about", async () => {
  const { tell, change } = heard();
  await renderApp({ change });

  act(() => {
    tell({ kind: "open", target: "requests", id: "request-preschool" });
  });

  await waitFor(() => {
    expect(screen.getByRole("heading", { level: 1, name: "Preschool" })).toHaveFocus();
  });
});

test("a notification that is clicked while the vault is locked waits for the passphrase", async () => {
  const { tell, change } = heard();
  const { user } = await renderApp({ scenario: "locked", change });

  act(() => {
    tell({ kind: "open", target: "requests", id: "request-preschool" });
  });
  await user.type(screen.getByLabelText("Passphrase"), "kissa sateessa vihellys{Enter}");

  await waitFor(() => {
    expect(screen.getByRole("heading", { level: 1, name: "Preschool" })).toHaveFocus();
  });
});

test("without a connection the person is told that they can go on", async () => {
  await renderApp({ scenario: "offline", language: "fi" });

  expect(await screen.findByText("Ei yhteyttä: Esimerkkioperaattori")).toBeInTheDocument();
  expect(screen.getByText(/Vastauksesi lähtevät heti, kun yhteys palaa/)).toBeInTheDocument();
});

test("a vault that turns out to be locked is asked to be opened", async () => {
  const { user, backend } = await renderApp();
  await backend.lockVault();
  Object.assign(backend, {
    listUses: () => Promise.resolve({ ok: false, error: { code: "vaultLocked", incident: "i", detail: null } }),
  });

  await user.click(screen.getByRole("link", { name: "Use of my data" }));

  expect(await screen.findByRole("heading", { level: 1, name: "Open your vault" })).toBeInTheDocument();
});

test("home gathers what waits", async () => {
  await renderApp({ language: "sv" });

  expect(await screen.findByText("5 ärenden väntar på ditt svar.")).toBeInTheDocument();
  expect(screen.getByRole("region", { name: "Förslag som passar din familj" })).toBeInTheDocument();
  expect(await screen.findByRole("region", { name: "Svar på väg" })).toHaveTextContent("Skickat, ännu inte bekräftat");
});

/** Lets a test say what the app would say. */
function heard() {
  const listeners: ((event: AppEvent) => void)[] = [];
  return {
    tell: (event: AppEvent) => {
      for (const listener of listeners) {
        listener(event);
      }
    },
    change: (backend: Backend): Partial<Backend> => {
      const listen = backend.listen.bind(backend);
      return {
        listen: (listener) => {
          listeners.push(listener);
          return listen(listener);
        },
      };
    },
  };
}
