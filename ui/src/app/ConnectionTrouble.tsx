import { Button, ButtonSize, ButtonVariant, IconAlertCircle, IconWifiCrossed } from "hds-react";
import { useTranslation } from "react-i18next";

import type { OperatorView } from "../backend/bindings";
import { SignIn } from "../features/connect/SignIn";
import { useFormat } from "../i18n/useFormat";

const WORDS = {
  unreachable: "banner.offline",
  signInNeeded: "banner.signIn",
  notUnderstood: "banner.notUnderstood",
} as const;

/** What is wrong with the connection to one operator, and what it means for the person. */
export function ConnectionTrouble({ operator }: { operator: OperatorView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (operator.connection === "connected") {
    return null;
  }
  const words = WORDS[operator.connection];
  const name = format.text(operator.name);
  const Icon = operator.connection === "unreachable" ? IconWifiCrossed : IconAlertCircle;

  return (
    <div className="banner">
      <Icon aria-hidden="true" className="banner__icon" />
      <div className="banner__content">
        <p className="banner__title">{t(`${words}.title`, { operator: name })}</p>
        <p>{t(`${words}.text`)}</p>
        {operator.connection === "signInNeeded" && (
          <SignIn operatorId={operator.id}>
            {(start) => (
              <Button variant={ButtonVariant.Secondary} size={ButtonSize.Small} onClick={start}>
                {t("banner.signIn.action")}
              </Button>
            )}
          </SignIn>
        )}
      </div>
    </div>
  );
}
