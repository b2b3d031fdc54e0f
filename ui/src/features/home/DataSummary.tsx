import { IconArrowRight } from "hds-react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { Section } from "../../components/Section";

/** How much the person's own copy holds, and whether something is missing from it. */
export function DataSummary() {
  const { t } = useTranslation();
  const asked = useAnswer("sources", ["data"], (backend) => backend.listSources());
  return (
    <Section title={t("home.data.title")}>
      <AskedContent of={asked}>
        {(sources) => {
          const known = sources.filter(({ outcome }) => outcome === "ok").length;
          const troubled = sources.filter(
            ({ outcome }) => outcome === "failed" || outcome === "needsStrongerIdentification",
          ).length;
          return (
            <>
              <p>{t("home.data.summary", { count: known })}</p>
              {troubled > 0 && <p className="soft">{t("home.data.trouble", { count: troubled })}</p>}
              <a className="arrow-link" href={hrefOf("data")}>
                {t("home.data.all")}
                <IconArrowRight aria-hidden="true" />
              </a>
            </>
          );
        }}
      </AskedContent>
    </Section>
  );
}
