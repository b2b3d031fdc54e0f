import { Button, ButtonSize, ButtonVariant, IconUpload } from "hds-react";
import { useRef, useState } from "react";
import type { DragEvent } from "react";
import { useTranslation } from "react-i18next";

import { useBackend } from "../../backend/BackendContext";
import type { Answer } from "../../backend/backend";
import type { SourceView } from "../../backend/bindings";
import { useCommand } from "../../backend/useCommand";
import { useAnnounce } from "../../components/Announcer";
import { Loading } from "../../components/Loading";
import { Notice } from "../../components/Notice";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { useFormat } from "../../i18n/useFormat";
import { hrefOf } from "../../app/route";

/** What the app takes in; a larger file need not be read to be refused. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Takes in a file that the city gave the person: chosen, or dragged here. */
export function ImportFile() {
  const { t } = useTranslation();
  const format = useFormat();
  const backend = useBackend();
  const announce = useAnnounce();
  const command = useCommand();
  const [taken, setTaken] = useState<SourceView>();
  const [isOver, setIsOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  async function read(file: File): Promise<Answer<SourceView>> {
    if (file.size > MOST_BYTES) {
      return { ok: false, error: { code: "fileTooLarge", incident: "", detail: file.name } };
    }
    let bytes: ArrayBuffer;
    try {
      bytes = await file.arrayBuffer();
    } catch {
      // It was moved or removed after it was chosen.
      return { ok: false, error: { code: "notFound", incident: "", detail: file.name } };
    }
    return backend.importFile(file.name, bytes);
  }

  function take(file: File | undefined) {
    if (!file) {
      return;
    }
    setTaken(undefined);
    void command.run(
      () => read(file),
      (source) => {
        setTaken(source);
        announce(t("import.done", { file: format.text(source.title) }));
      },
    );
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  }

  return (
    <div className="import">
      <ErrorNotice error={command.error} />
      {taken && (
        <Notice tone="success" title={t("import.done", { file: format.text(taken.title) })}>
          <a href={hrefOf("data", taken.id)}>{t("data.open")}</a>
        </Notice>
      )}
      {/* Dropping is an addition for the mouse: the button below does the same. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        role="group"
        aria-label={t("import.title")}
        className={`drop-zone ${isOver ? "drop-zone--over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => {
          setIsOver(false);
        }}
        onDrop={onDrop}
      >
        {command.isBusy ? (
          <Loading words={t("import.working")} />
        ) : (
          <>
            <p>{isOver ? t("import.drop") : t("import.text")}</p>
            <Button
              variant={ButtonVariant.Secondary}
              size={ButtonSize.Small}
              iconStart={<IconUpload />}
              onClick={() => {
                picker.current?.click();
              }}
            >
              {t("import.choose")}
            </Button>
            <p className="soft">{t("import.limit")}</p>
          </>
        )}
        <input
          ref={picker}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          accept=".json,application/json"
          onChange={(event) => {
            take(event.target.files?.[0]);
            // Choosing the same file again must count.
            event.target.value = "";
          }}
        />
      </div>
    </div>
  );
}
