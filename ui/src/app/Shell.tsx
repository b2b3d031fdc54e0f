import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useBackend } from "../backend/BackendContext";
import { ConnectionBanner } from "./ConnectionBanner";
import { CurrentPage } from "./CurrentPage";
import { Navigation } from "./Navigation";
import { goTo, useRoute } from "./route";

/** The open vault: the menu, what is wrong with the connection, and the page. */
export function Shell() {
  const { t } = useTranslation();
  const backend = useBackend();
  const route = useRoute();

  // A notification that was clicked leads to what it was about.
  useEffect(
    () =>
      backend.listen((event) => {
        if (event.kind === "open") {
          goTo(event.target, event.id);
        }
      }),
    [backend],
  );

  return (
    <div className="shell">
      <a
        className="skip-link"
        href="#page"
        onClick={(event) => {
          // The address names pages, so the link must not change it.
          event.preventDefault();
          const heading = document.querySelector<HTMLElement>("#page h1");
          (heading ?? document.getElementById("page"))?.focus();
        }}
      >
        {t("app.skip")}
      </a>
      <Navigation current={route.page} />
      <div className="shell__content">
        <ConnectionBanner />
        <main id="page" tabIndex={-1} className="page" key={`${route.page}/${route.id ?? ""}`}>
          <CurrentPage route={route} />
        </main>
      </div>
    </div>
  );
}
