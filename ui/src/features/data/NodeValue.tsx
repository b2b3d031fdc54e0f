import { useTranslation } from "react-i18next";

import type { NodeView, ValueView } from "../../backend/bindings";
import { ValueText } from "../../components/ValueText";

type Props = {
  node: NodeView;
  /** The value of a hidden node, once it was asked for. */
  revealed?: ValueView;
};

/** What a node holds: its value, that it is hidden, how much is below it, or why there is nothing. */
export function NodeValue({ node, revealed }: Props) {
  const { t } = useTranslation();
  if (node.kind === "group") {
    return <span className="soft">{t("source.group", { count: node.childCount })}</span>;
  }
  if (node.isMasked && !revealed) {
    return (
      <span className="masked">
        <span aria-hidden="true">••••••</span>
        <span className="visually-hidden">{t("source.masked")}</span>
      </span>
    );
  }
  const value = revealed ?? node.value;
  if (!value) {
    return <span className="soft">{t("value.nothing")}</span>;
  }
  if (node.kind === "notAvailable") {
    return (
      <span className="soft">
        {t("source.notAvailable", { reason: value.kind === "text" ? value.text : "" })}
      </span>
    );
  }
  return <ValueText value={value} />;
}
