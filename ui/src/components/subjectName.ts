import type { TFunction } from "i18next";

import type { SubjectView } from "../backend/bindings";

/** Whom something is about, by name if the vault knows it. */
export function subjectName(subject: SubjectView, t: TFunction): string {
  if (subject.isSelf) {
    return subject.name ? `${t("subject.self")} (${subject.name})` : t("subject.self");
  }
  return subject.name ?? t("subject.other");
}
