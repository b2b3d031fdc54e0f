import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Brand } from "../../components/Brand";
import { Wave } from "../../components/Wave";
import { LanguageChoice } from "../settings/LanguageChoice";

/** The frame of the screens before the vault is open: the brand, the language, and one thing to do. */
export function Front({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="front">
      <header className="front__header">
        <div className="front__brand">
          <Brand />
          <p className="front__tagline">{t("app.tagline")}</p>
        </div>
        <LanguageChoice />
      </header>
      <Wave />
      <main className="front__content">{children}</main>
    </div>
  );
}
