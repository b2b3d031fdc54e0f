import { useTranslation } from "react-i18next";

import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { PageHeading } from "../../components/PageHeading";
import { FirstSteps } from "../connect/FirstSteps";
import { Overview } from "./Overview";

/** The first page: the first steps while the vault is empty, afterwards what waits. */
export function HomePage() {
  const { t } = useTranslation();
  const start = useAnswer("start", ["operators", "data"], async (backend) => {
    const [operators, sources] = await Promise.all([backend.listOperators(), backend.listSources()]);
    if (!operators.ok) {
      return operators;
    }
    if (!sources.ok) {
      return sources;
    }
    return { ok: true, value: { isEmpty: operators.value.length + sources.value.length === 0 } };
  });

  return (
    <AskedContent of={start} heading={<PageHeading title={t("home.heading")} />}>
      {({ isEmpty }) => (isEmpty ? <FirstSteps /> : <Overview />)}
    </AskedContent>
  );
}
