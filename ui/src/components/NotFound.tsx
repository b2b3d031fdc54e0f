import { useTranslation } from "react-i18next";

import { hrefOf } from "../app/route";
import { PageHeading } from "./PageHeading";

type Props = {
  text?: string;
  back?: { href: string; title: string };
};

/** What the address names is not in the vault. */
export function NotFound({ text, back }: Props) {
  const { t } = useTranslation();
  return (
    <PageHeading
      title={t("notFound.heading")}
      lead={text ?? t("notFound.text")}
      back={back ?? { href: hrefOf("home"), title: t("home.heading") }}
    />
  );
}
