import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";

import { renderApp } from "../../test/renderApp";

const PRESCHOOL = { path: "requests/request-preschool" };

describe("a request", () => {
  test("shows who asks, why, on which ground, how long, and the person's own values", async () => {
    await renderApp({ ...PRESCHOOL, language: "sv" });

    for (const words of [
      "Avsändaren identifierad",
      "Myndighet",
      "Ditt samtycke",
      "Till 31 aug. 2027",
      "Finland",
      "12 månader",
      "14 mars 2020",
      "Fiktiivinen katu 7 B 21",
      "Nej. Besluten fattas av en människa.",
    ]) {
      expect(screen.getByText(words)).toBeInTheDocument();
    }
    expect(screen.getByText(/Du söker plats själv/)).toBeInTheDocument();
  });

  test("has no optional field chosen beforehand", async () => {
    await renderApp(PRESCHOOL);

    for (const box of screen.getAllByRole("checkbox")) {
      expect(box).not.toBeChecked();
    }
    expect(answerPanel().getByText("You would share 2 pieces of data:")).toBeInTheDocument();
  });

  test("keeps the summary of what is shared up to date", async () => {
    const { user } = await renderApp(PRESCHOOL);

    await user.click(screen.getByRole("checkbox", { name: "Mother tongue" }));
    expect(answerPanel().getByText("You would share 3 pieces of data:")).toBeInTheDocument();
    expect(answerPanel().getByText("Mother tongue")).toBeInTheDocument();
    await user.click(screen.getByRole("checkbox", { name: "Mother tongue" }));

    expect(answerPanel().queryByText("Mother tongue")).not.toBeInTheDocument();
  });

  test("sends the chosen optional fields and no others", async () => {
    const { user, backend } = await renderApp(PRESCHOOL);
    const answer = vi.spyOn(backend, "answerRequest");

    await user.click(screen.getByRole("checkbox", { name: "Mother tongue" }));
    await user.click(screen.getByRole("button", { name: "Give permission" }));

    expect(answer).toHaveBeenCalledWith("request-preschool", { kind: "give", optionalFields: ["/child/language"] });
  });

  test("that was given is followed until the operator has confirmed it", async () => {
    const { user } = await renderApp({ ...PRESCHOOL, language: "fi", paceMs: 20 });

    await user.click(screen.getByRole("button", { name: "Anna lupa" }));

    await waitFor(() => {
      expect(screen.getByRole("heading", { name: "Annoit luvan" })).toHaveFocus();
    });
    expect(await screen.findByText("Operaattori on vahvistanut saaneensa päätöksesi.")).toBeInTheDocument();
  });

  test("is refused with as many clicks as it is given", async () => {
    const { user } = await renderApp({ ...PRESCHOOL, language: "sv" });

    await user.click(screen.getByRole("button", { name: "Avböj" }));

    await waitFor(() => {
      expect(screen.getByRole("heading", { name: "Du avböjde" })).toHaveFocus();
    });
  });

  test("can wait, and still be answered", async () => {
    const { user } = await renderApp(PRESCHOOL);

    await user.click(screen.getByRole("button", { name: "Answer later" }));

    expect(
      await answerPanel().findByText("You chose to answer later. The request waits here."),
    ).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Give permission" })).toBeInTheDocument();
  });

  test("with an obstacle says why and offers no yes", async () => {
    await renderApp({ path: "requests/request-suspicious" });

    expect(screen.getByText("The sender is not registered with the operator.")).toBeInTheDocument();
    expect(screen.getByText("Sender not verified")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Give permission" })).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Refuse" })).toBeInTheDocument();
    expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
  });

  test("that has expired cannot be answered", async () => {
    await renderApp({ scenario: "expired", ...PRESCHOOL });

    expect(screen.getByText("The time for answering is over. Nothing was shared.")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Refuse" })).not.toBeInTheDocument();
  });

  test("that is not in the vault says so", async () => {
    await renderApp({ path: "requests/nothing" });

    await waitFor(() => {
      expect(screen.getByRole("heading", { level: 1, name: "Nothing was found here" })).toHaveFocus();
    });
  });

  test("answered without a connection waits to be sent", async () => {
    const { user } = await renderApp({ ...PRESCHOOL, scenario: "offline" });

    await user.click(screen.getByRole("button", { name: "Give permission" }));

    expect(await screen.findByText(/Your decision is already in force/)).toBeInTheDocument();
  });

  test("that fails to be answered keeps what was chosen", async () => {
    const { user } = await renderApp({
      ...PRESCHOOL,
      change: () => ({
        answerRequest: () =>
          Promise.resolve({ ok: false, error: { code: "diskNotWritable", incident: "i-1", detail: null } }),
      }),
    });

    await user.click(screen.getByRole("checkbox", { name: "Mother tongue" }));
    await user.click(screen.getByRole("button", { name: "Give permission" }));

    expect(await screen.findByText(/cannot save anything on this computer’s disk/)).toBeInTheDocument();
    expect(screen.getByRole("checkbox", { name: "Mother tongue" })).toBeChecked();
  });
});

test("the list puts what waits first and counts it in the menu", async () => {
  await renderApp({ path: "requests", language: "fi" });

  const waiting = within(await screen.findByRole("region", { name: "Odottaa vastaustasi" }));
  expect(waiting.getAllByRole("article")).toHaveLength(4);
  expect(screen.getByRole("link", { name: "Lupapyynnöt , 4 odottaa" })).toBeInTheDocument();
});

test("the count in the menu falls when a request is answered", async () => {
  const { user } = await renderApp(PRESCHOOL);
  await screen.findByRole("link", { name: /Requests .* 4 waiting/ });

  await user.click(screen.getByRole("button", { name: "Refuse" }));

  await waitFor(() => {
    expect(screen.getByRole("link", { name: /Requests .* 3 waiting/ })).toBeInTheDocument();
  });
});

function answerPanel() {
  return within(screen.getByRole("complementary", { name: "Your answer" }));
}
