import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PermissionView } from "../../backend/bindings";
import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { ChoiceBar } from "../../components/ChoiceBar";
import { EmptyState } from "../../components/EmptyState";
import { PageHeading } from "../../components/PageHeading";
import { Section } from "../../components/Section";
import { useFormat } from "../../i18n/useFormat";
import { grouped } from "./grouped";
import type { Grouping } from "./grouped";
import { PermissionCard } from "./PermissionCard";

type Filter = "inForce" | "ended" | "all";

const GROUPINGS = ["service", "purpose"] as const;
const FILTERS = ["inForce", "ended", "all"] as const;

/** What the person has allowed and refused, arranged by service or by purpose. */
export function PermissionsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const permissions = useAnswer("permissions", ["permissions", "uses"], (backend) => backend.listPermissions());
  const [grouping, setGrouping] = useState<Grouping>("service");
  const [filter, setFilter] = useState<Filter>("inForce");

  return (
    <>
      <PageHeading title={t("permissions.heading")} lead={t("permissions.lead")} />
      <AskedContent of={permissions}>
        {(all) => {
          if (all.length === 0) {
            return <EmptyState title={t("permissions.none.title")}>{t("permissions.none.text")}</EmptyState>;
          }
          const shown = all.filter((permission) => fits(permission, filter));
          return (
            <>
              <div className="filters">
                <ChoiceBar
                  label={t("permissions.filter.label")}
                  options={FILTERS.map((value) => ({ value, label: t(`permissions.filter.${value}`) }))}
                  chosen={filter}
                  onChoose={setFilter}
                />
                <ChoiceBar
                  label={t("permissions.group.label")}
                  options={GROUPINGS.map((value) => ({ value, label: t(`permissions.group.${value}`) }))}
                  chosen={grouping}
                  onChoose={setGrouping}
                />
              </div>
              <p role="status" className="soft count">
                {t("permissions.shown", { count: shown.length })}
              </p>
              {shown.length === 0 && <EmptyState title={t("permissions.noneMatching")} />}
              {grouped(shown, grouping).map((group) => (
                <Section key={group.key} look="plain" title={format.text(group.title)}>
                  <ul className="card-list">
                    {group.permissions.map((permission) => (
                      <li key={permission.id}>
                        <PermissionCard
                          permission={permission}
                          title={grouping === "service" ? "purpose" : "service"}
                        />
                      </li>
                    ))}
                  </ul>
                </Section>
              ))}
            </>
          );
        }}
      </AskedContent>
    </>
  );
}

function fits({ status }: PermissionView, filter: Filter): boolean {
  const isInForce = status === "given" || status === "paused";
  return filter === "all" || (filter === "inForce") === isInForce;
}
