import type { FieldView, RequestView } from "../bindings";
import { bare, day, meaning, name, text, words } from "./words";

const CITY = words("Helsingin kaupunki", "Helsingfors stad", "City of Helsinki");
const EDUCATION = words(
  "Helsingin kaupunki, kasvatuksen ja koulutuksen toimiala",
  "Helsingfors stad, fostrans- och utbildningssektorn",
  "City of Helsinki, Education Division",
);
const ELLI = { isSelf: false, name: "Elli" };
const SELF = { isSelf: true, name: "Johanna" };

const BIRTH_DATE: FieldView = {
  path: "/child/birthDate",
  label: words("Syntymäaika", "Födelsedatum", "Date of birth"),
  isRequired: true,
  isSensitive: false,
  availability: "known",
  values: [bare(day("2020-03-14"))],
};
const HOME_ADDRESS: FieldView = {
  path: "/child/homeAddress",
  label: words("Kotiosoite", "Hemadress", "Home address"),
  isRequired: true,
  isSensitive: true,
  availability: "known",
  values: [
    { label: words("Katuosoite", "Gatuadress", "Street address"), value: text("Fiktiivinen katu 7 B 21") },
    { label: words("Postinumero", "Postnummer", "Postal code"), value: text("00500") },
    { label: words("Postitoimipaikka", "Postort", "Town"), value: meaning("Helsinki", "Helsingfors", "Helsinki") },
  ],
};
const LANGUAGE: FieldView = {
  path: "/child/language",
  label: words("Äidinkieli", "Modersmål", "Mother tongue"),
  isRequired: false,
  isSensitive: false,
  availability: "known",
  values: [bare(meaning("ruotsi", "svenska", "Swedish"))],
};
const ALLERGIES: FieldView = {
  path: "/child/allergies",
  label: words("Ruoka-allergiat", "Matallergier", "Food allergies"),
  isRequired: false,
  isSensitive: true,
  availability: "absent",
  values: [],
};
const PHONE: FieldView = {
  path: "/person/phone",
  label: words("Puhelinnumero", "Telefonnummer", "Phone number"),
  isRequired: true,
  isSensitive: false,
  availability: "known",
  values: [bare(text("+358 40 000 0000"))],
};
const LOANS: FieldView = {
  path: "/library/loans",
  label: words("Lainaushistoria", "Lånehistorik", "Loan history"),
  isRequired: false,
  isSensitive: false,
  availability: "notFetched",
  values: [],
};

const PRESCHOOL: RequestView = {
  summary: {
    id: "request-preschool",
    service: words("Esiopetus", "Förskoleundervisning", "Preschool"),
    requester: EDUCATION,
    purpose: words("Esiopetuspaikan ehdottaminen", "Förslag på förskoleplats", "Proposing a preschool place"),
    subject: ELLI,
    state: "open",
    receivedAt: "2026-11-20T07:30:00Z",
    replyBy: "2026-12-15T00:00:00Z",
    canGive: true,
  },
  isVerified: true,
  isPublicBody: true,
  contact: "tietosuoja@example.fi",
  operator: words("Esimerkkioperaattori", "Exempeloperatören", "Example operator"),
  source: words("Perhe ja osoite", "Familj och adress", "Family and address"),
  legalBasis: "A6-1-a",
  validUntil: "2027-08-31",
  frequency: "once",
  storage: { countries: ["FI"], keptFor: "P12M", deletedWithin: "P1M" },
  recipients: [EDUCATION],
  automatedDecision: "none",
  ifYes: words(
    "Saat ehdotuksen paikasta kotia lähimmästä esiopetuksesta. Voit hyväksyä sen tai hakea muuta.",
    "Du får ett förslag på plats i närmaste förskola. Du kan godkänna det eller söka en annan plats.",
    "You get a proposal for a place in the nearest preschool. You can accept it or apply elsewhere.",
  ),
  ifNo: words(
    "Haet paikkaa itse lomakkeella tammikuun loppuun mennessä. Päätös ei vaikuta siihen, saako Elli paikan.",
    "Du söker plats själv med en blankett före utgången av januari. Beslutet påverkar inte om Elli får en plats.",
    "You apply for a place yourself with a form by the end of January. Refusing does not affect whether Elli gets one.",
  ),
  ifWithdrawn: words(
    "Ehdotusta ei tehdä, ja tiedot poistetaan 30 päivässä.",
    "Inget förslag görs, och uppgifterna raderas inom 30 dagar.",
    "No proposal is made, and the data is erased within 30 days.",
  ),
  notice: {
    version: "3",
    text: words(
      "Käytämme tietoja vain paikan ehdottamiseen.\n\nRekisterinpitäjä on Helsingin kaupungin kasvatuksen ja koulutuksen toimiala. Sinulla on oikeus nähdä tietosi, oikaista ne ja valittaa tietosuojavaltuutetulle.",
      "Vi använder uppgifterna bara för att föreslå en plats.\n\nPersonuppgiftsansvarig är Helsingfors stads fostrans- och utbildningssektor. Du har rätt att se dina uppgifter, rätta dem och klaga hos dataombudsmannen.",
      "We use the data only to propose a place.\n\nThe controller is the Education Division of the City of Helsinki. You have the right to see your data, to have it corrected, and to complain to the Data Protection Ombudsman.",
    ),
  },
  fields: [BIRTH_DATE, HOME_ADDRESS, LANGUAGE, ALLERGIES],
  obstacles: [],
  canRefuse: true,
  canDefer: true,
  permissionId: null,
};

