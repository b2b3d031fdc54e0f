import { useEffect, useEffectEvent, useState } from "react";

import { useSession } from "../app/SessionContext";
import type { Answer, Backend } from "./backend";
import { useBackend } from "./BackendContext";
import type { TopicView, UiError } from "./bindings";

/** What a screen has asked the app for. A newer answer takes the place of the older without a gap. */
export type Asked<T> = {
  value: T | undefined;
  error: UiError | undefined;
  isLoading: boolean;
  reload: () => void;
  /** Puts in what a command has answered, so that the screen need not wait for the event. */
  replace: (value: T) => void;
};

/**
 * Asks the app, and asks again when one of `topics` changes or `key` names another thing.
 * An older answer that comes late is dropped.
 */
export function useAnswer<T>(
  key: string,
  topics: readonly TopicView[],
  ask: (backend: Backend) => Promise<Answer<T>>,
): Asked<T> {
  const backend = useBackend();
  const session = useSession();
  const [held, setHeld] = useState<{ key: string; answer: Answer<T> }>();
  const [round, setRound] = useState(0);

  const load = useEffectEvent(async (isCurrent: () => boolean) => {
    const answer = await ask(backend);
    if (!isCurrent()) {
      return;
    }
    setHeld({ key, answer });
    if (!answer.ok && answer.error.code === "vaultLocked") {
      session?.reload();
    }
  });
  const concerns = useEffectEvent((changed: readonly TopicView[]) => changed.some((topic) => topics.includes(topic)));

  useEffect(() => {
    let newest = 0;
    const reload = () => {
      newest += 1;
      const mine = newest;
      void load(() => mine === newest);
    };
    const stop = backend.listen((event) => {
      if (event.kind === "changed" && concerns(event.topics)) {
        reload();
      }
    });
    reload();
    return () => {
      newest += 1;
      stop();
    };
  }, [backend, key, round]);

  const answer = held?.key === key ? held.answer : undefined;
  return {
    value: answer?.ok ? answer.value : undefined,
    error: answer && !answer.ok ? answer.error : undefined,
    isLoading: answer === undefined,
    reload: () => {
      setRound((before) => before + 1);
    },
    replace: (value) => {
      setHeld({ key, answer: { ok: true, value } });
    },
  };
}
