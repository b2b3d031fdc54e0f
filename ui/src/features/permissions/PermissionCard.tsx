import { IconAngleRight, IconCalendar } from "hds-react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import type { PermissionView } from "../../backend/bindings";
import { Badge } from "../../components/Badge";
import { Subject } from "../../components/Subject";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";
import { DELIVERY_TONE, STATUS_TONE } from "./permissionBadge";

type Props = {
  permission: PermissionView;
  /** What the list is not already arranged by. */
  title: "service" | "purpose";
};

/** One permission in a list: the whole card leads to it. */
export function PermissionCard({ permission, title }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status, delivery, useCount, lastUsedAt } = permission;
  const isInForce = status === "given";
  const isUnderway = delivery === "queued" || delivery === "delivered" || delivery === "notAccepted";

  return (
    <article className="card link-card">
      <div className="link-card__content">
        <h3>
          <a href={hrefOf("permissions", permission.id)}>
            <Words of={permission[title]} />
          </a>
        </h3>
        <p className="soft">{format.names(permission.fields.map(({ label }) => label))}</p>
        <div className="meta-row">
          <Badge tone={STATUS_TONE[status]}>{t(`permissions.status.${status}`)}</Badge>
          {isUnderway && <Badge tone={DELIVERY_TONE[delivery]}>{t(`delivery.${delivery}`)}</Badge>}
          <Subject of={permission.subject} />
          <span className="meta">
            <IconCalendar aria-hidden="true" />
            {isInForce
              ? permission.validUntil
                ? t("permissions.until", { date: format.date(permission.validUntil) })
                : t("permissions.untilWithdrawn")
              : format.date(permission.decidedAt)}
          </span>
        </div>
        {(isInForce || useCount > 0) && (
          <p className="soft">
            {useCount === 0 ? t("permissions.neverUsed") : t("permissions.uses", { count: useCount })}
            {lastUsedAt && <>, {t("permissions.lastUsed", { when: format.date(lastUsedAt) })}</>}
          </p>
        )}
      </div>
      <IconAngleRight aria-hidden="true" className="link-card__mark" />
    </article>
  );
}
