import { useTranslation } from "react-i18next";

import type { FieldView } from "../../backend/bindings";
import { ValueText } from "../../components/ValueText";
import { Words } from "../../components/Words";

/** The person's own values of a field, or why there are none. */
export function FieldValues({ field: { availability, values } }: { field: FieldView }) {
  const { t } = useTranslation();
  if (availability !== "known") {
    return <p className="soft">{t(`request.fields.${availability}`)}</p>;
  }
  if (values.every(({ label }) => label === null)) {
    return values.map(({ value }, index) => (
      <div key={index}>
        <ValueText value={value} />
      </div>
    ));
  }
  return (
    <dl className="parts">
      {values.map(({ label, value }, index) => (
        <div key={index} className="parts__row">
          <dt>{label && <Words of={label} />}</dt>
          <dd>
            <ValueText value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
