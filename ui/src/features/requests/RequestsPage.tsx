import { useTranslation } from "react-i18next";

import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { EmptyState } from "../../components/EmptyState";
import { PageHeading } from "../../components/PageHeading";
import { Section } from "../../components/Section";
import { isWaiting } from "./isWaiting";
import { RequestCard } from "./RequestCard";

/** All requests: those that wait first. */
export function RequestsPage() {
  const { t } = useTranslation();
  const requests = useAnswer("requests", ["requests"], (backend) => backend.listRequests());

  return (
    <>
      <PageHeading title={t("requests.heading")} lead={t("requests.lead")} />
      <AskedContent of={requests}>
        {(all) => {
          if (all.length === 0) {
            return <EmptyState title={t("requests.none.title")}>{t("requests.none.text")}</EmptyState>;
          }
          const waiting = all.filter(isWaiting);
          const done = all.filter((request) => !isWaiting(request));
          return (
            <>
              <Section look="plain" title={t("requests.waiting")}>
                {waiting.length === 0 ? (
                  <EmptyState title={t("requests.noneWaiting")} />
                ) : (
                  <ul className="card-list">
                    {waiting.map((request) => (
                      <li key={request.id}>
                        <RequestCard request={request} />
                      </li>
                    ))}
                  </ul>
                )}
              </Section>
              {done.length > 0 && (
                <Section look="plain" title={t("requests.done")}>
                  <ul className="card-list">
                    {done.map((request) => (
                      <li key={request.id}>
                        <RequestCard request={request} />
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
            </>
          );
        }}
      </AskedContent>
    </>
  );
}
