import { createContext, useContext } from "react";

import type { Backend } from "./backend";

/** The one backend of this window. */
export const BackendContext = createContext<Backend | null>(null);

/** The backend; a component outside of the provider is a programming error. */
export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (!backend) {
    throw new Error("no backend is provided");
  }
  return backend;
}
