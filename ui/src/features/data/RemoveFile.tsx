import { Button, ButtonSize, ButtonVariant, IconTrash } from "hds-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { goTo } from "../../app/route";
import type { SourceView } from "../../backend/bindings";
import { useCommand } from "../../backend/useCommand";
import { useAnnounce } from "../../components/Announcer";
import { Notice } from "../../components/Notice";
import { ErrorNotice } from "../../errors/ErrorNotice";

/** Removes an opened file. This cannot be undone, so it asks once more. */
export function RemoveFile({ source }: { source: SourceView }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const command = useCommand();
  const [isSure, setIsSure] = useState(false);

  if (!isSure) {
    return (
      <Button
        variant={ButtonVariant.Supplementary}
        size={ButtonSize.Small}
        iconStart={<IconTrash />}
        onClick={() => {
          setIsSure(true);
        }}
      >
        {t("source.remove.action")}
      </Button>
    );
  }
  return (
    <div role="group" aria-label={t("source.remove.confirm")}>
      <ErrorNotice error={command.error} />
      <Notice tone="warning" title={t("source.remove.confirm")}>
        <p>{t("source.remove.text")}</p>
        <div className="button-row">
          <Button
            variant={ButtonVariant.Danger}
            size={ButtonSize.Small}
            onClick={() => {
              void command.run(
                (backend) => backend.removeFile(source.id),
                () => {
                  announce(t("source.remove.done"));
                  goTo("data");
                },
              );
            }}
          >
            {t("source.remove.yes")}
          </Button>
          <Button
            variant={ButtonVariant.Secondary}
            size={ButtonSize.Small}
            onClick={() => {
              setIsSure(false);
            }}
          >
            {t("app.cancel")}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
