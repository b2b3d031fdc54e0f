import { useTranslation } from "react-i18next";

import type { RequestView } from "../../backend/bindings";
import { Fact } from "../../components/Fact";
import { Facts } from "../../components/Facts";
import { Section } from "../../components/Section";
import { subjectName } from "../../components/subjectName";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";
import { ground } from "./ground";

const FREQUENCIES = ["once", "continuous"] as const;
const AUTOMATED = ["none", "assisted", "full"] as const;

/** What for, whose data, on which ground, how long and how often, and whether a machine decides. */
export function RequestPurpose({ request }: { request: RequestView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { summary, legalBasis, validUntil, frequency, automatedDecision } = request;
  const basis = ground(legalBasis, t);
  const often = FREQUENCIES.find((known) => known === frequency);
  const automated = AUTOMATED.find((known) => known === automatedDecision);

  return (
    <Section title={t("request.why.title")}>
      <Facts>
        <Fact term={t("request.why.purpose")}>
          <strong>
            <Words of={summary.purpose} />
          </strong>
        </Fact>
        <Fact term={t("request.why.subject")}>{subjectName(summary.subject, t)}</Fact>
        <Fact term={t("request.why.source")}>
          <Words of={request.source} />
        </Fact>
        <Fact term={t("request.why.ground")}>
          {basis.title}
          <span className="soft">{basis.text}</span>
        </Fact>
        <Fact term={t("request.why.validUntil")}>
          {validUntil ? t("permissions.until", { date: format.date(validUntil) }) : t("request.why.untilWithdrawn")}
        </Fact>
        <Fact term={t("request.why.frequency")}>{often ? t(`request.frequency.${often}`) : frequency}</Fact>
        <Fact term={t("request.why.automated")}>
          {automated ? t(`request.automated.${automated}`) : automatedDecision}
        </Fact>
      </Facts>
    </Section>
  );
}
