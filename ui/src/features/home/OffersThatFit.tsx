import { IconAngleRight, IconArrowRight } from "hds-react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import type { OfferView } from "../../backend/bindings";
import { Section } from "../../components/Section";
import { Words } from "../../components/Words";
import { OfferFor } from "../offers/OfferFor";

const MOST_SHOWN = 3;

/** The offers that fit, the first few of them. */
export function OffersThatFit({ offers }: { offers: readonly OfferView[] }) {
  const { t } = useTranslation();
  return (
    <Section look="plain" title={t("home.offers.title")}>
      <ul className="card-list">
        {offers.slice(0, MOST_SHOWN).map((offer) => (
          <li key={`${offer.id} ${offer.subjectId}`}>
            <article className="card link-card">
              <div className="link-card__content">
                <h3>
                  <a href={hrefOf("offers")}>
                    <Words of={offer.title} />
                  </a>
                </h3>
                <p className="link-card__main">
                  <Words of={offer.summary} />
                </p>
                <div className="meta-row">
                  <OfferFor offer={offer} />
                </div>
              </div>
              <IconAngleRight aria-hidden="true" className="link-card__mark" />
            </article>
          </li>
        ))}
      </ul>
      <a className="arrow-link" href={hrefOf("offers")}>
        {t("home.offers.all")}
        <IconArrowRight aria-hidden="true" />
      </a>
    </Section>
  );
}
