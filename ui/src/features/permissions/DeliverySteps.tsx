import { IconCheckCircleFill, IconClock, IconErrorFill } from "hds-react";
import { useTranslation } from "react-i18next";

import type { DeliveryView } from "../../backend/bindings";

type StepState = "done" | "waiting" | "failed";

const STATES: Record<Exclude<DeliveryView, "notSent">, readonly [StepState, StepState, StepState]> = {
  queued: ["done", "waiting", "waiting"],
  delivered: ["done", "done", "waiting"],
  confirmed: ["done", "done", "done"],
  notAccepted: ["done", "done", "failed"],
};
const NAMES = ["decided", "sent", "confirmed"] as const;
const ICONS = { done: IconCheckCircleFill, waiting: IconClock, failed: IconErrorFill } as const;

/** How far a decision has got: kept, sent, confirmed. What changes is announced. */
export function DeliverySteps({ delivery }: { delivery: DeliveryView }) {
  const { t } = useTranslation();
  if (delivery === "notSent") {
    return <p className="soft">{t("delivery.explain.notSent")}</p>;
  }
  const states = STATES[delivery];
  return (
    <div className="delivery">
      <ol className="delivery__steps" aria-label={t("delivery.step.title")}>
        {NAMES.map((name, index) => {
          const state = states[index] ?? "waiting";
          const Icon = ICONS[state];
          return (
            <li key={name} className={`delivery__step delivery__step--${state}`}>
              <Icon aria-hidden="true" />
              <span>{t(`delivery.step.${name}`)}</span>
              <span className="visually-hidden">: {t(`delivery.state.${state}`)}</span>
            </li>
          );
        })}
      </ol>
      <p role="status" className="soft">
        {t(`delivery.explain.${delivery}`)}
      </p>
    </div>
  );
}
