import type { ReactNode } from "react";

/** Named facts, each a term and what it is. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}
