import axe from "axe-core";
import { expect } from "vitest";

/** Fails with the faults that axe finds. Contrast needs a real browser and is checked end to end. */
export async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  expect(faults).toEqual([]);
}
