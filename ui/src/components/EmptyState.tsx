import type { ReactNode } from "react";

/** Says that there is nothing here, and what would come. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty-state">
      <p className="empty-state__title">{title}</p>
      {children && <p>{children}</p>}
    </div>
  );
}
