import type { StrengthView } from "../bindings";

/** A rough stand-in for the app's measure: enough to see every step of the meter. */
export function roughStrength(passphrase: string): StrengthView {
  const wordCount = passphrase.split(/[\s-]+/).filter((word) => word.length > 2).length;
  const kinds = new Set(passphrase).size;
  const score = Math.max(0, Math.min(4, wordCount - (kinds < 8 ? 2 : 0)));
  const advice: StrengthView["advice"] = [];
  if (wordCount < 3) {
    advice.push("addWords");
  }
  if (kinds < 8) {
    advice.push("avoidRepeats");
  }
  if (/abcd|1234|qwer/i.test(passphrase)) {
    advice.push("avoidSequences");
  }
  if (/(19|20)\d\d/.test(passphrase)) {
    advice.push("avoidDates");
  }
  return { score, isLongEnough: Array.from(passphrase).length >= 12, advice };
}
