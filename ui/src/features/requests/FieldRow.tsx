import { Checkbox, IconLock } from "hds-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import type { FieldView } from "../../backend/bindings";
import { Badge } from "../../components/Badge";
import { Words } from "../../components/Words";
import { useFormat } from "../../i18n/useFormat";
import { FieldValues } from "./FieldValues";

type Props = {
  field: FieldView;
  /** Present when the person may choose whether to include it. */
  choice?: { isChosen: boolean; onChange: (isChosen: boolean) => void } | undefined;
};

/** One field that is wanted, with the person's own value and, if it is theirs to choose, a box to tick. */
export function FieldRow({ field, choice }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();

  return (
    <li className="field">
      <div className="field__name">
        {choice ? (
          <Checkbox
            id={id}
            label={format.text(field.label)}
            checked={choice.isChosen}
            aria-describedby={`${id}-value`}
            onChange={(event) => {
              choice.onChange(event.target.checked);
            }}
          />
        ) : (
          <span className="field__label">
            <Words of={field.label} />
          </span>
        )}
        {field.isSensitive && (
          <Badge tone="alert" icon={<IconLock />}>
            {t("request.fields.sensitive")}
          </Badge>
        )}
      </div>
      <div className="field__value" id={`${id}-value`}>
        <FieldValues field={field} />
      </div>
    </li>
  );
}
