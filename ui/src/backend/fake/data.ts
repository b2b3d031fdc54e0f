import type { OfferView, OperatorView, PermissionView, RequestView, StatusView, UseView } from "../bindings";
import { hundred, longNames } from "./many";
import { sampleOffers } from "./sampleOffers";
import { samplePermissions } from "./samplePermissions";
import { sampleRequests } from "./sampleRequests";
import { sampleSources } from "./sampleSources";
import type { SampleSource } from "./sampleSources";
import { sampleUses } from "./sampleUses";
import type { Wishes } from "./scenario";
import { name, words } from "./words";

/** All that the pretend backend knows. */
export type FakeData = {
  status: StatusView;
  passphrase: string;
  operators: OperatorView[];
  sources: SampleSource[];
  requests: RequestView[];
  permissions: PermissionView[];
  uses: UseView[];
  offers: OfferView[];
};

/** The operator that the sample family is connected to. */
export function sampleOperator(connection: OperatorView["connection"] = "connected"): OperatorView {
  return {
    id: "operator-1",
    name: words("Esimerkkioperaattori", "Exempeloperatören", "Example operator"),
    url: "https://operaattori.example.fi",
    isSample: false,
    connection,
    lastContactAt: "2026-11-21T19:02:00Z",
    owed: connection === "connected" ? 0 : 1,
  };
}

/** The sample city inside the app. */
export function sampleCity(): OperatorView {
  return {
    ...sampleOperator(),
    id: "operator-sample",
    name: words("Esimerkkikaupunki", "Exempelstaden", "Sample city"),
    url: "http://127.0.0.1:4000",
    isSample: true,
    lastContactAt: new Date().toISOString(),
  };
}

/** Fills in what the sample family has. */
export function fill(data: FakeData): void {
  data.sources = sampleSources();
  data.requests = sampleRequests();
  data.permissions = samplePermissions();
  data.uses = sampleUses();
  data.offers = sampleOffers();
}

/** The state that a scenario starts with. */
export function startingData({ scenario, language }: Wishes): FakeData {
  const data: FakeData = {
    status: {
      phase: "open",
      language: language ?? "fi",
      languageIsChosen: language !== null,
      setAsideVault: null,
      canNotify: true,
      version: "0.1.0",
    },
    passphrase: "kissa sateessa vihellys",
    operators: [],
    sources: [],
    requests: [],
    permissions: [],
    uses: [],
    offers: [],
  };
  if (scenario === "absent" || scenario === "damaged") {
    data.status.phase = "absent";
    data.status.setAsideVault = scenario === "damaged" ? "vault-2026-11-21T09-12-44.damaged" : null;
    return data;
  }
  if (scenario === "empty") {
    return data;
  }
  data.operators = [sampleOperator()];
  fill(data);
  switch (scenario) {
    case "locked":
      data.status.phase = "locked";
      break;
    case "offline":
      data.operators = [sampleOperator("unreachable")];
      break;
    case "signin":
      data.operators = [sampleOperator("signInNeeded"), { ...sampleOperator("notUnderstood"), id: "operator-2" }];
      break;
    case "hundred":
      hundred(data);
      break;
    case "longnames":
      longNames(data);
      data.status.setAsideVault = `${"vault-".repeat(20)}damaged`;
      data.operators[0] = { ...sampleOperator("unreachable"), name: data.operators[0]?.name ?? name("") };
      break;
    case "expired":
      expire(data);
      break;
    case "full":
    case "failing":
      break;
  }
  return data;
}

function expire(data: FakeData): void {
  for (const request of data.requests) {
    request.summary.state = "expired";
    request.summary.canGive = false;
    request.obstacles = ["expired"];
    request.canRefuse = false;
    request.canDefer = false;
    request.permissionId = null;
  }
  for (const permission of data.permissions) {
    permission.status = "expired";
    permission.canWithdraw = false;
  }
}
