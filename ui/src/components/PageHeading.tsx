import { IconAngleLeft } from "hds-react";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Props = {
  title: string;
  /** What kind of thing this is, above the title. */
  eyebrow?: string;
  lead?: ReactNode;
  /** Where one comes from. */
  back?: { href: string; title: string };
  /** Another element of the page takes the focus, such as the one field of a form. */
  leavesFocus?: boolean;
  /** Facts in short, such as a status. */
  children?: ReactNode;
};

/** The heading of a page. It takes the focus when the page is shown, and names the window. */
export function PageHeading({ title, eyebrow, lead, back, leavesFocus = false, children }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (!leavesFocus) {
      heading.current?.focus({ preventScroll: true });
    }
    window.scrollTo(0, 0);
  }, [leavesFocus]);

  useEffect(() => {
    document.title = t("app.title", { page: title });
  }, [t, title]);

  return (
    <header className="page-heading">
      {back && (
        <a className="back-link" href={back.href}>
          <IconAngleLeft aria-hidden="true" />
          {t("app.back", { page: back.title })}
        </a>
      )}
      {eyebrow && <p className="eyebrow">{eyebrow}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead && <p className="lead">{lead}</p>}
      {children && <div className="page-heading__facts">{children}</div>}
    </header>
  );
}
