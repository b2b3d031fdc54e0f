import type { TraceView } from "../../backend/bindings";
import { WhyStep } from "./WhyStep";

/** A rule and its answer, step by step, in words. */
export function WhyTrace({ trace }: { trace: TraceView }) {
  return (
    <ul className="trace">
      <WhyStep step={trace} />
    </ul>
  );
}
