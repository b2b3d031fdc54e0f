import { Button, TextInput } from "hds-react";
import { useId, useRef, useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { useCommand } from "../../backend/useCommand";
import { useAnnounce } from "../../components/Announcer";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { useFormat } from "../../i18n/useFormat";
import { SignInWaiting } from "./SignInWaiting";

/** Asks for an operator's address and waits while the person signs in. */
export function ConnectForm({ onConnected }: { onConnected: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const command = useCommand();
  const [url, setUrl] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  function submit(event: FormEvent) {
    event.preventDefault();
    const address = withScheme(url);
    setIsMissing(address === "");
    if (address === "") {
      input.current?.focus();
      return;
    }
    void command.run(
      (backend) => backend.connectOperator(address),
      (operator) => {
        announce(t("connect.done", { operator: format.text(operator.name) }));
        onConnected();
      },
    );
  }

  if (command.isBusy) {
    return <SignInWaiting />;
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      <ErrorNotice error={command.error} />
      <TextInput
        ref={input}
        id={id}
        label={t("connect.url")}
        helperText={t("connect.hint")}
        errorText={isMissing ? t("connect.missing") : undefined}
        invalid={isMissing}
        aria-invalid={isMissing}
        value={url}
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => {
          setUrl(event.target.value);
        }}
      />
      <p className="form__remark">{t("connect.what")}</p>
      <div className="form__actions">
        <Button type="submit">{t("connect.submit")}</Button>
      </div>
    </form>
  );
}

/** People write addresses without `https://`. */
function withScheme(written: string): string {
  const address = written.trim();
  return address === "" || /^[a-z]+:\/\//i.test(address) ? address : `https://${address}`;
}
