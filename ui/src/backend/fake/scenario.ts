import type { LanguageView } from "../bindings";

/** The states that a person can look at, chosen by `?scenario=`. */
export const SCENARIOS = [
  "full",
  "absent",
  "damaged",
  "locked",
  "empty",
  "offline",
  "signin",
  "hundred",
  "longnames",
  "expired",
  "failing",
] as const;

/** One of them. */
export type Scenario = (typeof SCENARIOS)[number];

/** What the address asks of the pretend backend. */
export type Wishes = {
  scenario: Scenario;
  language: LanguageView | null;
  /** How long an answer takes, and half of what a delivery takes. */
  paceMs: number;
};

/** Reads `?scenario=…&lang=…&pace=…`. */
export function wishesOf(query: URLSearchParams): Wishes {
  const scenario = SCENARIOS.find((known) => known === query.get("scenario")) ?? "full";
  const language = (["fi", "sv", "en"] as const).find((known) => known === query.get("lang")) ?? null;
  const pace = Number(query.get("pace") ?? "400");
  return { scenario, language, paceMs: Number.isFinite(pace) ? pace : 400 };
}
