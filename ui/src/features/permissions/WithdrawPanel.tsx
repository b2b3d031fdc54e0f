import { Button, IconArrowUndo } from "hds-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { PermissionDetailView } from "../../backend/bindings";
import { useCommand } from "../../backend/useCommand";
import { Loading } from "../../components/Loading";
import { Words } from "../../components/Words";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { useFormat } from "../../i18n/useFormat";
import { DeliverySteps } from "./DeliverySteps";

type Props = {
  detail: PermissionDetailView;
  onChange: (detail: PermissionDetailView) => void;
};

/** Taking a permission back: one click, as many as giving it took. Afterwards, what became of it. */
export function WithdrawPanel({ detail, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const command = useCommand();
  const [hasWithdrawn, setHasWithdrawn] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { permission, ifWithdrawn } = detail;

  useEffect(() => {
    if (hasWithdrawn) {
      heading.current?.focus();
    }
  }, [hasWithdrawn]);

  if (!permission.canWithdraw) {
    return (
      <div className="panel">
        <h2 ref={heading} tabIndex={-1}>
          {permission.status === "withdrawn"
            ? t("permission.withdraw.done")
            : t(`permissions.status.${permission.status}`)}
        </h2>
        <p>{format.moment(permission.decidedAt)}</p>
        <DeliverySteps delivery={permission.delivery} />
      </div>
    );
  }
  return (
    <div className="panel">
      <h2>{t("permission.withdraw.title")}</h2>
      {format.text(ifWithdrawn) !== "" && (
        <>
          <h3>{t("permission.withdraw.follows")}</h3>
          <p>
            <Words of={ifWithdrawn} />
          </p>
        </>
      )}
      <ErrorNotice error={command.error} />
      {command.isBusy ? (
        <Loading words={t("permission.withdraw.working")} />
      ) : (
        <Button
          iconStart={<IconArrowUndo />}
          onClick={() => {
            void command.run(
              (backend) => backend.withdrawPermission(permission.id),
              (changed) => {
                onChange(changed);
                setHasWithdrawn(true);
              },
            );
          }}
        >
          {t("permission.withdraw.action")}
        </Button>
      )}
      <DeliverySteps delivery={permission.delivery} />
    </div>
  );
}
