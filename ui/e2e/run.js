// Looks at every screen in a real browser: accessibility, narrow windows, zoom, the keyboard, and the content security policy.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import process from "node:process";

import { openBrowser, openScreen } from "./browser.js";
import { decidesByKeyboard, skipsTheMenu } from "./keyboard.js";
import { LONG_SCREENS, SCREENS } from "./screens.js";

const LANGUAGES = ["fi", "sv", "en"];
const NARROW = { width: 320, height: 640 };
// What is left of a window of 1280 pixels when it is zoomed to 200 %.
const ZOOMED = { width: 640, height: 430 };

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const site = await openBrowser();
const failed = [];
let passed = 0;

async function check(name, rule) {
  try {
    const faults = (await rule()) ?? [];
    if (faults.length === 0) {
      passed += 1;
      return;
    }
    failed.push(`${name}\n    ${faults.join("\n    ")}`);
  } catch (error) {
    failed.push(`${name}\n    ${error.message}`);
  }
}

async function axeFaults(page) {
  // Evaluated by the browser's own tools, so that the content security policy stays in force.
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => (await window.axe.run()).violations);
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`).join(" | ")}`,
  );
}

async function scrollsSideways(page, viewport) {
  await page.setViewportSize(viewport);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return excess > 0 ? [`scrolls sideways by ${excess} px`] : [];
}

for (const screen of SCREENS) {
  for (const language of LANGUAGES) {
    const { page, faults, close } = await openScreen(site, screen, { language });
    const name = `${screen.name}, ${language}`;
    await check(`axe: ${name}`, () => axeFaults(page));
    await check(`320 px: ${name}`, () => scrollsSideways(page, NARROW));
    await check(`200 %: ${name}`, () => scrollsSideways(page, ZOOMED));
    await page.emulateMedia({ colorScheme: "dark" });
    // The colours are those of the next frame.
    await page.waitForFunction(() => matchMedia("(prefers-color-scheme: dark)").matches);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await check(`axe, dark and zoomed: ${name}`, () => axeFaults(page));
    await check(`nothing forbidden: ${name}`, () => faults);
    await close();
  }
}
for (const screen of LONG_SCREENS) {
  const { page, close } = await openScreen(site, screen);
  await check(`1280 px: ${screen.name}`, () => scrollsSideways(page, { width: 1280, height: 860 }));
  await check(`320 px: ${screen.name}`, () => scrollsSideways(page, NARROW));
  await close();
}
await check("keyboard: a decision and its withdrawal", () => decidesByKeyboard(site));
await check("keyboard: the menu is skipped", () => skipsTheMenu(site));

await site.close();
process.stdout.write(`${passed} passed, ${failed.length} failed\n`);
if (failed.length > 0) {
  process.stdout.write(`${failed.join("\n")}\n`);
  process.exitCode = 1;
}
