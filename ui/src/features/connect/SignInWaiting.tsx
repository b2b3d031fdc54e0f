import { Button, ButtonSize, ButtonVariant } from "hds-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { useBackend } from "../../backend/BackendContext";

/** The browser has the sign-in page; the person may come back or give up. */
export function SignInWaiting() {
  const { t } = useTranslation();
  const backend = useBackend();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    box.current?.focus();
  }, []);

  return (
    <div ref={box} tabIndex={-1} className="sign-in-waiting">
      <p className="sign-in-waiting__title">
        <span className="spinner" aria-hidden="true" />
        {t("connect.waiting.title")}
      </p>
      <p>{t("connect.waiting.text")}</p>
      <Button
        variant={ButtonVariant.Secondary}
        size={ButtonSize.Small}
        onClick={() => {
          void backend.cancelSignIn();
        }}
      >
        {t("connect.cancel")}
      </Button>
    </div>
  );
}
