import type { TFunction } from "i18next";

import type { LanguageView, TextView, ValueView } from "../backend/bindings";

/** The locale whose customs a language's dates and numbers follow. */
const LOCALE: Record<LanguageView, string> = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };

/** In which order a missing language is made up for. */
const FALLBACKS: Record<LanguageView, readonly LanguageView[]> = {
  fi: ["fi", "sv", "en"],
  sv: ["sv", "fi", "en"],
  en: ["en", "fi", "sv"],
};

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNITS = ["year", "month", "week", "day", "hour", "minute", "second"] as const;
const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A text, and the language that it turned out to be in. */
export type PickedText = { text: string; language: LanguageView };

/** The text in the language wanted, or in the next best; empty if there is none. */
export function pickText(text: TextView, wanted: LanguageView): PickedText {
  for (const language of FALLBACKS[wanted]) {
    const found = text[language];
    if (found) {
      return { text: found, language };
    }
  }
  return { text: "", language: wanted };
}

/** Writes dates, numbers, countries and the like as the person's language does, in the computer's time zone. */
export class Format {
  readonly language: LanguageView;
  private readonly locale: string;

  constructor(language: LanguageView) {
    this.language = language;
    this.locale = LOCALE[language];
  }

  /** The text in the person's language, or in the next best. */
  text(text: TextView): string {
    return pickText(text, this.language).text;
  }

  /** A day, from `YYYY-MM-DD` or a moment. */
  date(iso: string): string {
    if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) {
      return this.write(iso, new Date(`${iso}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
    }
    return this.write(iso, new Date(iso), { dateStyle: "medium" });
  }

  /** A day and a time of day. */
  moment(iso: string): string {
    return this.write(iso, new Date(iso), { dateStyle: "medium", timeStyle: "short" });
  }

  private write(iso: string, date: Date, options: Intl.DateTimeFormatOptions): string {
    // What cannot be read as a date is shown as it came.
    return Number.isNaN(date.getTime()) ? iso : new Intl.DateTimeFormat(this.locale, options).format(date);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  /** A number as a source wrote it; long ones such as phone numbers are left alone. */
  digits(written: string): string {
    const value = Number(written);
    const isAmount = /^-?\d{1,15}\.\d{1,6}$/.test(written) && Number.isFinite(value);
    return isAmount ? new Intl.NumberFormat(this.locale, { maximumFractionDigits: 6 }).format(value) : written;
  }

  bytes(count: number): string {
    const power = count > 0 ? Math.min(Math.floor(Math.log10(count) / 3), BYTE_UNITS.length - 1) : 0;
    const unit = BYTE_UNITS[power] ?? "byte";
    return new Intl.NumberFormat(this.locale, {
      style: "unit",
      unit,
      unitDisplay: power === 0 ? "long" : "short",
      maximumFractionDigits: power === 0 ? 0 : 1,
    }).format(count / 1000 ** power);
  }

  /** A country from its two letters. */
  country(code: string): string {
    try {
      return new Intl.DisplayNames(this.locale, { type: "region" }).of(code.toUpperCase()) ?? code;
    } catch {
      return code;
    }
  }

  /** An ISO 8601 duration in words; what is not one is shown as it came. */
  duration(iso: string): string {
    const found = DURATION.exec(iso);
    const parts = UNITS.flatMap((unit, index) => {
      const amount = found?.[index + 1];
      return amount === undefined ? [] : [this.unit(Number(amount), unit)];
    });
    return parts.length > 0 ? this.list(parts) : iso;
  }

  private unit(amount: number, unit: (typeof UNITS)[number]): string {
    return new Intl.NumberFormat(this.locale, { style: "unit", unit, unitDisplay: "long" }).format(amount);
  }

  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { type: "conjunction" }).format(items);
  }

  /** Names of things side by side. They keep their capitals, so they are not made into a sentence. */
  names(texts: readonly TextView[]): string {
    return texts.map((text) => this.text(text)).join(" · ");
  }

  /** A value as one line of words; the raw form of what has no words. */
  value(value: ValueView, t: TFunction): string {
    switch (value.kind) {
      case "text":
        return value.text;
      case "localized":
        return this.text(value.text);
      case "date":
        return this.date(value.date);
      case "moment":
        return this.moment(value.moment);
      case "number":
        return this.digits(value.number);
      case "boolean":
        return t(value.yes ? "value.yes" : "value.no");
      case "nothing":
        return t("value.nothing");
      case "emptyList":
        return t("value.emptyList");
      case "list":
        return this.list(value.items.map((item) => this.value(item, t)));
      case "raw":
        return value.json;
    }
  }
}
