import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import { renderApp } from "../../test/renderApp";

describe("the list", () => {
  test("shows what is in force, by service", async () => {
    await renderApp({ path: "permissions", language: "fi" });

    expect(await screen.findByText("3 lupaa näkyvissä")).toBeInTheDocument();
    const service = within(screen.getByRole("region", { name: "Kulttuurikummit" }));
    expect(service.getAllByRole("article")).toHaveLength(2);
  });

  test("can be arranged by purpose", async () => {
    const { user } = await renderApp({ path: "permissions" });

    await user.click(await screen.findByRole("radio", { name: "Purpose" }));

    const purpose = within(screen.getByRole("region", { name: "Suggesting events" }));
    expect(purpose.getAllByRole("link", { name: "Culture for small children" })).toHaveLength(2);
  });

  test("can show what has ended, and everything", async () => {
    const { user } = await renderApp({ path: "permissions" });

    await user.click(await screen.findByRole("radio", { name: "Ended and refused" }));
    expect(screen.getByText("3 permissions shown")).toBeInTheDocument();
    expect(screen.getByText("Withdrawn")).toBeInTheDocument();
    await user.click(screen.getByRole("radio", { name: "All" }));

    expect(screen.getByText("6 permissions shown")).toBeInTheDocument();
  });

  test("that is empty says what would come", async () => {
    await renderApp({ scenario: "empty", path: "permissions" });

    expect(await screen.findByText("When you answer a request, it appears here.")).toBeInTheDocument();
  });
});

describe("a permission", () => {
  test("is withdrawn with one click on its page, as it was given", async () => {
    const { user } = await renderApp({ path: "permissions/permission-culture", language: "sv" });
    expect(screen.getByText(/uppgifterna raderas inom 30 dagar/)).toBeInTheDocument();

    await user.click(screen.getByRole("button", { name: "Återkalla tillståndet" }));

    await waitFor(() => {
      expect(screen.getByRole("heading", { name: "Du har återkallat tillståndet" })).toHaveFocus();
    });
    expect(screen.queryByRole("button", { name: "Återkalla tillståndet" })).not.toBeInTheDocument();
    expect(await screen.findByText("Operatören har bekräftat att den har fått ditt beslut.")).toBeInTheDocument();
  });

  test("tells when the service has erased the data", async () => {
    await renderApp({ path: "permissions/permission-withdrawn" });

    expect(screen.getByText("The service erases your data by 22 Dec 2026 at the latest.")).toBeInTheDocument();
  });

  test("that has ended cannot be withdrawn", async () => {
    await renderApp({ path: "permissions/permission-expired" });

    expect(screen.queryByRole("button", { name: "Withdraw permission" })).not.toBeInTheDocument();
  });

  test("shows its uses beside it, with those that it does not cover", async () => {
    await renderApp({ path: "permissions/permission-culture" });

    const uses = within(screen.getByRole("region", { name: "Use under this permission" }));
    expect(uses.getAllByRole("article")).toHaveLength(3);
    expect(uses.getByText("Your permission does not cover this")).toBeInTheDocument();
  });

  test("says where its proof was saved", async () => {
    const { user } = await renderApp({ path: "permissions/permission-culture" });

    await user.click(screen.getByRole("button", { name: "Save the proof" }));

    expect(await screen.findByText("/home/johanna/Lataukset/lokero-permission-culture.json")).toBeInTheDocument();
  });
});
