import { useTranslation } from "react-i18next";

import { useAnswer } from "../../backend/useAnswer";
import { EmptyState } from "../../components/EmptyState";
import { Loading } from "../../components/Loading";
import { PageHeading } from "../../components/PageHeading";
import { fitsNow } from "../offers/fitsNow";
import { isWaiting } from "../requests/isWaiting";
import { DataSummary } from "./DataSummary";
import { OffersThatFit } from "./OffersThatFit";
import { RecentUses } from "./RecentUses";
import { Undelivered } from "./Undelivered";
import { WaitingRequests } from "./WaitingRequests";

/** What waits for the person, what is on its way, and what has happened lately. */
export function Overview() {
  const { t } = useTranslation();
  const requests = useAnswer("requests", ["requests"], (backend) => backend.listRequests());
  const offers = useAnswer("offers", ["offers"], (backend) => backend.listOffers());
  const permissions = useAnswer("permissions", ["permissions"], (backend) => backend.listPermissions());

  const waiting = requests.value?.filter(isWaiting) ?? [];
  const fitting = offers.value?.filter(fitsNow) ?? [];
  const owed = permissions.value?.filter(({ delivery }) => delivery === "queued" || delivery === "delivered") ?? [];
  const count = waiting.length + fitting.length;
  const isLoading = requests.isLoading || offers.isLoading;

  return (
    <>
      <PageHeading
        title={t("home.heading")}
        lead={isLoading ? undefined : count > 0 ? t("home.lead.waiting", { count }) : t("home.lead.nothing")}
      />
      {isLoading && <Loading />}
      {!isLoading && count === 0 && (
        <EmptyState title={t("home.calm.title")}>{t("home.calm.text")}</EmptyState>
      )}
      {waiting.length > 0 && <WaitingRequests requests={waiting} />}
      {fitting.length > 0 && <OffersThatFit offers={fitting} />}
      {owed.length > 0 && <Undelivered permissions={owed} />}
      <div className="home-columns">
        <RecentUses />
        <DataSummary />
      </div>
    </>
  );
}
