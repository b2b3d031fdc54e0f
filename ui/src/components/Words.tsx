import { useTranslation } from "react-i18next";

import type { LanguageView, TextView } from "../backend/bindings";
import { pickText } from "../i18n/format";

/** A text by somebody else, in the person's language or the next best; then the language is marked for screen readers. */
export function Words({ of }: { of: TextView }) {
  const { i18n } = useTranslation();
  const { text, language } = pickText(of, i18n.language as LanguageView);
  return language === i18n.language ? text : <span lang={language}>{text}</span>;
}
