import { IconAngleRight } from "hds-react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { Badge } from "../../components/Badge";
import { NotFound } from "../../components/NotFound";
import { PageHeading } from "../../components/PageHeading";
import { Section } from "../../components/Section";
import { Subject } from "../../components/Subject";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";
import { UseCard } from "../uses/UseCard";
import { STATUS_TONE } from "./permissionBadge";
import { PermissionHistory } from "./PermissionHistory";
import { PermissionTerms } from "./PermissionTerms";
import { ProofExport } from "./ProofExport";
import { WithdrawPanel } from "./WithdrawPanel";

/** One permission: what it allows, the way to take it back, its history, its uses and its proof. */
export function PermissionPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = useAnswer(id, ["permissions", "uses"], (backend) => backend.findPermission(id));
  const back = { href: hrefOf("permissions"), title: t("permissions.heading") };

  if (asked.error?.code === "notFound") {
    return <NotFound back={back} />;
  }
  return (
    <AskedContent of={asked} heading={<PageHeading title={t("permission.eyebrow")} back={back} />}>
      {(detail) => (
        <>
          <PageHeading
            eyebrow={t("permission.eyebrow")}
            title={format.text(detail.permission.service)}
            lead={<Words of={detail.permission.purpose} />}
            back={back}
          >
            <Badge tone={STATUS_TONE[detail.permission.status]}>
              {t(`permissions.status.${detail.permission.status}`)}
            </Badge>
            <Subject of={detail.permission.subject} />
          </PageHeading>
          <div className="with-side">
            <div className="with-side__main">
              <PermissionTerms detail={detail} />
              <Section title={t("permission.history.title")}>
                <PermissionHistory history={detail.history} />
              </Section>
              <Section title={t("permission.uses.title")}>
                {detail.uses.length === 0 ? (
                  <p className="soft">{t("permission.uses.none")}</p>
                ) : (
                  <ul className="use-list">
                    {detail.uses.map((use) => (
                      <li key={use.id}>
                        <UseCard use={use} isOnItsPermission headingLevel={3} />
                      </li>
                    ))}
                  </ul>
                )}
              </Section>
            </div>
            <aside className="with-side__side" aria-label={t("permission.withdraw.title")}>
              <WithdrawPanel detail={detail} onChange={asked.replace} />
              <ProofExport permissionId={id} />
              <a className="arrow-link" href={hrefOf("requests", detail.requestId)}>
                {t("permission.terms.request")}
                <IconAngleRight aria-hidden="true" />
              </a>
            </aside>
          </div>
        </>
      )}
    </AskedContent>
  );
}