const CULTURE: RequestView = {
  ...PRESCHOOL,
  summary: {
    ...PRESCHOOL.summary,
    id: "request-library",
    service: words("Kirjaston lukuvinkit", "Bibliotekets lästips", "Reading tips from the library"),
    requester: words(
      "Helsingin kaupunki, kulttuurin ja vapaa-ajan toimiala",
      "Helsingfors stad, kultur- och fritidssektorn",
      "City of Helsinki, Culture and Leisure Division",
    ),
    purpose: words("Lukuvinkkien lähettäminen", "Att skicka lästips", "Sending reading tips"),
    subject: SELF,
    state: "deferred",
    receivedAt: "2026-11-16T09:00:00Z",
    replyBy: null,
  },
  source: words("Kirjasto", "Biblioteket", "Library"),
  validUntil: null,
  frequency: "continuous",
  storage: { countries: ["FI", "SE"], keptFor: "P2Y6M", deletedWithin: "P14D" },
  automatedDecision: "assisted",
  ifYes: words("Saat vinkkejä kerran kuussa.", "Du får tips en gång i månaden.", "You get tips once a month."),
  ifNo: words("Et saa vinkkejä. Kirjasto toimii kuten ennenkin.", "Du får inga tips. Biblioteket fungerar som förut.", "You get no tips. The library works as before."),
  ifWithdrawn: words("Vinkit loppuvat heti.", "Tipsen upphör genast.", "The tips end at once."),
  fields: [PHONE, LOANS],
};

const SURVEY: RequestView = {
  ...PRESCHOOL,
  summary: {
    ...PRESCHOOL.summary,
    id: "request-survey",
    service: words("Kaupunkilaisten liikkuminen", "Stadsbornas resor", "How residents travel"),
    requester: name("Tutkimus ja Tieto Oy"),
    purpose: words("Tieteellinen tutkimus", "Vetenskaplig forskning", "Scientific research"),
    subject: SELF,
    receivedAt: "2026-11-18T12:00:00Z",
  },
  isPublicBody: false,
  legalBasis: "A9-2-j",
  storage: { countries: ["FI", "NO"], keptFor: "P5Y", deletedWithin: null },
  recipients: [name("Tutkimus ja Tieto Oy"), words("Tilastokeskus", "Statistikcentralen", "Statistics Finland")],
  automatedDecision: "full",
  fields: [{ ...HOME_ADDRESS, path: "/person/homeAddress", isRequired: false }, PHONE],
};

const SUSPICIOUS: RequestView = {
  ...PRESCHOOL,
  summary: {
    ...PRESCHOOL.summary,
    id: "request-suspicious",
    service: name("Halvat Sähköt"),
    requester: name("Halvat Sähköt Oy"),
    purpose: words("Suoramarkkinointi", "Direktmarknadsföring", "Direct marketing"),
    subject: SELF,
    receivedAt: "2026-11-19T22:10:00Z",
    canGive: false,
  },
  isVerified: false,
  isPublicBody: false,
  contact: null,
  legalBasis: "A6-1-f",
  storage: { countries: [], keptFor: null, deletedWithin: null },
  recipients: [],
  ifYes: {},
  ifNo: {},
  ifWithdrawn: {},
  notice: { version: "", text: {} },
  fields: [{ ...HOME_ADDRESS, path: "/person/homeAddress" }, PHONE],
  obstacles: ["unregisteredRequester", "noticeDiffers", "severalPurposes"],
};

/** Requests that came earlier and need nothing any more. */
function earlier(): RequestView[] {
  const past = (id: string, state: RequestView["summary"]["state"], permissionId: string | null): RequestView => ({
    ...PRESCHOOL,
    summary: { ...PRESCHOOL.summary, id, state, receivedAt: "2026-08-03T08:00:00Z", canGive: false },
    canRefuse: false,
    canDefer: false,
    permissionId,
  });
  return [
    {
      ...past("request-culture", "answered", "permission-culture"),
      summary: {
        ...past("request-culture", "answered", null).summary,
        service: words("Kulttuurikummit", "Kulturfaddrarna", "Culture for small children"),
        requester: CITY,
        purpose: words("Tapahtumien ehdottaminen", "Förslag på evenemang", "Suggesting events"),
      },
    },
    past("request-cancelled", "cancelled", null),
    past("request-expired", "expired", null),
  ];
}

/** The requests of the sample family: waiting ones first. */
export function sampleRequests(): RequestView[] {
  return [PRESCHOOL, SUSPICIOUS, SURVEY, CULTURE, ...earlier()].map((request) => structuredClone(request));
}

/** The request that an accepted offer becomes. */
export function requestFromOffer(id: string): RequestView {
  const request = structuredClone(PRESCHOOL);
  request.summary.id = id;
  request.summary.service = words("Perheliikunta", "Familjegymnastik", "Family sports");
  request.summary.purpose = words("Paikan varaaminen", "Reservering av plats", "Reserving a place");
  request.summary.receivedAt = new Date().toISOString();
  return request;
}
