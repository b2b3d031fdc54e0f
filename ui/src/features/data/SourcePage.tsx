import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { Badge } from "../../components/Badge";
import { Fact } from "../../components/Fact";
import { Facts } from "../../components/Facts";
import { NotFound } from "../../components/NotFound";
import { PageHeading } from "../../components/PageHeading";
import { Section } from "../../components/Section";
import { useFormat } from "../../i18n/useFormat";
import { NodeList } from "./NodeList";
import { OUTCOME_TONE } from "./outcomeBadge";
import { RawSource } from "./RawSource";
import { RemoveFile } from "./RemoveFile";

/** One source's copy, or one opened file: its contents, where it came from, and its original form. */
export function SourcePage({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sources = useAnswer("sources", ["data"], (backend) => backend.listSources());
  const operators = useAnswer("operators", ["operators"], (backend) => backend.listOperators());

  return (
    <AskedContent of={sources} heading={<PageHeading title={t("data.heading")} />}>
      {(all) => {
        const source = all.find((one) => one.id === id);
        if (!source) {
          return <NotFound text={t("source.missing")} back={{ href: hrefOf("data"), title: t("data.heading") }} />;
        }
        const operator = operators.value?.find((one) => one.id === source.operatorId);
        return (
          <>
            <PageHeading
              title={format.text(source.title)}
              back={{ href: hrefOf("data"), title: t("data.heading") }}
            >
              {!source.isFile && (
                <Badge tone={OUTCOME_TONE[source.outcome]}>{t(`data.outcome.${source.outcome}`)}</Badge>
              )}
            </PageHeading>
            <Section title={t("source.contents")}>
              <NodeList snapshotId={source.id} parent={null} depth={0} />
            </Section>
            <Section title={t("source.origin.title")}>
              <Facts>
                <Fact term={t(source.isFile ? "source.origin.openedAt" : "source.origin.fetchedAt")}>
                  {format.moment(source.fetchedAt)}
                </Fact>
                <Fact term={t("source.origin.operator")}>
                  {operator ? format.text(operator.name) : t("source.origin.file")}
                </Fact>
                <Fact term={t("source.origin.size")}>{format.bytes(source.rawBytes)}</Fact>
                {source.sha256 && (
                  <Fact term={t("source.origin.checksum")}>
                    <code className="checksum">{source.sha256}</code>
                    <span className="soft">{t("source.origin.checksumHelp")}</span>
                  </Fact>
                )}
              </Facts>
              <RawSource snapshotId={source.id} />
              {source.isFile && <RemoveFile source={source} />}
            </Section>
          </>
        );
      }}
    </AskedContent>
  );
}
