import { useTranslation } from "react-i18next";

import type { RequestView } from "../../backend/bindings";
import { Notice } from "../../components/Notice";

/** Why yes cannot be said, in plain words; nothing if it can. */
export function Obstacles({ request: { obstacles, canRefuse } }: { request: RequestView }) {
  const { t } = useTranslation();
  if (obstacles.length === 0) {
    return null;
  }
  return (
    <Notice tone="warning" title={t("request.obstacles.title")}>
      <ul className="plain-bullets">
        {obstacles.map((obstacle) => (
          <li key={obstacle}>{t(`request.obstacle.${obstacle}`)}</li>
        ))}
      </ul>
      {canRefuse && <p>{t("request.obstacles.text")}</p>}
    </Notice>
  );
}
