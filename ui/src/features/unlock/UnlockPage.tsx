import { Button, PasswordInput } from "hds-react";
import { useEffect, useId, useRef, useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { useSession } from "../../app/SessionContext";
import type { StatusView } from "../../backend/bindings";
import { useCommand } from "../../backend/useCommand";
import { Fold } from "../../components/Fold";
import { Loading } from "../../components/Loading";
import { PageHeading } from "../../components/PageHeading";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { Front } from "./Front";
import { SetAsideNote } from "./SetAsideNote";

/** The vault is locked: the passphrase opens it. */
export function UnlockPage({ status }: { status: StatusView }) {
  const { t } = useTranslation();
  const session = useSession();
  const command = useCommand();
  const [passphrase, setPassphrase] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const isWrong = command.error?.code === "wrongPassphrase";

  useEffect(() => {
    input.current?.focus();
  }, []);

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsMissing(passphrase === "");
    input.current?.focus();
    if (passphrase === "") {
      return;
    }
    void command.run(
      (backend) => backend.unlockVault(passphrase),
      (next) => session?.setStatus(next),
    );
  }

  return (
    <Front>
      <PageHeading title={t("unlock.heading")} lead={t("unlock.lead")} leavesFocus />
      <SetAsideNote file={status.setAsideVault} />
      <form className="form" onSubmit={submit} noValidate>
        <ErrorNotice error={command.error} />
        <PasswordInput
          ref={input}
          id={id}
          label={t("unlock.passphrase")}
          errorText={isMissing ? t("unlock.missing") : undefined}
          invalid={isMissing || isWrong}
          aria-invalid={isMissing || isWrong}
          value={passphrase}
          autoComplete="current-password"
          revealPasswordButtonAriaLabel={t("create.show")}
          concealPasswordButtonAriaLabel={t("create.hide")}
          onChange={(event) => {
            setPassphrase(event.target.value);
          }}
        />
        <div className="form__actions">
          {command.isBusy ? <Loading words={t("unlock.working")} /> : <Button type="submit">{t("unlock.submit")}</Button>}
        </div>
      </form>
      <Fold title={t("unlock.forgotten.title")}>
        <p>{t("unlock.forgotten.text")}</p>
      </Fold>
    </Front>
  );
}
