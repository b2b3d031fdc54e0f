import { createContext, useContext } from "react";

import type { StatusView } from "../backend/bindings";

/** The app's own state, as the window knows it. */
export type Session = {
  status: StatusView;
  /** Puts in what a command has answered. */
  setStatus: (status: StatusView) => void;
  /** Asks for the state again, for example when the vault turns out to be locked. */
  reload: () => void;
};

/** None before the app has answered for the first time. */
export const SessionContext = createContext<Session | null>(null);

/** The session; none outside of one, as while the app is starting. */
export function useSession(): Session | null {
  return useContext(SessionContext);
}
