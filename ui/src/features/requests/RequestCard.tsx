import { IconAngleRight, IconCalendarClock } from "hds-react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import type { RequestSummaryView } from "../../backend/bindings";
import { Badge } from "../../components/Badge";
import type { BadgeTone } from "../../components/Badge";
import { Subject } from "../../components/Subject";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";
import { isWaiting } from "./isWaiting";

const TONE: Record<RequestSummaryView["state"], BadgeTone> = {
  open: "info",
  deferred: "neutral",
  answered: "success",
  cancelled: "neutral",
  expired: "neutral",
};

/** One request in a list: the whole card leads to it. */
export function RequestCard({ request }: { request: RequestSummaryView }) {
  const { t } = useTranslation();
  const format = useFormat();

  return (
    <article className="card link-card">
      <div className="link-card__content">
        <h3>
          <a href={hrefOf("requests", request.id)}>
            <Words of={request.service} />
          </a>
        </h3>
        <p className="link-card__main">
          <Words of={request.purpose} />
        </p>
        <p className="soft">
          <Words of={request.requester} />
        </p>
        <div className="meta-row">
          <Badge tone={TONE[request.state]}>{t(`requests.state.${request.state}`)}</Badge>
          {isWaiting(request) && !request.canGive && <Badge tone="alert">{t("requests.cannotGive")}</Badge>}
          <Subject of={request.subject} />
          <span className="meta">
            <IconCalendarClock aria-hidden="true" />
            {isWaiting(request) && request.replyBy
              ? t("requests.replyBy", { date: format.date(request.replyBy) })
              : t("requests.received", { when: format.date(request.receivedAt) })}
          </span>
        </div>
      </div>
      <IconAngleRight aria-hidden="true" className="link-card__mark" />
    </article>
  );
}
