import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useCommand } from "../../backend/useCommand";
import { useAnnounce } from "../../components/Announcer";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { useFormat } from "../../i18n/useFormat";
import { SignInWaiting } from "./SignInWaiting";

type Props = {
  operatorId: string;
  /** What starts it; given the function to call. */
  children: (start: () => void) => ReactNode;
};

/** Signing in again: the start, the wait while the browser is open, and how it failed. */
export function SignIn({ operatorId, children }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const command = useCommand();
  const box = useRef<HTMLDivElement>(null);
  const wasBusy = useRef(false);

  // The button that was pressed goes away while waiting, and must not take the focus with it.
  useEffect(() => {
    if (wasBusy.current && !command.isBusy) {
      box.current?.querySelector("button")?.focus();
    }
    wasBusy.current = command.isBusy;
  }, [command.isBusy]);

  return (
    <div ref={box} className="sign-in">
      {command.isBusy ? (
        <SignInWaiting />
      ) : (
        children(() => {
          void command.run(
            (backend) => backend.signIn(operatorId),
            (operator) => {
              announce(t("settings.operators.signedIn", { operator: format.text(operator.name) }));
            },
          );
        })
      )}
      <ErrorNotice error={command.error} />
    </div>
  );
}
