import type { HistoryView, PermissionDetailView, PermissionView, RequestView, UseView } from "../bindings";
import { name, words } from "./words";

const CITY_CULTURE = words(
  "Helsingin kaupunki, kulttuurin ja vapaa-ajan toimiala",
  "Helsingfors stad, kultur- och fritidssektorn",
  "City of Helsinki, Culture and Leisure Division",
);
const BIRTH_DATE = { path: "/child/birthDate", label: words("Syntymäaika", "Födelsedatum", "Date of birth") };
const POSTAL_CODE = { path: "/child/postalCode", label: words("Postinumero", "Postnummer", "Postal code") };
const LOANS = { path: "/library/loans", label: words("Lainaushistoria", "Lånehistorik", "Loan history") };

const CULTURE: PermissionView = {
  id: "permission-culture",
  serviceId: "service-culture",
  service: words("Kulttuurikummit", "Kulturfaddrarna", "Culture for small children"),
  requester: CITY_CULTURE,
  purposeCode: "dpv:PersonalisedBenefits",
  purpose: words("Tapahtumien ehdottaminen", "Förslag på evenemang", "Suggesting events"),
  subject: { isSelf: false, name: "Elli" },
  status: "given",
  delivery: "confirmed",
  decidedAt: "2026-08-04T16:20:00Z",
  validUntil: "2027-08-04",
  fields: [BIRTH_DATE, POSTAL_CODE],
  useCount: 3,
  lastUsedAt: "2026-11-19T06:00:00Z",
  canWithdraw: true,
};

const PERMISSIONS: readonly PermissionView[] = [
  CULTURE,
  {
    ...CULTURE,
    id: "permission-culture-otto",
    subject: { isSelf: false, name: "Otto" },
    validUntil: null,
    useCount: 0,
    lastUsedAt: null,
  },
  {
    ...CULTURE,
    id: "permission-library",
    serviceId: "service-library",
    service: words("Kirjasto", "Biblioteket", "Library"),
    purposeCode: "dpv:ServicePersonalisation",
    purpose: words("Palvelun sovittaminen sinulle", "Att anpassa tjänsten för dig", "Fitting the service to you"),
    subject: { isSelf: true, name: "Johanna" },
    delivery: "delivered",
    decidedAt: "2026-11-21T18:05:00Z",
    fields: [LOANS],
    useCount: 1,
    lastUsedAt: "2026-11-21T19:00:00Z",
  },
  {
    ...CULTURE,
    id: "permission-refused",
    serviceId: "service-survey",
    service: words("Asukaskysely", "Invånarenkät", "Residents’ survey"),
    requester: name("Tutkimus ja Tieto Oy"),
    purposeCode: "dpv:ScientificResearch",
    purpose: words("Tieteellinen tutkimus", "Vetenskaplig forskning", "Scientific research"),
    subject: { isSelf: true, name: "Johanna" },
    status: "refused",
    decidedAt: "2026-06-11T05:55:00Z",
    validUntil: null,
    fields: [],
    useCount: 0,
    lastUsedAt: null,
    canWithdraw: false,
  },
  {
    ...CULTURE,
    id: "permission-withdrawn",
    serviceId: "service-sports",
    service: words("Uimahallit", "Simhallarna", "Swimming halls"),
    purposeCode: "dpv:DirectMarketing",
    purpose: words("Tarjouksista kertominen", "Att berätta om erbjudanden", "Telling about offers"),
    subject: { isSelf: true, name: "Johanna" },
    status: "withdrawn",
    decidedAt: "2026-10-02T11:11:00Z",
    canWithdraw: false,
  },
  {
    ...CULTURE,
    id: "permission-expired",
    serviceId: "service-sports",
    service: words("Uimahallit", "Simhallarna", "Swimming halls"),
    purposeCode: "dpv:ServiceProvision",
    purpose: words("Kausikortti", "Säsongskort", "Season ticket"),
    status: "expired",
    decidedAt: "2026-05-31T21:00:00Z",
    validUntil: "2026-05-31",
    canWithdraw: false,
  },
];

/** The permissions of the sample family. */
export function samplePermissions(): PermissionView[] {
  return PERMISSIONS.map((permission) => structuredClone(permission));
}

/** What a permission's page shows. */
export function detailOf(permission: PermissionView, uses: readonly UseView[]): PermissionDetailView {
  return {
    permission,
    requestId: permission.id === "permission-culture" ? "request-culture" : permission.id.replace("permission", "request"),
    ifWithdrawn: words(
      "Ehdotukset loppuvat heti, ja tiedot poistetaan 30 päivässä.",
      "Förslagen upphör genast, och uppgifterna raderas inom 30 dagar.",
      "The suggestions end at once, and the data is erased within 30 days.",
    ),
    history: historyOf(permission),
    uses: uses.filter((use) => use.permissionId === permission.id),
  };
}

function historyOf({ status, decidedAt, delivery }: PermissionView): HistoryView[] {
  const line = (kind: HistoryView["kind"], at: string, rest?: Partial<HistoryView>): HistoryView => ({
    kind,
    at,
    delivery: "notSent",
    erasureDue: null,
    ...rest,
  });
  const asked = line("requested", "2026-05-02T08:00:00Z");
  const end = line(status, decidedAt, { delivery, erasureDue: status === "withdrawn" ? "2026-12-22" : null });
  const confirmed = delivery === "confirmed" ? [line("confirmed", decidedAt)] : [];
  if (status === "given" || status === "refused") {
    return [asked, end, ...confirmed];
  }
  const given = line("given", "2026-05-03T10:30:00Z", { delivery: "confirmed" });
  return [asked, given, line("confirmed", "2026-05-03T10:30:04Z"), end, ...(status === "withdrawn" ? confirmed : [])];
}

/** The permission that an answer makes. */
export function permissionFrom(request: RequestView, isGiven: boolean, optional: readonly string[]): PermissionView {
  const { summary } = request;
  return {
    id: summary.id.replace("request", "permission"),
    serviceId: summary.id,
    service: summary.service,
    requester: summary.requester,
    purposeCode: "dpv:ServiceProvision",
    purpose: summary.purpose,
    subject: summary.subject,
    status: isGiven ? "given" : "refused",
    delivery: "queued",
    decidedAt: new Date().toISOString(),
    validUntil: isGiven ? request.validUntil : null,
    fields: isGiven
      ? request.fields
          .filter(({ isRequired, path }) => isRequired || optional.includes(path))
          .map(({ path, label }) => ({ path, label }))
      : [],
    useCount: 0,
    lastUsedAt: null,
    canWithdraw: isGiven,
  };
}

