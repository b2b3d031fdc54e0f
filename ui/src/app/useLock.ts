import { useCommand } from "../backend/useCommand";
import type { Command } from "../backend/useCommand";
import { goTo } from "./route";
import { useSession } from "./SessionContext";

/** Locks the vault. Whoever opens it next starts from the first page. */
export function useLock(): { lock: () => void; error: Command["error"] } {
  const session = useSession();
  const command = useCommand();
  return {
    error: command.error,
    lock: () => {
      void command.run(
        (backend) => backend.lockVault(),
        (status) => {
          goTo("home");
          session?.setStatus(status);
        },
      );
    },
  };
}
