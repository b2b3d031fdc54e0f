import { Button, IconEye, IconKey, IconHistory } from "hds-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { StatusView } from "../../backend/bindings";
import { IconDisc } from "../../components/IconDisc";
import { PageHeading } from "../../components/PageHeading";
import { CreateVault } from "./CreateVault";
import { Front } from "./Front";
import { SetAsideNote } from "./SetAsideNote";

const POINTS = [
  { name: "see", Icon: IconEye },
  { name: "decide", Icon: IconKey },
  { name: "follow", Icon: IconHistory },
] as const;

/** There is no vault yet: what Lokero is, then the choice of a passphrase. */
export function WelcomePage({ status }: { status: StatusView }) {
  const { t } = useTranslation();
  const [hasStarted, setHasStarted] = useState(false);

  if (hasStarted) {
    return (
      <Front>
        <CreateVault />
      </Front>
    );
  }
  return (
    <Front>
      <PageHeading title={t("welcome.heading")} lead={t("welcome.lead")} />
      <SetAsideNote file={status.setAsideVault} />
      <ul className="points">
        {POINTS.map(({ name, Icon }) => (
          <li key={name} className="point">
            <IconDisc>
              <Icon aria-hidden="true" />
            </IconDisc>
            <div>
              <h2>{t(`welcome.points.${name}.title`)}</h2>
              <p>{t(`welcome.points.${name}.text`)}</p>
            </div>
          </li>
        ))}
      </ul>
      <Button
        onClick={() => {
          setHasStarted(true);
        }}
      >
        {t("welcome.start")}
      </Button>
    </Front>
  );
}
