import type { ReactNode } from "react";

/** An icon on a round ground, for the start of a line of text. */
export function IconDisc({ children }: { children: ReactNode }) {
  return <span className="icon-disc">{children}</span>;
}
