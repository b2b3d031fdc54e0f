import { IconCalendar, IconUser } from "hds-react";
import { useTranslation } from "react-i18next";

import type { OfferView } from "../../backend/bindings";
import { useFormat } from "../../i18n/useFormat";

/** For whom an offer was matched, and until when it stands. */
export function OfferFor({ offer: { subject, ends } }: { offer: OfferView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <span className="meta">
        <IconUser aria-hidden="true" />
        {subject.name && !subject.isSelf
          ? t("offers.for", { name: subject.name })
          : t(subject.isSelf ? "offers.forSelf" : "offers.forOther")}
      </span>
      {ends && (
        <span className="meta">
          <IconCalendar aria-hidden="true" />
          {t("offers.ends", { date: format.date(ends) })}
        </span>
      )}
    </>
  );
}
