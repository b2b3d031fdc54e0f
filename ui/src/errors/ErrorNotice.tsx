import { Button, ButtonSize, ButtonVariant } from "hds-react";
import { useTranslation } from "react-i18next";

import type { UiError } from "../backend/bindings";
import { Notice } from "../components/Notice";
import { errorMessage } from "./errorMessage";

type Props = {
  error: UiError | undefined;
  onRetry?: () => void;
};

/**
 * A failure in words. Its live regions, one calm and one loud, are always there, so that screen readers
 * notice what comes into them.
 */
export function ErrorNotice({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const tone = error ? errorMessage[error.code].tone : "info";
  const notice = error && (
    <Notice tone={tone} title={t(`error.title.${tone}`)}>
      <p>{t(errorMessage[error.code].key)}</p>
      {error.detail && <p className="fine-print">{t("error.detail", { detail: error.detail })}</p>}
      {error.code === "unexpected" && error.incident && (
        <p className="fine-print">{t("error.incident", { incident: error.incident })}</p>
      )}
      {onRetry && (
        <Button variant={ButtonVariant.Secondary} size={ButtonSize.Small} onClick={onRetry}>
          {t("app.retry")}
        </Button>
      )}
    </Notice>
  );
  return (
    <>
      <div role="status" className="live">
        {tone === "info" && notice}
      </div>
      <div role="alert" className="live">
        {tone !== "info" && notice}
      </div>
    </>
  );
}
