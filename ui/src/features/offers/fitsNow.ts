import type { OfferView } from "../../backend/bindings";

/** Whether an offer fits and has not been dealt with. */
export function fitsNow(offer: OfferView): boolean {
  return offer.verdict === "yes" && offer.state === "open";
}
