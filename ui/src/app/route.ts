import { useSyncExternalStore } from "react";

/** The pages of the open vault. */
export const PAGES = ["home", "data", "requests", "permissions", "uses", "offers", "settings", "connect"] as const;

/** A page of the open vault. */
export type Page = (typeof PAGES)[number];

/** Where the window is: a page, and the one thing on it, if any. */
export type Route = { page: Page; id: string | null };

/** The address of a page or of one thing on it. */
export function hrefOf(page: Page, id?: string): string {
  return id === undefined ? `#/${page}` : `#/${page}/${encodeURIComponent(id)}`;
}

/** Reads an address. What is not one of ours leads home. */
export function routeOf(hash: string): Route {
  const [name = "", id] = hash.replace(/^#\/?/, "").split("/");
  const page = PAGES.find((known) => known === name) ?? "home";
  return { page, id: id ? decoded(id) : null };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Goes to a page. */
export function goTo(page: Page, id?: string): void {
  window.location.hash = hrefOf(page, id);
}

function onChange(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => {
    window.removeEventListener("hashchange", listener);
  };
}

/** Where the window is now. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(onChange, () => window.location.hash);
  return routeOf(hash);
}
