import { screen, waitForElementToBeRemoved } from "@testing-library/react";
import { test } from "vitest";

import { expectAccessible } from "../test/expectAccessible";
import { renderApp } from "../test/renderApp";

const OPEN_PAGES = [
  "home",
  "data",
  "data/source-family",
  "requests",
  "requests/request-preschool",
  "requests/request-suspicious",
  "permissions",
  "permissions/permission-culture",
  "permissions/permission-withdrawn",
  "uses",
  "offers",
  "settings",
  "connect",
];

test.each(OPEN_PAGES)("axe finds no fault on %s", async (path) => {
  await renderApp({ path, language: "sv" });
  await settled();

  await expectAccessible();
});

test.each(["absent", "damaged", "locked", "empty", "offline", "signin", "failing"] as const)(
  "axe finds no fault when the state is %s",
  async (scenario) => {
    await renderApp({ scenario, language: "fi" });
    await settled();

    await expectAccessible();
  },
);

async function settled(): Promise<void> {
  if (screen.queryAllByText("Laddar…").length + screen.queryAllByText("Ladataan…").length > 0) {
    await waitForElementToBeRemoved(() => [
      ...screen.queryAllByText("Laddar…"),
      ...screen.queryAllByText("Ladataan…"),
    ]);
  }
}
