import { useTranslation } from "react-i18next";

import type { PermissionDetailView } from "../../backend/bindings";
import { Fact } from "../../components/Fact";
import { Facts } from "../../components/Facts";
import { Section } from "../../components/Section";
import { subjectName } from "../../components/subjectName";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";

/** To whom, what for, whose data, since and until when, and exactly which data. */
export function PermissionTerms({ detail: { permission } }: { detail: PermissionDetailView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isRefused = permission.status === "refused";
  const hasTerm = permission.status === "given" || permission.status === "paused" || permission.status === "expired";
  return (
    <Section title={t("permission.terms.title")}>
      <Facts>
        <Fact term={t(isRefused ? "permission.terms.refusedRequester" : "permission.terms.requester")}>
          <Words of={permission.requester} />
        </Fact>
        <Fact term={t("permission.terms.purpose")}>
          <Words of={permission.purpose} />
        </Fact>
        <Fact term={t("permission.terms.subject")}>{subjectName(permission.subject, t)}</Fact>
        <Fact term={t("permission.terms.since")}>{format.moment(permission.decidedAt)}</Fact>
        {hasTerm && (
          <Fact term={t("permission.terms.until")}>
            {permission.validUntil
              ? t("permissions.until", { date: format.date(permission.validUntil) })
              : t("permissions.untilWithdrawn")}
          </Fact>
        )}
        {permission.fields.length > 0 && (
          <Fact term={t("permission.terms.fields")}>
            <ul className="plain-bullets">
              {permission.fields.map(({ path, label }) => (
                <li key={path}>
                  <Words of={label} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </Facts>
    </Section>
  );
}
