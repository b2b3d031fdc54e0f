import type { ComparisonView, OfferView, TextView, TraceView, ValueView, VerdictView } from "../bindings";
import { day, number, text, words } from "./words";

const BIRTH_DATE = words("Syntymäaika", "Födelsedatum", "Date of birth");
const POSTAL_CODE = words("Postinumero", "Postnummer", "Postal code");
const HOUSEHOLD_INCOME = words("Kotitalouden tulot", "Hushållets inkomster", "Household income");
const NO_LABEL = { label: null, transform: "none" } as const;

function step(
  verdict: VerdictView,
  label: TextView,
  value: ValueView | null,
  operator: ComparisonView["operator"],
  right: ValueView,
  transform: ComparisonView["left"]["transform"] = "none",
): TraceView {
  return {
    kind: "comparison",
    verdict,
    parts: [],
    comparison: { left: { label, transform, value }, operator, right: { ...NO_LABEL, value: right } },
  };
}

function all(verdict: VerdictView, parts: TraceView[], kind: TraceView["kind"] = "all"): TraceView {
  return { kind, verdict, parts, comparison: null };
}

const SPORTS: OfferView = {
  id: "offer-sports",
  service: words("Liikuntapalvelut", "Idrottstjänster", "Sports services"),
  title: words("Maksuton perheliikunta lauantaisin", "Gratis familjegymnastik på lördagar", "Free family sports on Saturdays"),
  summary: words(
    "Liikuntavuoro 4–7-vuotiaille ja heidän aikuisilleen Kallion liikuntahallissa.",
    "Gymnastik för 4–7-åringar och deras vuxna i Berghälls idrottshall.",
    "Sports for children of 4 to 7 and their grown-ups in the Kallio sports hall.",
  ),
  subject: { isSelf: false, name: "Elli" },
  subjectId: "person-elli",
  verdict: "yes",
  criteria: [
    words("4–7-vuotiaat lapset", "Barn i åldern 4–7 år", "Children of 4 to 7"),
    words("Kallion ja Vallilan asukkaat", "Invånare i Berghäll och Vallgård", "Residents of Kallio and Vallila"),
  ],
  why: all("yes", [
    step("yes", BIRTH_DATE, number("6"), "atLeast", number("4"), "age"),
    step("yes", BIRTH_DATE, number("6"), "atMost", number("7"), "age"),
    step("yes", POSTAL_CODE, text("00500"), "oneOf", { kind: "list", items: [text("00500"), text("00510"), text("00550")] }),
  ]),
  missing: [],
  ends: "2027-05-31",
  state: "open",
  requestId: null,
};

/** The offers that the sample family sees. */
export function sampleOffers(): OfferView[] {
  return [
    SPORTS,
    {
      ...SPORTS,
      id: "offer-fee",
      service: words("Varhaiskasvatus", "Småbarnspedagogik", "Early childhood education"),
      title: words("Pienempi varhaiskasvatusmaksu", "Lägre avgift för småbarnspedagogik", "Lower early education fee"),
      summary: words(
        "Maksua voidaan alentaa, kun perheen tulot jäävät alle rajan.",
        "Avgiften kan sänkas när familjens inkomster är under gränsen.",
        "The fee can be lowered when the family’s income is below the limit.",
      ),
      verdict: "unknown",
      criteria: [words("Perheet, joiden tulot jäävät alle rajan", "Familjer med inkomster under gränsen", "Families with an income below the limit")],
      why: all("unknown", [
        step("yes", BIRTH_DATE, day("2020-03-14"), "atLeast", day("2019-01-01")),
        step("unknown", HOUSEHOLD_INCOME, null, "below", number("4100.50")),
      ]),
      missing: [HOUSEHOLD_INCOME],
      ends: null,
    },
    {
      ...SPORTS,
      id: "offer-seniors",
      title: words("Uimahallin senioriaamut", "Seniormorgnar i simhallen", "Senior mornings at the pool"),
      summary: words("Yli 65-vuotiaille.", "För personer över 65 år.", "For people over 65."),
      subject: { isSelf: true, name: "Johanna" },
      subjectId: "person-johanna",
      verdict: "no",
      criteria: [words("Yli 65-vuotiaat", "Personer över 65 år", "People over 65")],
      why: all(
        "no",
        [
          step("no", BIRTH_DATE, number("41"), "above", number("65"), "age"),
          all("no", [step("yes", POSTAL_CODE, text("00500"), "is", text("00500"))], "not"),
        ],
        "any",
      ),
      ends: "2026-12-31",
    },
    {
      ...SPORTS,
      id: "offer-dismissed",
      title: words("Lukukoira kirjastossa", "Läshund på biblioteket", "Reading dog at the library"),
      summary: words("Lapsi saa lukea koiralle.", "Barnet får läsa för en hund.", "A child may read to a dog."),
      state: "dismissed",
    },
  ].map((offer) => structuredClone(offer)) as OfferView[];
}
