import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { renderApp } from "../../test/renderApp";

test("one click fills an empty vault from the sample city", async () => {
  const { user } = await renderApp({ scenario: "empty", language: "fi" });

  await user.click(screen.getByRole("button", { name: "Kokeile esimerkkikaupunkia" }));

  expect(await screen.findByRole("heading", { level: 1, name: "Etusivu" })).toBeInTheDocument();
  expect(await screen.findByRole("link", { name: "Esiopetus" })).toBeInTheDocument();
});

test("the sample city shows that it is being prepared", async () => {
  const { user } = await renderApp({ scenario: "empty", paceMs: 200 });

  await user.click(screen.getByRole("button", { name: "Try the sample city" }));

  expect(screen.getByText(/Preparing the sample city/)).toBeInTheDocument();
  expect(await screen.findByRole("heading", { level: 1, name: "Home" })).toBeInTheDocument();
});

test("connecting waits for the browser and goes home when the person is back", async () => {
  const { user } = await renderApp({ path: "connect" });

  await user.type(screen.getByLabelText("Operator’s address"), "operator.example.fi");
  await user.click(screen.getByRole("button", { name: "Continue to sign-in" }));

  expect(await screen.findByRole("heading", { level: 1, name: "Home" })).toBeInTheDocument();
});

test("the wait for the browser can be given up", async () => {
  const { user } = await renderApp({ path: "connect", paceMs: 10_000 });

  await user.type(screen.getByLabelText("Operator’s address"), "operator.example.fi");
  await user.click(screen.getByRole("button", { name: "Continue to sign-in" }));
  await user.click(await screen.findByRole("button", { name: "Cancel sign-in" }));

  expect(await screen.findByText("The sign-in was cancelled. You can try again.")).toBeInTheDocument();
});

test("an address is asked for before anything is tried", async () => {
  const { user } = await renderApp({ path: "connect" });

  await user.click(screen.getByRole("button", { name: "Continue to sign-in" }));

  await waitFor(() => {
    expect(screen.getByLabelText("Operator’s address")).toHaveFocus();
  });
  expect(screen.getByLabelText("Operator’s address")).toHaveAccessibleDescription(/Write the operator’s address/);
});

test("an operator that cannot be reached is told about", async () => {
  const { user } = await renderApp({ path: "connect" });

  await user.type(screen.getByLabelText("Operator’s address"), "nowhere.example.fi{Enter}");

  expect(await screen.findByText(/The operator could not be reached/)).toBeInTheDocument();
});

test("signing in again clears the banner", async () => {
  const { user } = await renderApp({ scenario: "signin" });

  await user.click(await screen.findByRole("button", { name: "Sign in again" }));

  expect(await screen.findByText("You are signed in: Example operator")).toBeInTheDocument();
  await waitFor(() => {
    expect(screen.queryByText("Sign in again: Example operator")).not.toBeInTheDocument();
  });
});
