import { Button, ButtonVariant } from "hds-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Answer, Backend } from "../../backend/backend";
import type { UseView } from "../../backend/bindings";
import { useAnswer } from "../../backend/useAnswer";
import { AskedContent } from "../../components/AskedContent";
import { EmptyState } from "../../components/EmptyState";
import { PageHeading } from "../../components/PageHeading";
import { UseCard } from "./UseCard";

const USES_AT_A_TIME = 25;

/** Every reported use of the person's data, newest first, with what allowed it. */
export function UsesPage() {
  const { t } = useTranslation();
  const [pages, setPages] = useState(1);
  // The list grows in place, so the key stays the same.
  const asked = useAnswer("uses", ["uses", "permissions"], (backend) => listPages(backend, pages));

  return (
    <>
      <PageHeading title={t("uses.heading")} lead={t("uses.lead")} />
      <AskedContent of={asked}>
        {(uses) =>
          uses.length === 0 ? (
            <EmptyState title={t("uses.none.title")}>{t("uses.none.text")}</EmptyState>
          ) : (
            <>
              <ul className="use-list use-list--framed">
                {uses.map((use) => (
                  <li key={use.id}>
                    <UseCard use={use} headingLevel={2} />
                  </li>
                ))}
              </ul>
              {uses.length === pages * USES_AT_A_TIME && (
                <Button
                  variant={ButtonVariant.Secondary}
                  onClick={() => {
                    setPages(pages + 1);
                    asked.reload();
                  }}
                >
                  {t("app.showMore")}
                </Button>
              )}
            </>
          )
        }
      </AskedContent>
    </>
  );
}

async function listPages(backend: Backend, pages: number): Promise<Answer<UseView[]>> {
  const uses: UseView[] = [];
  for (let page = 0; page < pages; page += 1) {
    const answer = await backend.listUses(page * USES_AT_A_TIME, USES_AT_A_TIME);
    if (!answer.ok) {
      return answer;
    }
    uses.push(...answer.value);
  }
  return { ok: true, value: uses };
}
