import type { OfferView } from "../../backend/bindings";
import { OfferCard } from "./OfferCard";

type Props = {
  offers: readonly OfferView[];
  /** Asks for the offers anew. */
  onChange: () => void;
};

/** A list of offers. The same offer may fit several people, so a person is part of its name. */
export function OfferList({ offers, onChange }: Props) {
  return (
    <ul className="card-list">
      {offers.map((offer) => (
        <li key={`${offer.id} ${offer.subjectId}`}>
          <OfferCard offer={offer} onChange={onChange} />
        </li>
      ))}
    </ul>
  );
}
