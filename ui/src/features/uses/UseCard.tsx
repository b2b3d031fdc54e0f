import { IconAlertCircle, IconCheckCircle, IconQuestionCircle } from "hds-react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import type { GroundView, UseView } from "../../backend/bindings";
import { Badge } from "../../components/Badge";
import type { BadgeTone } from "../../components/Badge";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";

const TONE: Record<GroundView, BadgeTone> = { permission: "success", notCovered: "error", unknown: "alert" };
const ICON = { permission: IconCheckCircle, notCovered: IconAlertCircle, unknown: IconQuestionCircle } as const;

type Props = {
  use: UseView;
  headingLevel: 2 | 3;
  /** It is shown beside the permission that it names, so it need not lead there. */
  isOnItsPermission?: boolean;
};

/** One use of the person's data, with what allowed it beside it. */
export function UseCard({ use, headingLevel, isOnItsPermission = false }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const Heading = headingLevel === 2 ? "h2" : "h3";
  const Icon = ICON[use.ground];

  return (
    <article className="use">
      <div className="use__what">
        <p className="use__when">{format.moment(use.at)}</p>
        <Heading className="use__party">
          <Words of={use.party} />
        </Heading>
        <p>
          <Words of={use.purpose} />
        </p>
        {use.fields.length > 0 && (
          <p className="soft">
            {t("uses.fields")}: {format.names(use.fields.map(({ label }) => label))}
          </p>
        )}
      </div>
      <div className="use__ground">
        {!use.isCompleted && <Badge tone="neutral">{t("uses.incomplete")}</Badge>}
        <Badge tone={TONE[use.ground]} icon={<Icon />}>
          {t(`uses.ground.${use.ground}`)}
        </Badge>
        {use.ground !== "permission" && <p className="soft">{t(`uses.explain.${use.ground}`)}</p>}
        {use.permissionId && !isOnItsPermission && (
          <a href={hrefOf("permissions", use.permissionId)}>{t("uses.openPermission")}</a>
        )}
      </div>
    </article>
  );
}
