import type { LabelledValueView, TextView, ValueView } from "../bindings";

/** A text in all three languages. */
export function words(fi: string, sv: string, en: string): TextView {
  return { fi, sv, en };
}

/** The same in every language, as names are. */
export function name(text: string): TextView {
  return { fi: text, sv: text, en: text };
}

/** A value in words. */
export function text(written: string): ValueView {
  return { kind: "text", text: written };
}

/** A value that is a day. */
export function day(date: string): ValueView {
  return { kind: "date", date };
}

/** A value that is a number. */
export function number(written: string): ValueView {
  return { kind: "number", number: written };
}

/** A value with its meaning in three languages. */
export function meaning(fi: string, sv: string, en: string): ValueView {
  return { kind: "localized", text: words(fi, sv, en) };
}

/** A value without a name of its own. */
export function bare(value: ValueView): LabelledValueView {
  return { label: null, value };
}
