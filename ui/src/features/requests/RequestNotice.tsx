import { useTranslation } from "react-i18next";

import type { LanguageView, NoticeView } from "../../backend/bindings";
import { Fold } from "../../components/Fold";
import { pickText } from "../../i18n/format";

/** The service's own notice, word for word, behind a fold. */
export function RequestNotice({ notice }: { notice: NoticeView }) {
  const { t, i18n } = useTranslation();
  const { text, language } = pickText(notice.text, i18n.language as LanguageView);
  return (
    <Fold title={t("request.notice.title")}>
      {text === "" ? (
        <p>{t("request.notice.missing")}</p>
      ) : (
        <>
          <p className="soft">{t("request.notice.version", { version: notice.version })}</p>
          <div className="notice-text" lang={language}>
            {text}
          </div>
        </>
      )}
    </Fold>
  );
}
