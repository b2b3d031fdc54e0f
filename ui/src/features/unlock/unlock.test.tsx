import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { renderApp } from "../../test/renderApp";

const STRONG = "kissa sateessa vihellys";

test("a new vault opens on the first steps", async () => {
  const { user } = await renderApp({ scenario: "absent", language: "sv" });

  await user.click(screen.getByRole("button", { name: "Kom i gång" }));
  await user.type(screen.getByLabelText("Lösenfras"), STRONG);
  await user.type(screen.getByLabelText("Lösenfrasen på nytt"), STRONG);
  await user.click(screen.getByRole("button", { name: "Skapa mitt valv" }));

  await waitFor(() => {
    expect(screen.getByRole("heading", { level: 1, name: "Nu börjar vi" })).toHaveFocus();
  });
});

test("a passphrase may be pasted", async () => {
  const { user } = await renderApp({ scenario: "absent" });
  await user.click(screen.getByRole("button", { name: "Get started" }));

  await user.click(screen.getByLabelText("Passphrase"));
  await user.paste(STRONG);

  expect(screen.getByLabelText("Passphrase")).toHaveValue(STRONG);
});

test("a short passphrase is refused where it was written", async () => {
  const { user } = await renderApp({ scenario: "absent" });
  await user.click(screen.getByRole("button", { name: "Get started" }));

  await user.type(screen.getByLabelText("Passphrase"), "short");
  await user.click(screen.getByRole("button", { name: "Create my vault" }));

  await waitFor(() => {
    expect(screen.getByLabelText("Passphrase")).toHaveFocus();
  });
  expect(screen.getByLabelText("Passphrase")).toHaveAccessibleDescription(
    /The passphrase needs at least 12 characters/,
  );
});

test("two different passphrases are refused", async () => {
  const { user } = await renderApp({ scenario: "absent" });
  await user.click(screen.getByRole("button", { name: "Get started" }));

  await user.type(screen.getByLabelText("Passphrase"), STRONG);
  await user.type(screen.getByLabelText("Passphrase again"), `${STRONG}!`);
  await user.click(screen.getByRole("button", { name: "Create my vault" }));

  expect(screen.getByLabelText("Passphrase again")).toHaveAccessibleDescription(/not the same/);
});

test("a weak passphrase is warned about but allowed", async () => {
  const { user } = await renderApp({ scenario: "absent" });
  await user.click(screen.getByRole("button", { name: "Get started" }));

  await user.type(screen.getByLabelText("Passphrase"), "salasana1234");
  expect(await screen.findByText(/someone who gets hold of this computer could guess it/)).toBeInTheDocument();
  await user.type(screen.getByLabelText("Passphrase again"), "salasana1234");
  await user.click(screen.getByRole("button", { name: "Create my vault" }));

  expect(await screen.findByRole("heading", { level: 1, name: "Get started" })).toBeInTheDocument();
});

test("a passphrase can be shown and hidden", async () => {
  const { user } = await renderApp({ scenario: "locked" });
  const field = screen.getByLabelText("Passphrase");

  await user.click(screen.getByRole("button", { name: "Show the passphrase" }));
  expect(field).toHaveAttribute("type", "text");
  await user.click(screen.getByRole("button", { name: "Hide the passphrase" }));

  expect(field).toHaveAttribute("type", "password");
});

test("a wrong passphrase is told in the person's language and does not open", async () => {
  const { user } = await renderApp({ scenario: "locked", language: "fi" });

  await user.type(screen.getByLabelText("Salalause"), "ei tämä ollut se");
  await user.click(screen.getByRole("button", { name: "Avaa" }));

  const words = await screen.findByText(/Salalause ei ole oikea/);
  expect(words.closest("[role=alert]")).not.toBeNull();
  expect(screen.getByRole("heading", { level: 1, name: "Avaa lokerosi" })).toBeInTheDocument();
});

test("the right passphrase opens the vault", async () => {
  const { user } = await renderApp({ scenario: "locked" });

  await user.type(screen.getByLabelText("Passphrase"), `${STRONG}{Enter}`);

  expect(await screen.findByRole("heading", { level: 1, name: "Home" })).toBeInTheDocument();
});

test("a damaged vault that was set aside is named", async () => {
  await renderApp({ scenario: "damaged" });

  expect(screen.getByText(/vault-2026-11-21T09-12-44.damaged/)).toBeInTheDocument();
});

test("the language can be chosen before there is a vault", async () => {
  const { user } = await renderApp({ scenario: "absent", language: "fi" });

  await user.click(screen.getByRole("radio", { name: "Svenska" }));

  expect(await screen.findByRole("heading", { level: 1, name: "Välkommen till Lokero" })).toBeInTheDocument();
  expect(document.documentElement.lang).toBe("sv");
});
