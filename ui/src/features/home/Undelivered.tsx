import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import type { PermissionView } from "../../backend/bindings";
import { Badge } from "../../components/Badge";
import { Section } from "../../components/Section";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";
import { DELIVERY_TONE } from "../permissions/permissionBadge";

/** Decisions that are in force but not yet confirmed. */
export function Undelivered({ permissions }: { permissions: readonly PermissionView[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t("home.undelivered.title")} lead={t("home.undelivered.text")}>
      <ul className="rows">
        {permissions.map((permission) => (
          <li key={permission.id} className="row">
            <div>
              <a href={hrefOf("permissions", permission.id)}>
                <Words of={permission.service} />
              </a>
              <p className="soft">
                {t(`permissions.status.${permission.status}`)}, {format.moment(permission.decidedAt)}
              </p>
            </div>
            <Badge tone={DELIVERY_TONE[permission.delivery]}>{t(`delivery.${permission.delivery}`)}</Badge>
          </li>
        ))}
      </ul>
    </Section>
  );
}
