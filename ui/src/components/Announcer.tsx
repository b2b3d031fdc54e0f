import { createContext, useCallback, useContext, useState } from "react";
import type { ReactNode } from "react";

const AnnouncerContext = createContext<(words: string) => void>(() => undefined);

/** Says something to those who listen to the screen, without moving them. */
export function useAnnounce(): (words: string) => void {
  return useContext(AnnouncerContext);
}

/** Holds the one polite live region of the window: it must be there before its words are. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ words: "", count: 0 });
  const announce = useCallback((words: string) => {
    setSaid((before) => ({ words, count: before.count + 1 }));
  }, []);

  return (
    <AnnouncerContext value={announce}>
      {children}
      <div role="status" className="visually-hidden" data-announcer="">
        {/* Saying the same twice must count as a change. */}
        <span key={said.count}>{said.words}</span>
      </div>
    </AnnouncerContext>
  );
}
