import { IconCheckCircleFill, IconCrossCircleFill, IconQuestionCircleFill } from "hds-react";
import { useTranslation } from "react-i18next";

import type { TraceView, VerdictView } from "../../backend/bindings";
import { useFormat } from "../../i18n/useFormat";
import { comparisonWords } from "./comparisonWords";

const ICON = {
  yes: IconCheckCircleFill,
  no: IconCrossCircleFill,
  unknown: IconQuestionCircleFill,
} as const satisfies Record<VerdictView, unknown>;

/** One step of a rule: what must hold, whether it does, and the person's own value. */
export function WhyStep({ step }: { step: TraceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = ICON[step.verdict];
  const words = step.comparison ? comparisonWords(step.comparison, format, t) : undefined;

  return (
    <li className="trace__step">
      <div className={`trace__line trace__line--${step.verdict}`}>
        <Icon aria-hidden="true" />
        <span>
          <span className="visually-hidden">{t(`why.verdict.${step.verdict}`)}: </span>
          {step.kind === "comparison" ? words?.statement : t(`why.${step.kind}`)}
          {words && <span className="trace__yours">{words.yours}</span>}
        </span>
      </div>
      {step.parts.length > 0 && (
        <ul className="trace">
          {step.parts.map((part, index) => (
            <WhyStep key={index} step={part} />
          ))}
        </ul>
      )}
    </li>
  );
}
