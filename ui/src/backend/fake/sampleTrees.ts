import type { Branch } from "./tree";
import { day, meaning, number, text, words } from "./words";

const FIRST_NAME = words("Etunimi", "Förnamn", "First name");
const LAST_NAME = words("Sukunimi", "Efternamn", "Last name");
const BIRTH_DATE = words("Syntymäaika", "Födelsedatum", "Date of birth");
const STREET = words("Katuosoite", "Gatuadress", "Street address");
const POSTAL_CODE = words("Postinumero", "Postnummer", "Postal code");
const CITY = words("Postitoimipaikka", "Postort", "Town");

function child(firstName: string, birthDate: string, code: string): Branch {
  return {
    key: "CHILD",
    label: words("Lapsi", "Barn", "Child"),
    children: [
      { key: "FIRST_NAME", label: FIRST_NAME, value: text(firstName) },
      { key: "LAST_NAME", label: LAST_NAME, value: text("Lindqvist") },
      { key: "BIRTH_DATE", label: BIRTH_DATE, value: day(birthDate) },
      {
        key: "NATIONAL_ID_NUMBER",
        label: words("Henkilötunnus", "Personbeteckning", "Personal identity code"),
        value: text(code),
        isMasked: true,
      },
    ],
  };
}

/** The family and its home. */
export const FAMILY: readonly Branch[] = [
  {
    key: "PERSON",
    label: words("Omat tietosi", "Dina egna uppgifter", "Your own details"),
    children: [
      { key: "FIRST_NAME", label: FIRST_NAME, value: text("Johanna") },
      { key: "LAST_NAME", label: LAST_NAME, value: text("Lindqvist") },
      { key: "BIRTH_DATE", label: BIRTH_DATE, value: day("1985-05-21") },
      {
        key: "NATIONAL_ID_NUMBER",
        label: words("Henkilötunnus", "Personbeteckning", "Personal identity code"),
        value: text("210585-999X"),
        isMasked: true,
      },
      {
        key: "LANGUAGE",
        label: words("Äidinkieli", "Modersmål", "Mother tongue"),
        value: meaning("ruotsi", "svenska", "Swedish"),
      },
    ],
  },
  {
    key: "HOME_ADDRESS",
    label: words("Kotiosoite", "Hemadress", "Home address"),
    children: [
      { key: "STREET_ADDRESS", label: STREET, value: text("Fiktiivinen katu 7 B 21") },
      { key: "POSTAL_CODE", label: POSTAL_CODE, value: text("00500") },
      { key: "POST_OFFICE", label: CITY, value: meaning("Helsinki", "Helsingfors", "Helsinki") },
    ],
  },
  {
    key: "CHILDREN",
    label: words("Lapset", "Barn", "Children"),
    children: [child("Elli", "2020-03-14", "140320A999Y"), child("Otto", "2017-08-02", "020817A998Z")],
  },
];

/** The culture programme for small children. */
export const CULTURE: readonly Branch[] = [
  {
    key: "ENROLMENTS",
    label: words("Ilmoittautumiset", "Anmälningar", "Enrolments"),
    children: [
      {
        key: "ENROLMENT",
        label: words("Ilmoittautuminen", "Anmälan", "Enrolment"),
        children: [
          {
            key: "EVENT",
            label: words("Tapahtuma", "Evenemang", "Event"),
            value: meaning("Satutunti metsässä", "Sagostund i skogen", "Story hour in the woods"),
          },
          {
            key: "TIME",
            label: words("Aika", "Tid", "Time"),
            value: { kind: "moment", moment: "2026-09-12T10:00:00" },
          },
          {
            key: "TICKET_SYSTEM_PASSWORD",
            label: words("Lipun koodi", "Biljettkod", "Ticket code"),
            value: text("K3-7782-QQ"),
            isMasked: true,
          },
        ],
      },
    ],
  },
  {
    key: "LANGUAGES_SPOKEN_AT_HOME",
    label: words("Kotona puhutut kielet", "Språk som talas hemma", "Languages spoken at home"),
    value: {
      kind: "list",
      items: [meaning("ruotsi", "svenska", "Swedish"), meaning("suomi", "finska", "Finnish")],
    },
  },
  {
    key: "PHOTO_USAGE_APPROVED",
    label: words("Valokuvauslupa", "Fotograferingslov", "May be photographed"),
    value: { kind: "boolean", yes: false },
  },
  { key: "NOTES", label: words("Huomautukset", "Anmärkningar", "Notes"), value: { kind: "nothing" } },
];

/** The library card. */
export const LIBRARY: readonly Branch[] = [
  { key: "CARD_NUMBER", label: words("Kirjastokortti", "Bibliotekskort", "Library card"), value: text("2950 0012 3456") },
  { key: "LOANS", label: words("Lainoja nyt", "Lån just nu", "Loans now"), value: number("7") },
  {
    key: "HOME_LIBRARY",
    label: words("Oma kirjasto", "Eget bibliotek", "Home library"),
    value: text("Kallio"),
  },
  { key: "FEES", label: words("Maksut, euroa", "Avgifter, euro", "Fees, euros"), value: number("2.40") },
  {
    key: "VERIFIED",
    label: words("Vahvistetut tiedot", "Bekräftade uppgifter", "Verified information"),
    unavailable: "No permission to read verified personal information.",
  },
];

/** A file that the person downloaded from the city. */
export const PROFILE_FILE: readonly Branch[] = [
  {
    key: "PROFILE",
    label: words("Profiili", "Profil", "Profile"),
    children: [
      { key: "NICKNAME", label: words("Kutsumanimi", "Tilltalsnamn", "Nickname"), value: text("Jonna") },
      { key: "EMAIL", label: words("Sähköposti", "E-post", "E-mail"), value: text("johanna@example.fi") },
      { key: "PHONE", label: words("Puhelin", "Telefon", "Phone"), value: text("+358 40 000 0000") },
      { key: "ADDRESSES", label: words("Osoitteet", "Adresser", "Addresses"), value: { kind: "emptyList" } },
    ],
  },
];

/** A file of 250 entries, to page through. */
export const LONG_LIST: readonly Branch[] = [
  {
    key: "RESERVATIONS",
    label: words("Varaukset", "Bokningar", "Reservations"),
    children: Array.from({ length: 250 }, (_, index) => ({
      key: "RESERVATION",
      label: words("Varaus", "Bokning", "Reservation"),
      children: [
        { key: "ID", label: words("Numero", "Nummer", "Number"), value: text(String(10_000 + index)) },
        { key: "DATE", label: words("Päivä", "Dag", "Day"), value: day("2026-02-01") },
      ],
    })),
  },
];
