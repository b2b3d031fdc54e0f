import { IconArrowRight } from "hds-react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { Section } from "../../components/Section";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";

const MOST_SHOWN = 4;

/** The latest uses of the person's data, in short. */
export function RecentUses() {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = useAnswer("recent uses", ["uses"], (backend) => backend.listUses(0, MOST_SHOWN));
  return (
    <Section title={t("home.uses.title")}>
      <AskedContent of={asked}>
        {(uses) =>
          uses.length === 0 ? (
            <p className="soft">{t("home.uses.none")}</p>
          ) : (
            <>
              <ul className="rows">
                {uses.map((use) => (
                  <li key={use.id} className="row">
                    <div>
                      <p>
                        <strong>
                          <Words of={use.party} />
                        </strong>
                      </p>
                      <p>
                        <Words of={use.purpose} />
                      </p>
                      <p className="soft">
                        {format.moment(use.at)} · {t(`uses.ground.${use.ground}`)}
                      </p>
                    </div>
                  </li>
                ))}
              </ul>
              <a className="arrow-link" href={hrefOf("uses")}>
                {t("home.uses.all")}
                <IconArrowRight aria-hidden="true" />
              </a>
            </>
          )
        }
      </AskedContent>
    </Section>
  );
}
