import { useState } from "react";

import { useSession } from "../app/SessionContext";
import type { Answer, Backend } from "./backend";
import { useBackend } from "./BackendContext";
import type { UiError } from "./bindings";

/** A command that a person sets off: whether it is under way, and how it failed. */
export type Command = {
  isBusy: boolean;
  error: UiError | undefined;
  setError: (error: UiError | undefined) => void;
  /** Runs one command; a second one while the first is under way is ignored. */
  run: <T>(ask: (backend: Backend) => Promise<Answer<T>>, then: (value: T) => void) => Promise<void>;
};

/** Runs commands one at a time and keeps the last failure. */
export function useCommand(): Command {
  const backend = useBackend();
  const session = useSession();
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<UiError>();

  return {
    isBusy,
    error,
    setError,
    async run(ask, then) {
      if (isBusy) {
        return;
      }
      setIsBusy(true);
      setError(undefined);
      const answer = await ask(backend);
      setIsBusy(false);
      if (answer.ok) {
        then(answer.value);
        return;
      }
      setError(answer.error);
      if (answer.error.code === "vaultLocked") {
        session?.reload();
      }
    },
  };
}
