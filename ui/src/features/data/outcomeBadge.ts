import type { OutcomeView } from "../../backend/bindings";
import type { BadgeTone } from "../../components/Badge";

/** How good the news of an outcome is. */
export const OUTCOME_TONE: Record<OutcomeView, BadgeTone> = {
  ok: "success",
  empty: "neutral",
  failed: "error",
  needsStrongerIdentification: "alert",
};
