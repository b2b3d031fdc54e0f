import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { LanguageView } from "../backend/bindings";
import { Format } from "./format";

/** The customs of the language that the words are in. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const language = i18n.language as LanguageView;
  return useMemo(() => new Format(language), [language]);
}
