import { Button, ButtonSize, ButtonVariant } from "hds-react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import type { OfferView } from "../../backend/bindings";
import { useCommand } from "../../backend/useCommand";
import { useAnnounce } from "../../components/Announcer";
import { Loading } from "../../components/Loading";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { useFormat } from "../../i18n/useFormat";

type Props = {
  offer: OfferView;
  onChange: () => void;
  onAccepted: () => void;
};

/** What the person may do with an offer, given where it stands. */
export function OfferActions({ offer, onChange, onAccepted }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const command = useCommand();
  const title = format.text(offer.title);

  function content() {
    switch (offer.state) {
      case "accepting":
        return <Loading words={t("offers.accepting")} />;
      case "accepted":
        return offer.requestId === null ? (
          <p className="soft">{t("offers.accepted")}</p>
        ) : (
          <a className="button-link" href={hrefOf("requests", offer.requestId)}>
            {t("offers.openRequest")}
          </a>
        );
      case "dismissed":
        return (
          <Button
            variant={ButtonVariant.Secondary}
            size={ButtonSize.Small}
            aria-label={t("offers.restoreNamed", { title })}
            onClick={() => {
              void command.run(
                (backend) => backend.restoreOffer(offer.id),
                () => {
                  announce(t("offers.restoredNow"));
                  onChange();
                },
              );
            }}
          >
            {t("offers.restore")}
          </Button>
        );
      case "open":
        // What does not fit needs no answer.
        return offer.verdict === "no" ? null : (
          <>
            <p className="soft">{t("offers.acceptHelp")}</p>
            <div className="button-row">
              <Button
                size={ButtonSize.Small}
                aria-label={t("offers.acceptNamed", { title })}
                onClick={() => {
                  void command.run(
                    (backend) => backend.acceptOffer(offer.id, offer.subjectId),
                    () => {
                      onAccepted();
                      onChange();
                    },
                  );
                }}
              >
                {t("offers.accept")}
              </Button>
              <Button
                variant={ButtonVariant.Secondary}
                size={ButtonSize.Small}
                aria-label={t("offers.dismissNamed", { title })}
                onClick={() => {
                  void command.run(
                    (backend) => backend.dismissOffer(offer.id),
                    () => {
                      announce(t("offers.dismissedNow"));
                      onChange();
                    },
                  );
                }}
              >
                {t("offers.dismiss")}
              </Button>
            </div>
          </>
        );
    }
  }

  return (
    <div className="offer__actions">
      <ErrorNotice error={command.error} />
      {content()}
    </div>
  );
}
