import { useState } from "react";
import { useTranslation } from "react-i18next";

import { hrefOf } from "../../app/route";
import type { AnswerView, RequestView } from "../../backend/bindings";
import { useAnswer } from "../../backend/useAnswer";
import { useCommand } from "../../backend/useCommand";
import { useAnnounce } from "../../components/Announcer";
import { AskedContent } from "../../components/AskedContent";
import { NotFound } from "../../components/NotFound";
import { PageHeading } from "../../components/PageHeading";
import { Subject } from "../../components/Subject";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";
import { AnswerPanel } from "./AnswerPanel";
import { AnswerResult } from "./AnswerResult";
import { isWaiting } from "./isWaiting";
import { Obstacles } from "./Obstacles";
import { RequestClosed } from "./RequestClosed";
import { RequestConsequences } from "./RequestConsequences";
import { RequestFields } from "./RequestFields";
import { RequestKeeping } from "./RequestKeeping";
import { RequestNotice } from "./RequestNotice";
import { RequestPurpose } from "./RequestPurpose";
import { RequestSender } from "./RequestSender";

/** One request: all that a decision needs on one page, and the decision. */
export function RequestPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const asked = useAnswer(id, ["requests"], (backend) => backend.findRequest(id));
  const command = useCommand();
  // Nothing optional is chosen beforehand.
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [hasAnswered, setHasAnswered] = useState(false);
  const back = { href: hrefOf("requests"), title: t("requests.heading") };

  function answer(given: AnswerView) {
    void command.run(
      (backend) => backend.answerRequest(id, given),
      (request) => {
        asked.replace(request);
        if (given.kind === "later") {
          announce(t("request.answer.deferred"));
        } else {
          setHasAnswered(true);
        }
      },
    );
  }

  function side(request: RequestView) {
    if (request.permissionId !== null) {
      return <AnswerResult permissionId={request.permissionId} takesFocus={hasAnswered} />;
    }
    if (!isWaiting(request.summary)) {
      return <RequestClosed state={request.summary.state} />;
    }
    return <AnswerPanel request={request} chosen={chosen} command={command} onAnswer={answer} />;
  }

  if (asked.error?.code === "notFound") {
    return <NotFound back={back} />;
  }
  return (
    <AskedContent of={asked} heading={<PageHeading title={t("request.eyebrow")} back={back} />}>
      {(request) => (
        <>
          <PageHeading
            eyebrow={t("request.eyebrow")}
            title={format.text(request.summary.service)}
            lead={<Words of={request.summary.purpose} />}
            back={back}
          >
            <Subject of={request.summary.subject} />
          </PageHeading>
          <div className="with-side">
            <div className="with-side__main">
              <Obstacles request={request} />
              <RequestSender request={request} />
              <RequestPurpose request={request} />
              <RequestKeeping request={request} />
              <RequestConsequences request={request} />
              <RequestNotice notice={request.notice} />
              <RequestFields
                fields={request.fields}
                chosen={chosen}
                canChoose={isWaiting(request.summary) && request.summary.canGive}
                onChoose={setChosen}
              />
            </div>
            <aside className="with-side__side" aria-label={t("request.answer.title")}>
              {side(request)}
            </aside>
          </div>
        </>
      )}
    </AskedContent>
  );
}
