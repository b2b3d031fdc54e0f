import { IconUser } from "hds-react";
import { useTranslation } from "react-i18next";

import type { SubjectView } from "../backend/bindings";

/** Whom something is about, in a short line. */
export function Subject({ of }: { of: SubjectView }) {
  const { t } = useTranslation();
  return (
    <span className="meta">
      <IconUser aria-hidden="true" />
      {of.name && !of.isSelf
        ? t("subject.namedAbout", { name: of.name })
        : t(of.isSelf ? "subject.selfAbout" : "subject.otherAbout")}
    </span>
  );
}
