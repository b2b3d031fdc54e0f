import { Button, ButtonSize, ButtonVariant, IconRefresh } from "hds-react";
import { useTranslation } from "react-i18next";

import { useAnswer } from "../../backend/useAnswer";
import { useCommand } from "../../backend/useCommand";
import { useAnnounce } from "../../components/Announcer";
import { AskedContent } from "../../components/AskedContent";
import { EmptyState } from "../../components/EmptyState";
import { PageHeading } from "../../components/PageHeading";
import { Section } from "../../components/Section";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { ImportFile } from "./ImportFile";
import { SourceCard } from "./SourceCard";

/** The person's own copy: a card for each source, the files they opened, and the way to open one. */
export function DataPage() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const sources = useAnswer("sources", ["data", "operators"], (backend) => backend.listSources());
  const refresh = useCommand();

  return (
    <>
      <PageHeading title={t("data.heading")} lead={t("data.lead")}>
        <Button
          variant={ButtonVariant.Secondary}
          size={ButtonSize.Small}
          iconStart={<IconRefresh />}
          aria-disabled={refresh.isBusy}
          onClick={() => {
            void refresh.run(
              (backend) => backend.refresh(),
              () => {
                announce(t("app.refreshed"));
              },
            );
          }}
        >
          {refresh.isBusy ? t("app.refreshing") : t("app.refresh")}
        </Button>
      </PageHeading>
      <ErrorNotice error={refresh.error} />
      <AskedContent of={sources}>
        {(all) => {
          const files = all.filter(({ isFile }) => isFile);
          const fetched = all.filter(({ isFile }) => !isFile);
          return (
            <>
              <Section look="plain" title={t("data.sources.title")}>
                {fetched.length === 0 ? (
                  <EmptyState title={t("data.sources.none.title")}>{t("data.sources.none.text")}</EmptyState>
                ) : (
                  <ul className="card-grid">
                    {fetched.map((source) => (
                      <li key={source.id}>
                        <SourceCard source={source} />
                      </li>
                    ))}
                  </ul>
                )}
              </Section>
              {files.length > 0 && (
                <Section look="plain" title={t("data.files.title")}>
                  <ul className="card-grid">
                    {files.map((source) => (
                      <li key={source.id}>
                        <SourceCard source={source} />
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
            </>
          );
        }}
      </AskedContent>
      <Section look="plain" title={t("import.title")}>
        <ImportFile />
      </Section>
    </>
  );
}
