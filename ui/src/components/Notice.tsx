import { IconAlertCircleFill, IconCheckCircleFill, IconErrorFill, IconInfoCircleFill } from "hds-react";
import type { ReactNode } from "react";

type Tone = "info" | "warning" | "error" | "success";

type Props = {
  tone: Tone;
  title: string;
  children?: ReactNode;
};

const ICON = {
  info: IconInfoCircleFill,
  warning: IconAlertCircleFill,
  error: IconErrorFill,
  success: IconCheckCircleFill,
} as const satisfies Record<Tone, unknown>;

/**
 * A remark on the page, in the look of the design system's notification but without its animation.
 * It is not announced: its owner wraps it in a live region when it appears later.
 */
export function Notice({ tone, title, children }: Props) {
  const Icon = ICON[tone];
  return (
    <div className={`notice notice--${tone}`}>
      <Icon aria-hidden="true" className="notice__icon" />
      <div className="notice__content">
        <p className="notice__title">{title}</p>
        {children}
      </div>
    </div>
  );
}
