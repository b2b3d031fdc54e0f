import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { renderApp } from "../../test/renderApp";

test("each source says how it went and why", async () => {
  await renderApp({ path: "data" });

  const parking = within(await screen.findByRole("article", { name: "Resident parking" }));
  expect(parking.getByText("Could not be fetched")).toBeInTheDocument();
  expect(parking.getByText("The service says: Service timeout")).toBeInTheDocument();
  expect(parking.getByRole("button", { name: "Try again" })).toBeInTheDocument();

  const youth = within(screen.getByRole("article", { name: "Youth services" }));
  expect(youth.getByText("No data about you")).toBeInTheDocument();

  const health = within(screen.getByRole("article", { name: "Health services" }));
  expect(health.getByText("Needs stronger identification")).toBeInTheDocument();
  expect(health.getByRole("button", { name: "Identify yourself" })).toBeInTheDocument();
});

test("trying a failed source again asks the operators anew", async () => {
  const refresh = vi.fn(() => Promise.resolve({ ok: true, value: null } as const));
  const { user } = await renderApp({ path: "data", change: () => ({ refresh }) });

  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(refresh).toHaveBeenCalledOnce();
});

test("a hidden value is shown only when asked for, and can be hidden again", async () => {
  const { user } = await renderApp({ path: "data/source-family" });
  await screen.findByText("21 May 1985");
  expect(screen.queryByText("210585-999X")).not.toBeInTheDocument();

  await user.click(screen.getByRole("button", { name: "Show: Personal identity code" }));
  expect(await screen.findByText("210585-999X")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Hide: Personal identity code" }));

  expect(screen.queryByText("210585-999X")).not.toBeInTheDocument();
});

test("groups of the same name are numbered and open on demand", async () => {
  const { user } = await renderApp({ path: "data/source-family" });

  const second = await screen.findByRole("button", { name: /Child 2/ });
  expect(second).toHaveAttribute("aria-expanded", "false");
  await user.click(second);

  expect(await screen.findByText("Otto")).toBeInTheDocument();
  expect(second).toHaveAttribute("aria-expanded", "true");
});

test("a long list comes a hundred at a time", async () => {
  const { user } = await renderApp({ scenario: "hundred", path: "data/file-long" });

  await screen.findByRole("button", { name: /Reservation 100/ });
  expect(screen.queryByRole("button", { name: /Reservation 101/ })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Show 100 more" }));
  await screen.findByRole("button", { name: /Reservation 200/ });
  await user.click(screen.getByRole("button", { name: "Show 50 more" }));

  expect(await screen.findByRole("button", { name: /Reservation 250/ })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /Show .* more/ })).not.toBeInTheDocument();
});

test("the original form is one click away", async () => {
  const { user } = await renderApp({ path: "data/source-library" });

  await user.click(await screen.findByText("Original form"));

  expect(await screen.findByRole("region", { name: "The original form of the data" })).toHaveTextContent("CARD_NUMBER");
});

test("a chosen file is taken in and can be opened", async () => {
  const { user } = await renderApp({ path: "data" });
  const file = new File(['{"key":"DATA"}'], "omat-tiedot.json", { type: "application/json" });

  await user.upload(filePicker(), file);

  expect(await screen.findByText("The file omat-tiedot.json was opened.", { selector: ".notice__title" })).toBeInTheDocument();
  expect(await screen.findByRole("article", { name: "omat-tiedot.json" })).toBeInTheDocument();
});

test("a dropped file is taken in", async () => {
  await renderApp({ path: "data" });
  const file = new File(['{"key":"DATA"}'], "dropped.json", { type: "application/json" });

  fireEvent.drop(screen.getByRole("group", { name: "Open a file" }), { dataTransfer: { files: [file] } });

  expect(await screen.findByRole("article", { name: "dropped.json" })).toBeInTheDocument();
});

test("a file over 64 megabytes is refused without being read", async () => {
  const importFile = vi.fn();
  const { user } = await renderApp({ path: "data", change: () => ({ importFile }) });
  const file = new File(["x"], "large.json", { type: "application/json" });
  Object.defineProperty(file, "size", { value: 64 * 1024 * 1024 + 1 });

  await user.upload(filePicker(), file);

  expect(await screen.findByText(/The file is too large/)).toBeInTheDocument();
  expect(importFile).not.toHaveBeenCalled();
});

test("a removed file asks once more and is gone", async () => {
  const { user } = await renderApp({ path: "data/file-1" });

  await user.click(await screen.findByRole("button", { name: "Remove this file from the vault" }));
  await user.click(screen.getByRole("button", { name: "Remove" }));

  await waitFor(() => {
    expect(screen.getByRole("heading", { level: 1, name: "My data" })).toBeInTheDocument();
  });
  expect(screen.queryByRole("article", { name: "helsinki-profiili.json" })).not.toBeInTheDocument();
});

function filePicker(): HTMLInputElement {
  const picker = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!picker) {
    throw new Error("there is no file input");
  }
  return picker;
}
