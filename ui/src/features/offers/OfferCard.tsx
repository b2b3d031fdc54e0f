import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { goTo } from "../../app/route";
import type { OfferView } from "../../backend/bindings";
import { Fold } from "../../components/Fold";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";
import { OfferActions } from "./OfferActions";
import { OfferFor } from "./OfferFor";
import { WhyTrace } from "./WhyTrace";

type Props = {
  offer: OfferView;
  onChange: () => void;
};

/** One offer: what it is, for whom, why it is shown, and what the person may do. */
export function OfferCard({ offer, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [hasAccepted, setHasAccepted] = useState(false);
  const id = useId();

  // Accepting leads on to the request, as soon as it is there; only here and now, not on a later visit.
  useEffect(() => {
    if (hasAccepted && offer.requestId !== null) {
      goTo("requests", offer.requestId);
    }
  }, [hasAccepted, offer.requestId]);

  return (
    <article className="card offer" aria-labelledby={id}>
      <p className="soft">
        <Words of={offer.service} />
      </p>
      <h3 id={id}>
        <Words of={offer.title} />
      </h3>
      <div className="meta-row">
        <OfferFor offer={offer} />
      </div>
      <p>
        <Words of={offer.summary} />
      </p>
      {offer.missing.length > 0 && (
        <p className="offer__missing">
          {t("offers.missing", { list: format.names(offer.missing) })}
        </p>
      )}
      <OfferActions
        offer={offer}
        onChange={onChange}
        onAccepted={() => {
          setHasAccepted(true);
        }}
      />
      <Fold title={t(offer.verdict === "no" ? "why.titleNot" : "why.title")}>
        <p>{t("why.text")}</p>
        {offer.criteria.length > 0 && (
          <>
            <h4>{t("offers.criteria")}</h4>
            <ul className="plain-bullets">
              {offer.criteria.map((criterion, index) => (
                <li key={index}>
                  <Words of={criterion} />
                </li>
              ))}
            </ul>
          </>
        )}
        <WhyTrace trace={offer.why} />
      </Fold>
    </article>
  );
}
