import { useTranslation } from "react-i18next";

import { ConnectionBanner } from "./ConnectionBanner";
import { CurrentPage } from "./CurrentPage";
import { Navigation } from "./Navigation";
import { useRoute } from "./route";

/** The open vault: the menu, what is wrong with the connection, and the page. */
export function Shell() {
  const { t } = useTranslation();
  const route = useRoute();

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
