import { Button, IconDocument, IconFamily, IconLink } from "hds-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import { useCommand } from "../../backend/useCommand";
import { useAnnounce } from "../../components/Announcer";
import { IconDisc } from "../../components/IconDisc";
import { Loading } from "../../components/Loading";
import { PageHeading } from "../../components/PageHeading";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { useFormat } from "../../i18n/useFormat";
import { ImportFile } from "../data/ImportFile";

/** An empty vault: the three ways to fill it. */
export function FirstSteps() {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const sample = useCommand();
  const id = useId();

  return (
    <>
      <PageHeading title={t("firstSteps.heading")} lead={t("firstSteps.lead")} />
      <div className="steps">
        <section className="step" aria-labelledby={`${id}-sample`}>
          <IconDisc>
            <IconFamily aria-hidden="true" />
          </IconDisc>
          <div className="step__content">
            <h2 id={`${id}-sample`}>{t("firstSteps.sample.title")}</h2>
            <p>{t("firstSteps.sample.text")}</p>
            <ErrorNotice error={sample.error} />
            {sample.isBusy ? (
              <Loading words={t("firstSteps.sample.working")} />
            ) : (
              <Button
                onClick={() => {
                  void sample.run(
                    (backend) => backend.connectSampleCity(),
                    (operator) => {
                      announce(t("connect.done", { operator: format.text(operator.name) }));
                    },
                  );
                }}
              >
                {t("firstSteps.sample.action")}
              </Button>
            )}
          </div>
        </section>
        <section className="step" aria-labelledby={`${id}-operator`}>
          <IconDisc>
            <IconLink aria-hidden="true" />
          </IconDisc>
          <div className="step__content">
            <h2 id={`${id}-operator`}>{t("firstSteps.operator.title")}</h2>
            <p>{t("firstSteps.operator.text")}</p>
            <a className="button-link" href={hrefOf("connect")}>
              {t("firstSteps.operator.action")}
            </a>
          </div>
        </section>
        <section className="step" aria-labelledby={`${id}-file`}>
          <IconDisc>
            <IconDocument aria-hidden="true" />
          </IconDisc>
          <div className="step__content">
            <h2 id={`${id}-file`}>{t("firstSteps.file.title")}</h2>
            <p>{t("firstSteps.file.text")}</p>
            <ImportFile />
          </div>
        </section>
      </div>
    </>
  );
}
