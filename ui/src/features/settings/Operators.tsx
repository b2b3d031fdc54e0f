import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { Section } from "../../components/Section";
import { OperatorCard } from "./OperatorCard";

/** The operators that the vault is connected to, and the way to another. */
export function Operators() {
  const { t } = useTranslation();
  const asked = useAnswer("operators", ["operators"], (backend) => backend.listOperators());
  return (
    <Section title={t("settings.operators.title")} lead={t("settings.operators.text")}>
      <AskedContent of={asked}>
        {(operators) =>
          operators.length === 0 ? (
            <p className="soft">{t("settings.operators.none")}</p>
          ) : (
            <ul className="rows">
              {operators.map((operator) => (
                <li key={operator.id}>
                  <OperatorCard operator={operator} />
                </li>
              ))}
            </ul>
          )
        }
      </AskedContent>
      <a className="button-link" href={hrefOf("connect")}>
        {t(asked.value?.length === 0 ? "connect.heading" : "settings.operators.add")}
      </a>
    </Section>
  );
}
