import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { renderApp } from "../../test/renderApp";

test("each use stands beside what allowed it", async () => {
  await renderApp({ path: "uses" });

  const [allowed, , uncovered, unknown, failed] = await screen.findAllByRole("article");
  expect(allowed && within(allowed).getByRole("link", { name: "Open the permission" })).toHaveAttribute(
    "href",
    "#/permissions/permission-library",
  );
  expect(uncovered).toHaveTextContent("Your permission does not cover this");
  expect(unknown).toHaveTextContent("Ground not known");
  expect(unknown && within(unknown).queryByRole("link")).toBeNull();
  expect(failed).toHaveTextContent("Was not carried out");
});

test("many uses come part by part", async () => {
  const { user } = await renderApp({ scenario: "hundred", path: "uses", language: "fi" });
  expect(await screen.findAllByRole("article")).toHaveLength(25);

  await user.click(screen.getByRole("button", { name: "Näytä lisää" }));

  expect(await screen.findByText("Palvelu 45")).toBeInTheDocument();
  expect(screen.getAllByRole("article")).toHaveLength(50);
});

test("no use says what would come", async () => {
  await renderApp({ scenario: "empty", path: "uses", language: "sv" });

  expect(await screen.findByText("När dina uppgifter används ser du det här.")).toBeInTheDocument();
});
