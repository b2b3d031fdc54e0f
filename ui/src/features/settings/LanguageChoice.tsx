import { useTranslation } from "react-i18next";

import { useSession } from "../../app/SessionContext";
import type { LanguageView } from "../../backend/bindings";
import { useCommand } from "../../backend/useCommand";
import { useAnnounce } from "../../components/Announcer";
import { ChoiceBar } from "../../components/ChoiceBar";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { LANGUAGES, speak } from "../../i18n/i18n";

/** The choice of the language, each named in itself. It takes effect at once. */
export function LanguageChoice({ hidesLabel = false }: { hidesLabel?: boolean }) {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const announce = useAnnounce();
  const command = useCommand();

  function choose(language: LanguageView) {
    void command.run(
      (backend) => backend.setLanguage(language),
      (status) => {
        void speak(status.language).then(() => {
          session?.setStatus(status);
          announce(i18n.t("settings.language.changed"));
        });
      },
    );
  }

  return (
    <div className="language-choice">
      <ChoiceBar
        label={t("settings.language.title")}
        hidesLabel={hidesLabel}
        options={LANGUAGES.map(({ code, name }) => ({ value: code, label: name, language: code }))}
        chosen={i18n.language as LanguageView}
        onChoose={choose}
      />
      <ErrorNotice error={command.error} />
    </div>
  );
}
