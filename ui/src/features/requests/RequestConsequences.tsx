import { IconArrowUndo, IconCheck, IconCross } from "hds-react";
import { useTranslation } from "react-i18next";

import type { RequestView, TextView } from "../../backend/bindings";
import { Section } from "../../components/Section";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";

/** What follows from yes, from no, and from taking a yes back. */
export function RequestConsequences({ request }: { request: RequestView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = (text: TextView) => (format.text(text) === "" ? t("request.follows.unsaid") : <Words of={text} />);

  return (
    <Section title={t("request.follows.title")}>
      <ul className="consequences">
        <li className="consequence">
          <IconCheck aria-hidden="true" className="consequence__icon" />
          <h3>{t("request.follows.yes")}</h3>
          <p>{words(request.ifYes)}</p>
        </li>
        <li className="consequence">
          <IconCross aria-hidden="true" className="consequence__icon" />
          <h3>{t("request.follows.no")}</h3>
          <p>{words(request.ifNo)}</p>
        </li>
        <li className="consequence">
          <IconArrowUndo aria-hidden="true" className="consequence__icon" />
          <h3>{t("request.follows.withdrawn")}</h3>
          <p>{words(request.ifWithdrawn)}</p>
        </li>
      </ul>
    </Section>
  );
}
