import { useTranslation } from "react-i18next";

/** Says that something is on its way. */
export function Loading({ words }: { words?: string }) {
  const { t } = useTranslation();
  return (
    <p role="status" className="loading">
      <span className="spinner" aria-hidden="true" />
      {words ?? t("app.loading")}
    </p>
  );
}
