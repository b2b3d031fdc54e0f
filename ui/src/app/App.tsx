import { useEffect, useEffectEvent, useState } from "react";

import type { Answer } from "../backend/backend";
import { useBackend } from "../backend/BackendContext";
import type { StatusView, UiError } from "../backend/bindings";
import { Announcer } from "../components/Announcer";
import { Loading } from "../components/Loading";
import { ErrorNotice } from "../errors/ErrorNotice";
import { UnlockPage } from "../features/unlock/UnlockPage";
import { WelcomePage } from "../features/unlock/WelcomePage";
import { speak } from "../i18n/i18n";
import { goTo } from "./route";
import { SessionContext } from "./SessionContext";
import { Shell } from "./Shell";

/** The whole window: what it shows depends on whether there is a vault and whether it is open. */
export function App() {
  const backend = useBackend();
  const [status, setHeld] = useState<StatusView>();
  const [error, setError] = useState<UiError>();
  const [round, setRound] = useState(0);

  // The words come first, so that no screen is ever shown in another language.
  const take = useEffectEvent(async (answer: Answer<StatusView>) => {
    if (answer.ok) {
      await speak(answer.value.language);
      setHeld(answer.value);
      setError(undefined);
    } else {
      setError(answer.error);
    }
  });

  useEffect(() => {
    void backend.status().then(take);
    return backend.listen((event) => {
      if (event.kind === "open") {
        // A clicked notification leads to what it was about, after unlocking if need be.
        goTo(event.target, event.id);
      } else if (event.topics.includes("status")) {
        void backend.status().then(take);
      }
    });
  }, [backend, round]);

  const reload = () => {
    setRound((before) => before + 1);
  };

  if (!status) {
    return (
      <main className="starting">
        {error ? <ErrorNotice error={error} onRetry={reload} /> : <Loading />}
      </main>
    );
  }

  const session = {
    status,
    reload,
    setStatus: (next: StatusView) => {
      void speak(next.language).then(() => {
        setHeld(next);
      });
    },
  };
  return (
    <SessionContext value={session}>
      <Announcer>
        {status.phase === "absent" && <WelcomePage status={status} />}
        {status.phase === "locked" && <UnlockPage status={status} />}
        {status.phase === "open" && <Shell />}
      </Announcer>
    </SessionContext>
  );
}
