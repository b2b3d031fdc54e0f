import { Button, ButtonSize, ButtonVariant, IconArrowRight } from "hds-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import type { SourceView } from "../../backend/bindings";
import { useCommand } from "../../backend/useCommand";
import { Badge } from "../../components/Badge";
import { Words } from "../../components/Words";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { useFormat } from "../../i18n/useFormat";
import { SignIn } from "../connect/SignIn";
import { NodeValue } from "./NodeValue";
import { OUTCOME_TONE } from "./outcomeBadge";

/** One source: how it went, the first values to recognise it by, and what can be done. */
export function SourceCard({ source }: { source: SourceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const retry = useCommand();
  const id = useId();
  const { outcome, isFile } = source;
  const when = format.moment(source.fetchedAt);

  return (
    <article className="card source-card" aria-labelledby={id}>
      <header className="card__header">
        <h3 id={id}>
          <Words of={source.title} />
        </h3>
        {!isFile && <Badge tone={OUTCOME_TONE[outcome]}>{t(`data.outcome.${outcome}`)}</Badge>}
      </header>
      {outcome !== "ok" && <p>{t(`data.explain.${outcome}`)}</p>}
      {outcome === "failed" && source.problem && (
        <p className="soft">{t("data.explain.reason", { reason: source.problem })}</p>
      )}
      {source.preview.length > 0 && (
        <dl className="preview">
          {source.preview.map((node) => (
            <div key={node.seq} className="preview__row">
              <dt>
                <Words of={node.label} />
              </dt>
              <dd>
                <NodeValue node={node} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <ErrorNotice error={retry.error} />
      <footer className="card__footer">
        {outcome === "ok" && (
          <a
            className="arrow-link"
            href={hrefOf("data", source.id)}
            aria-label={t("data.openNamed", { source: format.text(source.title) })}
          >
            {t("data.open")}
            <IconArrowRight aria-hidden="true" />
          </a>
        )}
        {outcome === "failed" && (
          <Button
            variant={ButtonVariant.Secondary}
            size={ButtonSize.Small}
            aria-disabled={retry.isBusy}
            onClick={() => {
              void retry.run(
                (backend) => backend.refresh(),
                () => undefined,
              );
            }}
          >
            {retry.isBusy ? t("app.refreshing") : t("app.retry")}
          </Button>
        )}
        {outcome === "needsStrongerIdentification" && source.operatorId && (
          <SignIn operatorId={source.operatorId}>
            {(start) => (
              <Button variant={ButtonVariant.Secondary} size={ButtonSize.Small} onClick={start}>
                {t("data.identify")}
              </Button>
            )}
          </SignIn>
        )}
        <p className="soft card__time">
          {t(isFile ? "data.opened" : outcome === "ok" ? "data.fetched" : "data.asked", { when })}
          {outcome === "ok" && <> · {t("data.values", { count: source.valueCount })}</>}
        </p>
      </footer>
    </article>
  );
}
