import type { UseView } from "../bindings";
import { name, words } from "./words";

const BIRTH_DATE = { path: "/child/birthDate", label: words("Syntymäaika", "Födelsedatum", "Date of birth") };
const POSTAL_CODE = { path: "/child/postalCode", label: words("Postinumero", "Postnummer", "Postal code") };
const HOME_ADDRESS = { path: "/person/homeAddress", label: words("Kotiosoite", "Hemadress", "Home address") };

const CULTURE: UseView = {
  id: "use-1",
  at: "2026-11-19T06:00:00Z",
  party: words("Kulttuurikummit", "Kulturfaddrarna", "Culture for small children"),
  purpose: words("Tapahtumien ehdottaminen", "Förslag på evenemang", "Suggesting events"),
  fields: [BIRTH_DATE, POSTAL_CODE],
  isCompleted: true,
  ground: "permission",
  permissionId: "permission-culture",
};

/** Uses of the family's data, each with another ground. */
export function sampleUses(): UseView[] {
  return [
    {
      ...CULTURE,
      id: "use-library",
      at: "2026-11-21T19:00:00Z",
      party: words("Kirjasto", "Biblioteket", "Library"),
      purpose: words("Palvelun sovittaminen sinulle", "Att anpassa tjänsten för dig", "Fitting the service to you"),
      fields: [{ path: "/library/loans", label: words("Lainaushistoria", "Lånehistorik", "Loan history") }],
      permissionId: "permission-library",
    },
    CULTURE,
    {
      ...CULTURE,
      id: "use-2",
      at: "2026-11-12T06:00:00Z",
      fields: [BIRTH_DATE, HOME_ADDRESS],
      ground: "notCovered",
    },
    {
      ...CULTURE,
      id: "use-3",
      at: "2026-10-30T12:31:00Z",
      party: words("Kela", "FPA", "Social Insurance Institution"),
      purpose: words("Lapsilisän maksaminen", "Utbetalning av barnbidrag", "Paying child benefit"),
      fields: [HOME_ADDRESS],
      ground: "unknown",
      permissionId: null,
    },
    { ...CULTURE, id: "use-4", at: "2026-10-12T05:59:00Z", isCompleted: false },
  ];
}

/** Many uses, to page through. */
export function manyUses(count: number): UseView[] {
  return Array.from({ length: count }, (_, index) => ({
    ...CULTURE,
    id: `use-many-${String(index)}`,
    at: new Date(Date.UTC(2026, 10, 20) - index * 7_200_000).toISOString(),
    party: name(`Palvelu ${String(index + 1)}`),
  }));
}
