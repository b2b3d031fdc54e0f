import { describe, expect, test } from "vitest";

import en from "./en.json";
import fi from "./fi.json";
import sv from "./sv.json";

type Words = { [key: string]: string | Words };

const LANGUAGES: Record<string, Words> = { fi, sv, en };
const KEYS = Object.keys(flat(en)).sort();

describe.each(["fi", "sv"])("%s", (language) => {
  const texts = flat(LANGUAGES[language] ?? {});

  test("has every key of English and no other", () => {
    expect(Object.keys(texts).sort()).toEqual(KEYS);
  });

  test("fills in the same placeholders as English", () => {
    const english = flat(en);
    const differing = KEYS.filter((key) => placeholders(texts[key]) !== placeholders(english[key]));
    expect(differing).toEqual([]);
  });
});

describe.each(["fi", "sv", "en"])("%s", (language) => {
  const texts = flat(LANGUAGES[language] ?? {});

  test("has a form for every plural category of the language", () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const stems = KEYS.filter((key) => key.endsWith("_other")).map((key) => key.replace(/_other$/, ""));
    const lacking = stems.flatMap((stem) =>
      categories.map((category) => `${stem}_${category}`).filter((key) => !(key in texts)),
    );
    expect(stems.length).toBeGreaterThan(0);
    expect(lacking).toEqual([]);
  });

  test("leaves no text empty", () => {
    expect(KEYS.filter((key) => texts[key]?.trim() === "")).toEqual([]);
  });

  test("shows a resident no technical word", () => {
    const technical = /\b(json|hash|sha|token|oauth|protocol\w*|protokoll\w*|url|api|server|palvelin|cookie|sync)\b/i;
    expect(KEYS.filter((key) => technical.test(texts[key] ?? ""))).toEqual([]);
  });
});

function flat(words: Words, before = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === "string" ? [[`${before}${key}`, value]] : Object.entries(flat(value, `${before}${key}.`)),
    ),
  );
}

function placeholders(text: string | undefined): string {
  return (text?.match(/\{\{\w+\}\}/g) ?? []).sort().join(" ");
}
