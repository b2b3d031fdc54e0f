import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import type { PermissionStatusView } from "../../backend/bindings";
import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { DeliverySteps } from "../permissions/DeliverySteps";
import { useFormat } from "../../i18n/useFormat";

type Props = {
  permissionId: string;
  /** The person has just answered: the result takes the focus from the button that went away. */
  takesFocus: boolean;
};

const WORDS = {
  given: "request.result.given",
  refused: "request.result.refused",
  withdrawn: "request.result.withdrawn",
  paused: "request.result.given",
  revoked: "request.result.ended",
  expired: "request.result.ended",
} as const satisfies Record<PermissionStatusView, string>;

/** What became of an answer: it follows the delivery while the person looks on. */
export function AnswerResult({ permissionId, takesFocus }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = useAnswer(permissionId, ["permissions"], (backend) => backend.findPermission(permissionId));
  const heading = useRef<HTMLHeadingElement>(null);
  const isHere = asked.value !== undefined;

  useEffect(() => {
    if (takesFocus && isHere) {
      heading.current?.focus();
    }
  }, [takesFocus, isHere]);

  return (
    <div className="panel">
      <AskedContent of={asked}>
        {({ permission }) => (
          <>
            <h2 ref={heading} tabIndex={-1}>
              {t(WORDS[permission.status])}
            </h2>
            <p>{format.moment(permission.decidedAt)}</p>
            <DeliverySteps delivery={permission.delivery} />
            <a className="button-link" href={hrefOf("permissions", permissionId)}>
              {t("request.result.permission")}
            </a>
            {permission.canWithdraw && <p className="soft">{t("request.result.permissionHelp")}</p>}
          </>
        )}
      </AskedContent>
    </div>
  );
}
