import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { renderApp } from "../../test/renderApp";

test("offers are told apart by whether they fit", async () => {
  await renderApp({ path: "offers" });

  const fits = within(await screen.findByRole("region", { name: "Fits you" }));
  expect(fits.getByRole("article", { name: "Free family sports on Saturdays" })).toBeInTheDocument();
  const mayFit = within(screen.getByRole("region", { name: "May fit" }));
  expect(mayFit.getByText("Missing from your vault: Household income")).toBeInTheDocument();
});

test("why an offer is shown is told in words, with the person's own values", async () => {
  await renderApp({ path: "offers" });

  const offer = within(await screen.findByRole("article", { name: "Free family sports on Saturdays" }));
  expect(offer.getByText("Date of birth (age in years) is at least 4")).toBeInTheDocument();
  expect(offer.getAllByText("Your data: 6")).toHaveLength(2);
  expect(offer.getByText("Postal code is one of these: 00500, 00510 and 00550")).toBeInTheDocument();
});

test("a date is compared as a date, and an unknown value is said to be unknown", async () => {
  await renderApp({ path: "offers", language: "fi" });

  const offer = within(await screen.findByRole("article", { name: "Pienempi varhaiskasvatusmaksu" }));
  expect(offer.getByText("Syntymäaika on aikaisintaan 1.1.2019")).toBeInTheDocument();
  expect(offer.getByText(/^Kotitalouden tulot on alle 4.100,5$/)).toBeInTheDocument();
  expect(offer.getByText("Sinun tietosi: ei tiedossa")).toBeInTheDocument();
});

test("accepting waits for the service's request and then opens it", async () => {
  const { user } = await renderApp({ path: "offers", language: "sv", paceMs: 200 });

  await user.click(
    await screen.findByRole("button", { name: "Jag är intresserad: Gratis familjegymnastik på lördagar" }),
  );
  expect(await screen.findByText(/Tjänstens begäran är på väg/)).toBeInTheDocument();

  await waitFor(() => {
    expect(screen.getByRole("heading", { level: 1, name: "Familjegymnastik" })).toHaveFocus();
  });
  expect(screen.getByRole("button", { name: "Ge tillstånd" })).toBeInTheDocument();
});

test("an offer can be set aside and brought back", async () => {
  const { user } = await renderApp({ path: "offers" });

  await user.click(await screen.findByRole("button", { name: "Not now: Free family sports on Saturdays" }));
  await user.click(await screen.findByRole("button", { name: "Bring back: Free family sports on Saturdays" }));

  const fits = within(screen.getByRole("region", { name: "Fits you" }));
  expect(await fits.findByRole("article", { name: "Free family sports on Saturdays" })).toBeInTheDocument();
});
