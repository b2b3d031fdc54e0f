import assert from "node:assert/strict";

import { openScreen } from "./browser.js";

const MOST_STEPS = 80;

/** A person with a keyboard only reads a request, chooses a field, gives permission, and takes it back. */
export async function decidesByKeyboard(site) {
  const { page, faults, close } = await openScreen(site, { scenario: "full" }, { language: "sv" });

  await tabTo(page, "link", /^Förskoleundervisning$/);
  await page.keyboard.press("Enter");
  await focusIsOn(page, "H1", "Förskoleundervisning");

  await tabTo(page, "checkbox", /^Modersmål$/);
  await page.keyboard.press("Space");
  await page.getByText("Du skulle ge 3 uppgifter:").waitFor();

  await tabTo(page, "button", /^Ge tillstånd$/);
  const next = await focusAfterTab(page);
  assert.equal(next.name, "Avböj", "no follows yes at once");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await focusIsOn(page, "H2", "Du gav tillstånd");
  await page.getByText("Operatören har bekräftat att den har fått ditt beslut.").waitFor();

  await tabTo(page, "link", /^Öppna tillståndet$/);
  await page.keyboard.press("Enter");
  await focusIsOn(page, "H1", "Förskoleundervisning");
  await tabTo(page, "button", /^Återkalla tillståndet$/);
  await page.keyboard.press("Enter");
  await focusIsOn(page, "H2", "Du har återkallat tillståndet");

  assert.deepEqual(faults, []);
  await close();
}

/** Tab goes first to the skip link, which leads past the menu. */
export async function skipsTheMenu(site) {
  const { page, close } = await openScreen(site, { scenario: "full" });
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });

  const first = await focusAfterTab(page);
  assert.equal(first.name, "Siirry sisältöön");
  await page.keyboard.press("Enter");
  await focusIsOn(page, "H1", "Etusivu");
  await close();
}

async function tabTo(page, role, name) {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const focused = await focusAfterTab(page);
    if (focused.role === role && name.test(focused.name)) {
      assert.ok(focused.isMarked, `the focus on ${String(name)} can be seen`);
      return;
    }
  }
  assert.fail(`the keyboard does not reach the ${role} ${String(name)}`);
}

async function focusAfterTab(page) {
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    // A mark that grows is judged as it will be.
    for (const change of document.getAnimations()) {
      if (change.effect.getComputedTiming().endTime !== Infinity) {
        change.finish();
      }
    }
    const element = document.activeElement;
    const role = { A: "link", BUTTON: "button", SUMMARY: "button", INPUT: element.type }[element.tagName] ?? "";
    const label = element.labels?.[0]?.textContent;
    // A mark may be on the element, on what follows a hidden input, or on the card around it.
    const around = [element, element.nextElementSibling, element.closest(".card"), element.closest("label")];
    const isMarked = around.some((one) => {
      if (!one) {
        return false;
      }
      const styles = [getComputedStyle(one), getComputedStyle(one, "::before")];
      return styles.some(({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow.includes("0px 0px 0px 3px"));
    });
    return { role, name: (element.getAttribute("aria-label") ?? label ?? element.textContent).trim(), isMarked };
  });
}

async function focusIsOn(page, tag, text) {
  await page.waitForFunction(
    ([wantedTag, wantedText]) =>
      document.activeElement?.tagName === wantedTag && document.activeElement.textContent === wantedText,
    [tag, text],
  );
}
