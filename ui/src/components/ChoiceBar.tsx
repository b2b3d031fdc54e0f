import { useId } from "react";

type Props<T extends string> = {
  label: string;
  /** A heading beside it says the same. */
  hidesLabel?: boolean;
  options: readonly { value: T; label: string; language?: string }[];
  chosen: T;
  onChoose: (value: T) => void;
};

/** A choice of one out of a few, all in sight. */
export function ChoiceBar<T extends string>({ label, hidesLabel = false, options, chosen, onChoose }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="choice-bar">
      <legend className={hidesLabel ? "visually-hidden" : undefined}>{label}</legend>
      <div className="choice-bar__options">
        {options.map(({ value, label: words, language }) => (
          <label key={value} className="choice-bar__option" lang={language}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => {
                onChoose(value);
              }}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
