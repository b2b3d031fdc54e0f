import { useTranslation } from "react-i18next";

import type { FieldView } from "../../backend/bindings";
import { Section } from "../../components/Section";
import { FieldRow } from "./FieldRow";

type Props = {
  fields: readonly FieldView[];
  chosen: readonly string[];
  canChoose: boolean;
  onChoose: (paths: readonly string[]) => void;
};

/** Exactly what is wanted, with the person's own values; optional fields are theirs to choose. */
export function RequestFields({ fields, chosen, canChoose, onChoose }: Props) {
  const { t } = useTranslation();
  const required = fields.filter(({ isRequired }) => isRequired);
  const optional = fields.filter(({ isRequired }) => !isRequired);

  return (
    <Section title={t("request.fields.title")} lead={t("request.fields.lead")}>
      {required.length > 0 && (
        <div className="field-group">
          <h3>{t("request.fields.required")}</h3>
          <p className="soft">{t("request.fields.requiredText")}</p>
          <ul className="fields">
            {required.map((field) => (
              <FieldRow key={field.path} field={field} />
            ))}
          </ul>
        </div>
      )}
      {optional.length > 0 && (
        <div className="field-group">
          <h3>{t("request.fields.optional")}</h3>
          <p className="soft">{t("request.fields.optionalText")}</p>
          <ul className="fields">
            {optional.map((field) => (
              <FieldRow
                key={field.path}
                field={field}
                choice={
                  canChoose
                    ? {
                        isChosen: chosen.includes(field.path),
                        onChange: (isChosen) => {
                          const others = chosen.filter((path) => path !== field.path);
                          onChoose(isChosen ? [...others, field.path] : others);
                        },
                      }
                    : undefined
                }
              />
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
