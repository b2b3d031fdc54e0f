import { IconArrowRight } from "hds-react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import type { RequestSummaryView } from "../../backend/bindings";
import { Section } from "../../components/Section";
import { RequestCard } from "../requests/RequestCard";

const MOST_SHOWN = 5;

/** The requests that wait, the first few of them. */
export function WaitingRequests({ requests }: { requests: readonly RequestSummaryView[] }) {
  const { t } = useTranslation();
  return (
    <Section look="plain" title={t("home.requests.title")}>
      <ul className="card-list">
        {requests.slice(0, MOST_SHOWN).map((request) => (
          <li key={request.id}>
            <RequestCard request={request} />
          </li>
        ))}
      </ul>
      <a className="arrow-link" href={hrefOf("requests")}>
        {t("home.requests.all")}
        <IconArrowRight aria-hidden="true" />
      </a>
    </Section>
  );
}
