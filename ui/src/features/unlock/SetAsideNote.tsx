import { useTranslation } from "react-i18next";

import { Notice } from "../../components/Notice";

/** Tells that a damaged vault was kept, and under which name. */
export function SetAsideNote({ file }: { file: string | null }) {
  const { t } = useTranslation();
  if (file === null) {
    return null;
  }
  return (
    <Notice tone="warning" title={t("setAside.title")}>
      <p>{t("setAside.text", { file })}</p>
    </Notice>
  );
}
