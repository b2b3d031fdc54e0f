import { useTranslation } from "react-i18next";

import type { HistoryKindView, HistoryView } from "../../backend/bindings";
import { Badge } from "../../components/Badge";
import { useFormat } from "../../i18n/useFormat";
import { DELIVERY_TONE } from "./permissionBadge";

/** What the person decided is delivered to the operator; the rest is not. */
const DECISIONS: readonly HistoryKindView[] = ["deferred", "given", "refused", "paused", "resumed", "withdrawn"];

/** What has happened to a permission, oldest first, and how far each decision has got. */
export function PermissionHistory({ history }: { history: readonly HistoryView[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className="history">
      {history.map((line, index) => (
        <li key={index} className="history__line">
          <p className="history__what">{t(`permission.history.${line.kind}`)}</p>
          <p className="soft">{format.moment(line.at)}</p>
          {DECISIONS.includes(line.kind) && line.delivery !== "notSent" && (
            <Badge tone={DELIVERY_TONE[line.delivery]}>{t(`delivery.${line.delivery}`)}</Badge>
          )}
          {line.erasureDue && <p>{t("permission.history.erasureDue", { date: format.date(line.erasureDue) })}</p>}
        </li>
      ))}
    </ol>
  );
}
