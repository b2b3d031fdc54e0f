import { Button, PasswordInput } from "hds-react";
import { useId, useRef, useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { useSession } from "../../app/SessionContext";
import { useCommand } from "../../backend/useCommand";
import { Loading } from "../../components/Loading";
import { Notice } from "../../components/Notice";
import { PageHeading } from "../../components/PageHeading";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { StrengthMeter } from "./StrengthMeter";

const LEAST_LENGTH = 12;

/** The choice of the passphrase. A weak one is warned about but allowed; a short one is not. */
export function CreateVault() {
  const { t } = useTranslation();
  const session = useSession();
  const command = useCommand();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [hasTried, setHasTried] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const id = useId();
  // A character is what a person sees as one, as the app counts them.
  const isTooShort = Array.from(passphrase).length < LEAST_LENGTH;
  const differ = passphrase !== again;

  function submit(event: FormEvent) {
    event.preventDefault();
    setHasTried(true);
    if (isTooShort) {
      first.current?.focus();
    } else if (differ) {
      second.current?.focus();
    } else {
      void command.run(
        (backend) => backend.createVault(passphrase),
        (status) => session?.setStatus(status),
      );
    }
  }

  return (
    <>
      <PageHeading title={t("create.heading")} lead={t("create.lead")} />
      <form className="form" onSubmit={submit} noValidate>
        <ErrorNotice error={command.error} />
        <PasswordInput
          ref={first}
          id={`${id}-first`}
          label={t("create.passphrase")}
          helperText={t("create.hint")}
          errorText={hasTried && isTooShort ? t("create.tooShort") : undefined}
          invalid={hasTried && isTooShort}
          aria-invalid={hasTried && isTooShort}
          value={passphrase}
          autoComplete="new-password"
          revealPasswordButtonAriaLabel={`${t("create.show")}: ${t("create.passphrase")}`}
          concealPasswordButtonAriaLabel={`${t("create.hide")}: ${t("create.passphrase")}`}
          onChange={(event) => {
            setPassphrase(event.target.value);
          }}
        />
        <StrengthMeter passphrase={passphrase} />
        <PasswordInput
          ref={second}
          id={`${id}-second`}
          label={t("create.again")}
          errorText={hasTried && !isTooShort && differ ? t("create.differ") : undefined}
          invalid={hasTried && !isTooShort && differ}
          aria-invalid={hasTried && !isTooShort && differ}
          value={again}
          autoComplete="new-password"
          revealPasswordButtonAriaLabel={`${t("create.show")}: ${t("create.again")}`}
          concealPasswordButtonAriaLabel={`${t("create.hide")}: ${t("create.again")}`}
          onChange={(event) => {
            setAgain(event.target.value);
          }}
        />
        <Notice tone="warning" title={t("create.warning.title")}>
          <p>{t("create.warning.text")}</p>
        </Notice>
        <div className="form__actions">
          {command.isBusy ? <Loading words={t("create.working")} /> : <Button type="submit">{t("create.submit")}</Button>}
        </div>
      </form>
    </>
  );
}
