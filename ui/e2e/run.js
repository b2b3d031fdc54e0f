// Looks at every screen in a real browser: accessibility, narrow windows, zoom, the keyboard, and the content security policy.
import { createRequire } from "node:module";
import process from "node:process";

import { openBrowser, openScreen } from "./browser.js";
import { decidesByKeyboard, skipsTheMenu } from "./keyboard.js";
import { LONG_SCREENS, SCREENS } from "./screens.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const LANGUAGES = ["fi", "sv", "en"];
const NARROW = { viewport: { width: 320, height: 640 } };
// A window of 1280 pixels zoomed to 200 %.
const ZOOMED = { viewport: { width: 640, height: 430 }, deviceScaleFactor: 2 };

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

async function look(screen, options, faultsOf) {
  const { page, faults, close } = await openScreen(site, screen, options);
  const found = await faultsOf(page);
  await close();
  return [...found, ...faults];
}

async function axeFaults(page) {
  // Evaluated by the browser's own tools, so that the content security policy stays in force.
  await page.evaluate(await readAxe());
  const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`).join(" | ")}`);
}

async function readAxe() {
  const { readFile } = await import("node:fs/promises");
  return readFile(AXE, "utf8");
}

async function scrollsSideways(page) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return excess > 0 ? [`scrolls sideways by ${excess} px`] : [];
}

for (const screen of SCREENS) {
  for (const language of LANGUAGES) {
    await check(`axe: ${screen.name}, ${language}`, () => look(screen, { language }, axeFaults));
    await check(`320 px: ${screen.name}, ${language}`, () => look(screen, { language, ...NARROW }, scrollsSideways));
  }
  await check(`axe, dark: ${screen.name}`, () => look(screen, { language: "fi", colorScheme: "dark" }, axeFaults));
  await check(`200 %: ${screen.name}`, () => look(screen, { language: "sv", ...ZOOMED }, scrollsSideways));
}
for (const screen of LONG_SCREENS) {
  await check(`320 px: ${screen.name}`, () => look(screen, NARROW, scrollsSideways));
  await check(`1280 px: ${screen.name}`, () => look(screen, {}, scrollsSideways));
}
await check("keyboard: a decision and its withdrawal", () => decidesByKeyboard(site));
await check("keyboard: the menu is skipped", () => skipsTheMenu(site));

await site.close();
process.stdout.write(`${passed} passed, ${failed.length} failed\n`);
if (failed.length > 0) {
  process.stdout.write(`${failed.join("\n")}\n`);
  process.exitCode = 1;
}
