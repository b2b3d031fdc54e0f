import {
  IconCogwheel,
  IconDocumentGroup,
  IconEnvelope,
  IconHistory,
  IconHome,
  IconKey,
  IconLightbulb,
  IconLock,
  IconMenuHamburger,
} from "hds-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { useAnswer } from "../backend/useAnswer";
import { Brand } from "../components/Brand";
import { fitsNow } from "../features/offers/fitsNow";
import { isWaiting } from "../features/requests/isWaiting";
import { hrefOf } from "./route";
import type { Page } from "./route";
import { useLock } from "./useLock";

const ENTRIES = [
  { page: "home", Icon: IconHome },
  { page: "requests", Icon: IconEnvelope },
  { page: "offers", Icon: IconLightbulb },
  { page: "permissions", Icon: IconKey },
  { page: "uses", Icon: IconHistory },
  { page: "data", Icon: IconDocumentGroup },
  { page: "settings", Icon: IconCogwheel },
] as const;

/** The main menu with what waits where, and the lock. On a narrow window it folds away. */
export function Navigation({ current }: { current: Page }) {
  const { t } = useTranslation();
  const { lock } = useLock();
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  const requests = useAnswer("requests", ["requests"], (backend) => backend.listRequests());
  const offers = useAnswer("offers", ["offers"], (backend) => backend.listOffers());
  const waiting: Partial<Record<Page, number>> = {
    requests: requests.value?.filter(isWaiting).length ?? 0,
    offers: offers.value?.filter(fitsNow).length ?? 0,
  };

  return (
    <header className={`navigation ${isOpen ? "navigation--open" : ""}`}>
      <div className="navigation__top">
        <Brand />
        <button
          type="button"
          className="navigation__toggle"
          aria-expanded={isOpen}
          aria-controls={listId}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          <IconMenuHamburger aria-hidden="true" />
          {t("navigation.menu")}
        </button>
      </div>
      <div id={listId} className="navigation__body">
        <nav aria-label={t("navigation.label")}>
          <ul className="navigation__list">
            {ENTRIES.map(({ page, Icon }) => {
              const count = waiting[page] ?? 0;
              return (
                <li key={page}>
                  <a
                    href={hrefOf(page)}
                    className="navigation__link"
                    aria-current={page === current ? "page" : undefined}
                    onClick={() => {
                      setIsOpen(false);
                    }}
                  >
                    <Icon aria-hidden="true" />
                    <span className="navigation__name">{t(`navigation.${page}`)}</span>
                    {count > 0 && (
                      <>
                        <span className="navigation__count" aria-hidden="true">
                          {count}
                        </span>
                        <span className="visually-hidden">, {t("navigation.waiting", { count })}</span>
                      </>
                    )}
                  </a>
                </li>
              );
            })}
          </ul>
        </nav>
        <button
          type="button"
          className="navigation__lock"
          onClick={lock}
        >
          <IconLock aria-hidden="true" />
          {t("navigation.lock")}
        </button>
      </div>
    </header>
  );
}
