import type { TFunction } from "i18next";

/** The grounds of the General Data Protection Regulation that have words: all of articles 6(1) and 9(2). */
const KNOWN = [
  "A6-1-a",
  "A6-1-b",
  "A6-1-c",
  "A6-1-d",
  "A6-1-e",
  "A6-1-f",
  "A9-2-a",
  "A9-2-b",
  "A9-2-c",
  "A9-2-d",
  "A9-2-e",
  "A9-2-f",
  "A9-2-g",
  "A9-2-h",
  "A9-2-i",
  "A9-2-j",
] as const;

/** A legal ground in plain words. The vocabulary's finer terms (`A6-1-a-explicit-consent`) are read as their article. */
export function ground(code: string, t: TFunction): { title: string; text: string } {
  const bare = code.replace(/^.*:/, "");
  const known = KNOWN.find((one) => bare === one || bare.startsWith(`${one}-`));
  return known
    ? { title: t(`ground.${known}.title`), text: t(`ground.${known}.text`) }
    : { title: t("ground.other.title", { code: bare }), text: t("ground.other.text") };
}
