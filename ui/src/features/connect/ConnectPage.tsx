import { useTranslation } from "react-i18next";

import { goTo, hrefOf } from "../../app/route";
import { PageHeading } from "../../components/PageHeading";
import { ConnectForm } from "./ConnectForm";

/** Connecting an operator by its address. */
export function ConnectPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeading
        title={t("connect.heading")}
        lead={t("connect.lead")}
        back={{ href: hrefOf("home"), title: t("home.heading") }}
      />
      <ConnectForm
        onConnected={() => {
          goTo("home");
        }}
      />
    </>
  );
}
