import { IconAlertCircle, IconCheckCircle } from "hds-react";
import { useTranslation } from "react-i18next";

import type { RequestView } from "../../backend/bindings";
import { Badge } from "../../components/Badge";
import { Fact } from "../../components/Fact";
import { Facts } from "../../components/Facts";
import { Section } from "../../components/Section";
import { Words } from "../../components/Words";

/** Who asks, and how sure that is. */
export function RequestSender({ request }: { request: RequestView }) {
  const { t } = useTranslation();
  const { summary, isVerified, isPublicBody, contact, operator } = request;
  return (
    <Section title={t("request.who.title")}>
      <Facts>
        <Fact term={t("request.who.requester")}>
          <strong>
            <Words of={summary.requester} />
          </strong>
          <span className="badge-row">
            {isVerified ? (
              <Badge tone="success" icon={<IconCheckCircle />}>
                {t("request.who.verified")}
              </Badge>
            ) : (
              <Badge tone="error" icon={<IconAlertCircle />}>
                {t("request.who.notVerified")}
              </Badge>
            )}
            {isVerified && (
              <Badge tone="neutral">{t(isPublicBody ? "request.who.publicBody" : "request.who.notPublicBody")}</Badge>
            )}
          </span>
          <span className="soft">{t(isVerified ? "request.who.verifiedText" : "request.who.notVerifiedText")}</span>
        </Fact>
        <Fact term={t("request.who.service")}>
          <Words of={summary.service} />
        </Fact>
        {contact && <Fact term={t("request.who.contact")}>{contact}</Fact>}
        <Fact term={t("request.who.operator")}>
          <Words of={operator} />
        </Fact>
      </Facts>
    </Section>
  );
}
