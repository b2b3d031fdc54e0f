import { Button, ButtonSize, ButtonVariant, IconDownload } from "hds-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ProofView } from "../../backend/bindings";
import { useCommand } from "../../backend/useCommand";
import { Notice } from "../../components/Notice";
import { ErrorNotice } from "../../errors/ErrorNotice";

/** Saves the proof of a permission, and says where it is. */
export function ProofExport({ permissionId }: { permissionId: string }) {
  const { t } = useTranslation();
  const command = useCommand();
  const [proof, setProof] = useState<ProofView>();

  return (
    <div className="panel">
      <h2>{t("permission.proof.title")}</h2>
      <p>{t("permission.proof.text")}</p>
      <Button
        variant={ButtonVariant.Secondary}
        size={ButtonSize.Small}
        iconStart={<IconDownload />}
        onClick={() => {
          void command.run((backend) => backend.exportProof(permissionId), setProof);
        }}
      >
        {t("permission.proof.action")}
      </Button>
      <ErrorNotice error={command.error} />
      <div role="status">
        {proof && (
          <Notice tone="success" title={t("permission.proof.saved")}>
            <p>{t("permission.proof.where")}</p>
            <p className="path">{proof.path}</p>
          </Notice>
        )}
      </div>
    </div>
  );
}
