import { useTranslation } from "react-i18next";

import type { RequestStateView } from "../../backend/bindings";

/** A request that can no longer be answered. */
export function RequestClosed({ state }: { state: RequestStateView }) {
  const { t } = useTranslation();
  return (
    <div className="panel">
      <h2>{t(`requests.state.${state}`)}</h2>
      {(state === "cancelled" || state === "expired") && <p>{t(`request.closed.${state}`)}</p>}
    </div>
  );
}
