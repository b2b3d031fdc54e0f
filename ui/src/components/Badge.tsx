import { StatusLabel } from "hds-react";
import type { ReactNode } from "react";

/** How good the news is that a badge brings. */
export type BadgeTone = "neutral" | "info" | "success" | "alert" | "error";

type Props = {
  tone: BadgeTone;
  icon?: ReactNode;
  children: ReactNode;
};

/** Where something stands, in a word or two. The words say it all; the colour only helps. */
export function Badge({ tone, icon, children }: Props) {
  return (
    <StatusLabel type={tone} iconStart={icon} className={`badge badge--${tone}`}>
      {children}
    </StatusLabel>
  );
}
