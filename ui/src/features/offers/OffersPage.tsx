import { useTranslation } from "react-i18next";

import type { OfferView } from "../../backend/bindings";
import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { EmptyState } from "../../components/EmptyState";
import { Fold } from "../../components/Fold";
import { PageHeading } from "../../components/PageHeading";
import { Section } from "../../components/Section";
import { OfferList } from "./OfferList";

/** What services suggest: what fits, what may fit, what does not, and what was set aside. */
export function OffersPage() {
  const { t } = useTranslation();
  const asked = useAnswer("offers", ["offers"], (backend) => backend.listOffers());

  return (
    <>
      <PageHeading title={t("offers.heading")} lead={t("offers.lead")} />
      <AskedContent of={asked}>
        {(offers) => {
          if (offers.length === 0) {
            return <EmptyState title={t("offers.none.title")}>{t("offers.none.text")}</EmptyState>;
          }
          const dismissed = offers.filter(({ state }) => state === "dismissed");
          const at = (verdict: OfferView["verdict"]) =>
            offers.filter((offer) => offer.verdict === verdict && offer.state !== "dismissed");
          const fits = at("yes");
          const mayFit = at("unknown");
          const notFor = at("no");
          return (
            <>
              <Section look="plain" title={t("offers.fits.title")}>
                {fits.length === 0 ? (
                  <EmptyState title={t("offers.fits.none")} />
                ) : (
                  <OfferList offers={fits} onChange={asked.reload} />
                )}
              </Section>
              {mayFit.length > 0 && (
                <Section look="plain" title={t("offers.mayFit.title")} lead={t("offers.mayFit.text")}>
                  <OfferList offers={mayFit} onChange={asked.reload} />
                </Section>
              )}
              {notFor.length > 0 && (
                <Fold title={`${t("offers.notFor.title")} (${String(notFor.length)})`}>
                  <OfferList offers={notFor} onChange={asked.reload} />
                </Fold>
              )}
              {dismissed.length > 0 && (
                <Fold title={`${t("offers.dismissed.title")} (${String(dismissed.length)})`}>
                  <OfferList offers={dismissed} onChange={asked.reload} />
                </Fold>
              )}
            </>
          );
        }}
      </AskedContent>
    </>
  );
}
