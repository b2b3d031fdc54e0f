import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { renderApp } from "../../test/renderApp";

test("the language changes at once, everywhere", async () => {
  const { user } = await renderApp({ path: "settings", language: "fi" });

  await user.click(screen.getByRole("radio", { name: "Svenska" }));

  expect(await screen.findByRole("heading", { level: 1, name: "Inställningar" })).toBeInTheDocument();
  expect(screen.getByRole("navigation", { name: "Huvudmeny" })).toBeInTheDocument();
  expect(document.title).toBe("Inställningar – Lokero");
});

test("the vault can be locked from the settings", async () => {
  const { user } = await renderApp({ path: "settings" });

  await user.click(screen.getByRole("button", { name: "Lock now" }));

  await waitFor(() => {
    expect(screen.getByLabelText("Passphrase")).toHaveFocus();
  });
});

test("an operator shows what is still owed to it", async () => {
  await renderApp({ scenario: "offline", path: "settings", language: "sv" });

  expect(await screen.findByText("1 meddelande väntar på att skickas")).toBeInTheDocument();
  expect(screen.getByText("Ingen förbindelse")).toBeInTheDocument();
});
