import { Button, ButtonSize, ButtonVariant, IconLock } from "hds-react";
import { useTranslation } from "react-i18next";

import { useSession } from "../../app/SessionContext";
import { useLock } from "../../app/useLock";
import { Fact } from "../../components/Fact";
import { Facts } from "../../components/Facts";
import { PageHeading } from "../../components/PageHeading";
import { Section } from "../../components/Section";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { LanguageChoice } from "./LanguageChoice";
import { Operators } from "./Operators";

/** The language, the operators, the lock, and what this app is. */
export function SettingsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const { lock, error } = useLock();
  const status = session?.status;

  return (
    <>
      <PageHeading title={t("settings.heading")} />
      <Section title={t("settings.language.title")}>
        <LanguageChoice hidesLabel />
      </Section>
      <Operators />
      <Section title={t("settings.lock.title")} lead={t("settings.lock.text")}>
        <ErrorNotice error={error} />
        <Button
          variant={ButtonVariant.Secondary}
          size={ButtonSize.Small}
          iconStart={<IconLock />}
          onClick={lock}
        >
          {t("settings.lock.action")}
        </Button>
      </Section>
      <Section title={t("settings.about.title")}>
        <Facts>
          <Fact term={t("settings.about.place")}>{t("settings.about.placeText")}</Fact>
          <Fact term={t("settings.about.notifications")}>
            {t(status?.canNotify ? "settings.about.notificationsOn" : "settings.about.notificationsOff")}
          </Fact>
          <Fact term={t("settings.about.version")}>{status?.version}</Fact>
        </Facts>
      </Section>
    </>
  );
}
