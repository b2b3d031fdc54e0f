import { Button, ButtonVariant, IconCheck } from "hds-react";
import { useTranslation } from "react-i18next";

import type { AnswerView, RequestView } from "../../backend/bindings";
import type { Command } from "../../backend/useCommand";
import { Loading } from "../../components/Loading";
import { Words } from "../../components/Words";
import { ErrorNotice } from "../../errors/ErrorNotice";

type Props = {
  request: RequestView;
  /** The paths of the optional fields that the person has ticked. */
  chosen: readonly string[];
  command: Command;
  onAnswer: (answer: AnswerView) => void;
};

/** The decision: what yes would share, and yes, no and later. Yes and no weigh the same. */
export function AnswerPanel({ request, chosen, command, onAnswer }: Props) {
  const { t } = useTranslation();
  const { summary, canRefuse, canDefer } = request;
  const shared = request.fields.filter(({ isRequired, path }) => isRequired || chosen.includes(path));

  return (
    <div className="panel">
      <h2>{t("request.answer.title")}</h2>
      {summary.canGive && (
        <div role="status">
          <p>{t("request.answer.shared", { count: shared.length })}</p>
          <ul className="shared">
            {shared.map(({ path, label }) => (
              <li key={path}>
                <IconCheck aria-hidden="true" />
                <span>
                  <Words of={label} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {!summary.canGive && <p>{t("request.obstacles.title")}.</p>}
      <ErrorNotice error={command.error} />
      {command.isBusy ? (
        <Loading words={t("request.answer.working")} />
      ) : (
        <>
          <div className="answers">
            {summary.canGive && (
              <Button
                onClick={() => {
                  onAnswer({ kind: "give", optionalFields: [...chosen] });
                }}
              >
                {t("request.answer.give")}
              </Button>
            )}
            {canRefuse && (
              <Button
                onClick={() => {
                  onAnswer({ kind: "refuse" });
                }}
              >
                {t("request.answer.refuse")}
              </Button>
            )}
            {canDefer && summary.state !== "deferred" && (
              <Button
                variant={ButtonVariant.Secondary}
                onClick={() => {
                  onAnswer({ kind: "later" });
                }}
              >
                {t("request.answer.later")}
              </Button>
            )}
          </div>
          {summary.state === "deferred" && <p className="soft">{t("request.answer.deferred")}</p>}
          {summary.canGive && <p className="soft">{t("request.answer.undo")}</p>}
        </>
      )}
    </div>
  );
}
