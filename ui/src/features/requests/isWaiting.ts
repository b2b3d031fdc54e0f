import type { RequestSummaryView } from "../../backend/bindings";

/** Whether a request still waits for the person's answer. */
export function isWaiting(request: RequestSummaryView): boolean {
  return request.state === "open" || request.state === "deferred";
}
