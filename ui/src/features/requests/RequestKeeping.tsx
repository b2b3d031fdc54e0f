import { useTranslation } from "react-i18next";

import type { RequestView } from "../../backend/bindings";
import { Fact } from "../../components/Fact";
import { Facts } from "../../components/Facts";
import { Section } from "../../components/Section";
import { useFormat } from "../../i18n/useFormat";

/** Where the data is kept, for how long, and who receives it. */
export function RequestKeeping({ request: { storage, recipients } }: { request: RequestView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t("request.keeping.title")}>
      <Facts>
        <Fact term={t("request.keeping.recipients")}>
          {recipients.length > 0
            ? format.list(recipients.map((recipient) => format.text(recipient)))
            : t("request.keeping.noRecipients")}
        </Fact>
        <Fact term={t("request.keeping.countries")}>
          {storage.countries.length > 0
            ? format.list(storage.countries.map((code) => format.country(code)))
            : t("request.keeping.countriesUnknown")}
        </Fact>
        <Fact term={t("request.keeping.keptFor")}>
          {storage.keptFor ? format.duration(storage.keptFor) : t("request.keeping.keptForUnknown")}
        </Fact>
        {storage.deletedWithin && (
          <Fact term={t("request.keeping.deletedWithin")}>{format.duration(storage.deletedWithin)}</Fact>
        )}
      </Facts>
    </Section>
  );
}
