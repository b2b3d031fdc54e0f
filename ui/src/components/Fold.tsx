import { IconAngleDown } from "hds-react";
import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  onOpen?: () => void;
  children: ReactNode;
};

/** What is a click away. */
export function Fold({ title, onOpen, children }: Props) {
  return (
    <details
      className="fold"
      onToggle={(event) => {
        if (event.currentTarget.open) {
          onOpen?.();
        }
      }}
    >
      <summary>
        <span>{title}</span>
        <IconAngleDown aria-hidden="true" className="fold__mark" />
      </summary>
      <div className="fold__content">{children}</div>
    </details>
  );
}
