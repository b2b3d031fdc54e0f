import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import type { LanguageView } from "../backend/bindings";
import en from "./en.json";
import fi from "./fi.json";
import sv from "./sv.json";

/** The languages of the app, in the order in which they are offered, each by its own name. */
export const LANGUAGES: readonly { code: LanguageView; name: string }[] = [
  { code: "fi", name: "Suomi" },
  { code: "sv", name: "Svenska" },
  { code: "en", name: "English" },
];

/** Prepares the words. They are part of the bundle: nothing is fetched. */
export async function startI18n(language: LanguageView = "fi"): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: LANGUAGES.map(({ code }) => code),
    resources: { fi: { translation: fi }, sv: { translation: sv }, en: { translation: en } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  });
}

/** Changes the language of all words and of the document itself. */
export async function speak(language: LanguageView): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
