import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useCommand } from "../../backend/useCommand";
import { Fold } from "../../components/Fold";
import { Loading } from "../../components/Loading";
import { ErrorNotice } from "../../errors/ErrorNotice";

/** The bytes as they came, one click away. They are fetched when asked for. */
export function RawSource({ snapshotId }: { snapshotId: string }) {
  const { t } = useTranslation();
  const command = useCommand();
  const [raw, setRaw] = useState<{ text: string; isCut: boolean }>();

  return (
    <Fold
      title={t("source.raw.title")}
      onOpen={() => {
        if (!raw) {
          void command.run((backend) => backend.rawSource(snapshotId), setRaw);
        }
      }}
    >
      <p>{t("source.raw.text")}</p>
      {command.isBusy && <Loading />}
      <ErrorNotice error={command.error} />
      {raw && (
        <>
          {raw.isCut && <p>{t("source.raw.cut")}</p>}
          {/* It scrolls, so the keyboard must be able to reach it. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className="raw" tabIndex={0} role="region" aria-label={t("source.raw.label")}>
            {raw.text}
          </pre>
        </>
      )}
    </Fold>
  );
}
