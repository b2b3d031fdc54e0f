import { useTranslation } from "react-i18next";

import type { ValueView } from "../backend/bindings";
import { useFormat } from "../i18n/useFormat";
import { Words } from "./Words";

/** A value as its language writes it. */
export function ValueText({ value }: { value: ValueView }) {
  const { t } = useTranslation();
  const format = useFormat();

  switch (value.kind) {
    case "localized":
      return <Words of={value.text} />;
    case "nothing":
    case "emptyList":
      return <span className="soft">{format.value(value, t)}</span>;
    case "raw":
      return (
        <details className="raw-value">
          <summary>{t("value.raw")}</summary>
          <code>{value.json}</code>
        </details>
      );
    case "list":
      return (
        <ul className="value-list">
          {value.items.map((item, index) => (
            <li key={index}>
              <ValueText value={item} />
            </li>
          ))}
        </ul>
      );
    case "text":
    case "date":
    case "moment":
    case "number":
    case "boolean":
      return format.value(value, t);
  }
}
