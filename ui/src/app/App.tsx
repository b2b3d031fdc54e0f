import { useEffect, useEffectEvent, useState } from "react";

import { useBackend } from "../backend/BackendContext";
import type { StatusView, UiError } from "../backend/bindings";
import { Announcer } from "../components/Announcer";
import { Loading } from "../components/Loading";
import { ErrorNotice } from "../errors/ErrorNotice";
import { UnlockPage } from "../features/unlock/UnlockPage";
import { WelcomePage } from "../features/unlock/WelcomePage";
import { speak } from "../i18n/i18n";
import { SessionContext } from "./SessionContext";
import { Shell } from "./Shell";

/** The whole window: what it shows depends on whether there is a vault and whether it is open. */
export function App() {
  const backend = useBackend();
  const [status, setHeld] = useState<StatusView>();
  const [error, setError] = useState<UiError>();
  const [round, setRound] = useState(0);

  // The words come first, so that no screen is ever shown in another language.
  const take = useEffectEvent(async (next: StatusView) => {
    await speak(next.language);
    setHeld(next);
    setError(undefined);
  });
  const ask = useEffectEvent(async () => {
    const answer = await backend.status();
    if (answer.ok) {
      await take(answer.value);
    } else {
      setError(answer.error);
    }
  });

  useEffect(() => {
    void ask();
    return backend.listen((event) => {
      if (event.kind === "changed" && event.topics.includes("status")) {
        void ask();
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
