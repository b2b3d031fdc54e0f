import { useId } from "react";
import type { ReactNode } from "react";

type Props = {
  title: string;
  /** A plain section has no frame of its own. */
  look?: "framed" | "plain";
  lead?: ReactNode;
  children: ReactNode;
};

/** A part of a page with its own heading. */
export function Section({ title, look = "framed", lead, children }: Props) {
  const id = useId();
  return (
    <section className={`section section--${look}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {lead && <p className="section__lead">{lead}</p>}
      {children}
    </section>
  );
}
