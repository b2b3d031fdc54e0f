import { errorMessage } from "../errors/errorMessage";
import type { UiError } from "./bindings";

/** Whether something that crossed the border is an error of ours. */
export function isUiError(value: unknown): value is UiError {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    value.code in errorMessage
  );
}
