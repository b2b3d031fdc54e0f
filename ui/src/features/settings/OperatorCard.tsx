import { Button, ButtonSize, ButtonVariant } from "hds-react";
import { useTranslation } from "react-i18next";

import type { ConnectionView, OperatorView } from "../../backend/bindings";
import { Badge } from "../../components/Badge";
import type { BadgeTone } from "../../components/Badge";
import { Fact } from "../../components/Fact";
import { Facts } from "../../components/Facts";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";
import { SignIn } from "../connect/SignIn";

const TONE: Record<ConnectionView, BadgeTone> = {
  connected: "success",
  signInNeeded: "alert",
  unreachable: "alert",
  notUnderstood: "error",
};

/** One operator: how the app stands with it, what is owed, and signing in again. */
export function OperatorCard({ operator }: { operator: OperatorView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = format.text(operator.name);

  return (
    <article className="operator">
      <header className="card__header">
        <h3>
          <Words of={operator.name} />
        </h3>
        <Badge tone={TONE[operator.connection]}>{t(`settings.connection.${operator.connection}`)}</Badge>
      </header>
      <Facts>
        <Fact term={t("settings.operators.address")}>
          {operator.isSample ? t("settings.operators.sample") : <span className="path">{operator.url}</span>}
        </Fact>
        <Fact term={t("settings.operators.lastContact")}>
          {operator.lastContactAt ? format.moment(operator.lastContactAt) : t("settings.operators.never")}
          <span className="soft">
            {operator.owed > 0 ? t("settings.operators.owed", { count: operator.owed }) : t("settings.operators.owedNone")}
          </span>
        </Fact>
      </Facts>
      <SignIn operatorId={operator.id}>
        {(start) => (
          <Button
            variant={ButtonVariant.Secondary}
            size={ButtonSize.Small}
            aria-label={t("settings.operators.signInNamed", { operator: name })}
            onClick={start}
          >
            {t("settings.operators.signIn")}
          </Button>
        )}
      </SignIn>
    </article>
  );
}
