import type { TFunction } from "i18next";

import type { ComparisonOperatorView, ComparisonView, OperandView } from "../../backend/bindings";
import type { Format } from "../../i18n/format";

const DATE_OPERATORS = ["below", "atMost", "above", "atLeast"] as const;

/** A comparison as a sentence, and the person's own value that went into it. */
export function comparisonWords(
  comparison: ComparisonView,
  format: Format,
  t: TFunction,
): { statement: string; yours: string } {
  const { left, operator, right } = comparison;
  const yours = left.value ? t("why.yours", { value: format.value(left.value, t) }) : t("why.yoursUnknown");
  const words = { left: operandWords(left, format, t), right: operandWords(right, format, t) };
  const dateOperator = DATE_OPERATORS.find((known) => known === operator);
  if (dateOperator && isDate(right)) {
    return { statement: t(`why.dateOperator.${dateOperator}`, words), yours };
  }
  const plain: ComparisonOperatorView = operator;
  return { statement: t(`why.operator.${plain}`, words), yours };
}

/** What stands on one side: the value's name if it is the person's, or the value itself. */
function operandWords(operand: OperandView, format: Format, t: TFunction): string {
  if (operand.label) {
    return t(`why.operand.${operand.transform}`, { label: format.text(operand.label) });
  }
  return operand.value ? format.value(operand.value, t) : t("why.verdict.unknown");
}

function isDate({ value, label }: OperandView): boolean {
  return label === null && (value?.kind === "date" || value?.kind === "moment");
}
