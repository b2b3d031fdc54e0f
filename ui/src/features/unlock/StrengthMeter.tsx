import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { useBackend } from "../../backend/BackendContext";
import type { StrengthView } from "../../backend/bindings";

/** A pause in typing after which the strength is asked for. */
const PAUSE_MS = 250;
const GOOD_SCORE = 3;
const STEPS = [0, 1, 2, 3] as const;

type Score = "0" | "1" | "2" | "3" | "4";

/**
 * How well a passphrase would hold, with advice. It asks the app once the typing pauses.
 *
 * It has its place from the start: nothing below may move away from under the person's pointer.
 */
export function StrengthMeter({ passphrase }: { passphrase: string }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const [measured, setMeasured] = useState<{ of: string; strength: StrengthView }>();

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      if (passphrase === "") {
        return;
      }
      void backend.passphraseStrength(passphrase).then((answer) => {
        if (isCurrent && answer.ok) {
          setMeasured({ of: passphrase, strength: answer.value });
        }
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [backend, passphrase]);

  const strength = passphrase === "" ? undefined : measured?.strength;
  const score = Math.min(Math.max(strength?.score ?? 0, 0), 4);
  const isWeak = strength !== undefined && score < GOOD_SCORE;

  return (
    <div className={`live strength strength--${String(score)}`} role="status">
      <div className="strength__bar" aria-hidden="true">
        {STEPS.map((step) => (
          <span key={step} className={step < score ? "strength__step strength__step--on" : "strength__step"} />
        ))}
      </div>
      <p className="strength__words">
        {t("strength.label")}: <strong>{strength ? t(`strength.score.${String(score) as Score}`) : "–"}</strong>
      </p>
      {isWeak && strength.isLongEnough && <p>{t("strength.weak")}</p>}
      {isWeak && strength.advice.length > 0 && (
        <ul>
          {strength.advice.map((advice) => (
            <li key={advice}>{t(`strength.advice.${advice}`)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
