import type { Answer, AppEvent, Backend } from "../backend";
import type { ErrorCode, OperatorView, PermissionView, RequestView, TopicView } from "../bindings";
import { fill, sampleCity, sampleOperator, startingData } from "./data";
import type { FakeData } from "./data";
import { detailOf, permissionFrom } from "./samplePermissions";
import { requestFromOffer } from "./sampleRequests";
import { sampleFile } from "./sampleSources";
import { wishesOf } from "./scenario";
import type { Wishes } from "./scenario";
import { roughStrength } from "./strength";
import { valueCount } from "./tree";

/** Marks the pretend backend, so that the production bundle can be searched for it. */
const MARK = "lokero-fake-backend";

/** A backend that lives in memory, with a sample family. For browsing every state, and for tests. */
export function fakeBackend(query: URLSearchParams): Backend {
  const wishes = wishesOf(query);
  document.documentElement.dataset["backend"] = MARK;
  return new Fake(wishes, startingData(wishes));
}

class Fake implements Backend {
  private readonly listeners = new Set<(event: AppEvent) => void>();
  private cancelWait: (() => void) | undefined;

  constructor(
    private readonly wishes: Wishes,
    private readonly data: FakeData,
  ) {}

  listen(listener: (event: AppEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async status() {
    return this.answer({ ...this.data.status });
  }

  async setLanguage(language: FakeData["status"]["language"]) {
    this.data.status = { ...this.data.status, language, languageIsChosen: true };
    return this.answer(this.data.status);
  }

  async passphraseStrength(passphrase: string) {
    return this.answer(roughStrength(passphrase));
  }

  async createVault(passphrase: string) {
    if (Array.from(passphrase).length < 12) {
      return this.refuse("passphraseTooShort");
    }
    await this.pause();
    this.data.passphrase = passphrase;
    return this.toPhase("open");
  }

  async unlockVault(passphrase: string) {
    await this.pause();
    return passphrase === this.data.passphrase ? this.toPhase("open") : this.refuse("wrongPassphrase");
  }

  async lockVault() {
    return this.toPhase("locked");
  }

  private toPhase(phase: FakeData["status"]["phase"]) {
    this.data.status = { ...this.data.status, phase, setAsideVault: null };
    return this.answer(this.data.status);
  }

  async listOperators() {
    return this.answer(this.data.operators);
  }

  async connectSampleCity() {
    await this.pause(3);
    return this.connect(sampleCity());
  }

  async connectOperator(url: string) {
    if (/nowhere/.test(url)) {
      return this.refuse("operatorUnreachable");
    }
    const isBack = await this.waitForBrowser();
    return isBack ? this.connect({ ...sampleOperator(), url }) : this.refuse("signInCancelled");
  }

  async signIn(operatorId: string) {
    const isBack = await this.waitForBrowser();
    const operator = this.data.operators.find(({ id }) => id === operatorId);
    if (!isBack || !operator) {
      return this.refuse("signInCancelled");
    }
    operator.connection = "connected";
    operator.owed = 0;
    this.tell("operators");
    return this.answer(operator);
  }

  async cancelSignIn() {
    this.cancelWait?.();
    return this.answer(null);
  }

  /** The person is back from the browser after a while, or has cancelled. */
  private waitForBrowser(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve(true);
      }, this.wishes.paceMs * 15);
      this.cancelWait = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }

  private connect(operator: OperatorView) {
    this.data.operators = [...this.data.operators, operator];
    fill(this.data);
    this.tell("operators", "data", "requests", "permissions", "uses", "offers");
    return this.answer(operator);
  }

  async refresh() {
    await this.pause();
    this.tell("data", "requests", "offers");
    return this.answer(null);
  }

  async listSources() {
    return this.answer(this.data.sources.map(({ view }) => view));
  }

  async listNodes(snapshotId: string, parent: number | null, offset: number, limit: number) {
    const source = this.data.sources.find(({ view }) => view.id === snapshotId);
    const below = source?.tree.nodes.filter((entry) => entry.parent === parent).map(({ node }) => node) ?? [];
    return source ? this.answer(below.slice(offset, offset + limit)) : this.refuse("notFound");
  }

  async revealNode(snapshotId: string, seq: number) {
    const source = this.data.sources.find(({ view }) => view.id === snapshotId);
    const entry = source?.tree.nodes.find(({ node }) => node.seq === seq);
    return entry?.hidden ? this.answer(entry.hidden) : this.refuse("notFound");
  }

  async rawSource(snapshotId: string) {
    const source = this.data.sources.find(({ view }) => view.id === snapshotId);
    return source ? this.answer({ text: source.raw, isCut: source.raw.length > 1_000_000 }) : this.refuse("notFound");
  }

  async importFile(name: string, bytes: ArrayBuffer) {
    await this.pause();
    const text = new TextDecoder().decode(bytes);
    try {
      JSON.parse(text);
    } catch {
      return this.refuse(text === "" ? "fileEmpty" : "fileNotJson");
    }
    const file = sampleFile(name, `file-${String(this.data.sources.length + 1)}`);
    file.raw = text;
    file.view = { ...file.view, rawBytes: bytes.byteLength, valueCount: valueCount(file.tree), fetchedAt: now() };
    this.data.sources = [...this.data.sources, file];
    this.tell("data");
    return this.answer(file.view);
  }

  async removeFile(snapshotId: string) {
    this.data.sources = this.data.sources.filter(({ view }) => view.id !== snapshotId);
    this.tell("data");
    return this.answer(null);
  }

  async listRequests() {
    return this.answer(this.data.requests.map(({ summary }) => summary));
  }

  async findRequest(id: string) {
    return this.found(this.data.requests.find(({ summary }) => summary.id === id));
  }

  async answerRequest(id: string, answer: Parameters<Backend["answerRequest"]>[1]): Promise<Answer<RequestView>> {
    const request = this.data.requests.find(({ summary }) => summary.id === id);
    if (!request) {
      return this.refuse("notFound");
    }
    if (request.permissionId !== null) {
      return this.refuse("requestAnswered");
    }
    if (answer.kind === "give" && !request.summary.canGive) {
      return this.refuse("requestNotAcceptable");
    }
    if (answer.kind === "later") {
      request.summary = { ...request.summary, state: "deferred" };
    } else {
      const isGiven = answer.kind === "give";
      const permission = permissionFrom(request, isGiven, isGiven ? answer.optionalFields : []);
      this.data.permissions = [permission, ...this.data.permissions];
      request.summary = { ...request.summary, state: "answered", canGive: false };
      request.permissionId = permission.id;
      request.canRefuse = false;
      request.canDefer = false;
      this.deliver(permission);
    }
    this.tell("requests", "permissions");
    return this.answer({ ...request });
  }

  async listPermissions() {
    return this.answer(this.data.permissions);
  }

  async findPermission(id: string) {
    const permission = this.data.permissions.find((one) => one.id === id);
    return permission ? this.answer(detailOf({ ...permission }, this.data.uses)) : this.refuse("notFound");
  }

  async withdrawPermission(id: string) {
    const permission = this.data.permissions.find((one) => one.id === id);
    if (!permission?.canWithdraw) {
      return this.refuse(permission ? "permissionEnded" : "notFound");
    }
    permission.status = "withdrawn";
    permission.delivery = "queued";
    permission.canWithdraw = false;
    permission.decidedAt = now();
    this.deliver(permission);
    this.tell("permissions");
    return this.answer(detailOf({ ...permission }, this.data.uses));
  }

  /** A decision is sent and confirmed after a while, if there is a connection. */
  private deliver(permission: PermissionView) {
    if (this.data.operators.some(({ connection }) => connection !== "connected")) {
      return;
    }
    const steps = ["delivered", "confirmed"] as const;
    steps.forEach((delivery, index) => {
      setTimeout(
        () => {
          permission.delivery = delivery;
          this.tell("permissions");
        },
        this.wishes.paceMs * 3 * (index + 1),
      );
    });
  }

  async exportProof(id: string) {
    const fileName = `lokero-${id}.json`;
    return this.answer({ fileName, path: `/home/johanna/Lataukset/${fileName}` });
  }

  async listUses(offset: number, limit: number) {
    return this.answer(this.data.uses.slice(offset, offset + limit));
  }

  async listOffers() {
    return this.answer(this.data.offers);
  }

  async acceptOffer(id: string, subjectId: string) {
    const answer = this.changeOffer(id, { state: "accepting", subjectId });
    const requestId = `request-from-${id}`;
    setTimeout(() => {
      this.data.requests = [requestFromOffer(requestId), ...this.data.requests];
      void this.changeOffer(id, { state: "accepted", requestId });
      this.tell("requests");
    }, this.wishes.paceMs * 4);
    return answer;
  }

  async dismissOffer(id: string) {
    return this.changeOffer(id, { state: "dismissed" });
  }

  async restoreOffer(id: string) {
    return this.changeOffer(id, { state: "open" });
  }

  private changeOffer(id: string, change: Partial<FakeData["offers"][number]>) {
    this.data.offers = this.data.offers.map((offer) => (offer.id === id ? { ...offer, ...change } : offer));
    this.tell("offers");
    const offer = this.data.offers.find((one) => one.id === id);
    return this.found(offer);
  }

  private found<T extends object>(value: T | undefined): Promise<Answer<T>> {
    return value ? this.answer({ ...value }) : this.refuse("notFound");
  }

  private async answer<T>(value: T): Promise<Answer<T>> {
    return this.wishes.scenario === "failing" && this.data.status !== value && !isStatus(value)
      ? this.refuse("unexpected")
      : { ok: true, value };
  }

  private async refuse(code: ErrorCode): Promise<{ ok: false; error: { code: ErrorCode; incident: string; detail: null } }> {
    return { ok: false, error: { code, incident: "0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b01", detail: null } };
  }

  private pause(times = 1): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.wishes.paceMs * times));
  }

  /** What has changed is told after the command has answered, as the app does. */
  private tell(...topics: TopicView[]) {
    setTimeout(() => {
      for (const listener of this.listeners) {
        listener({ kind: "changed", topics });
      }
    }, 0);
  }
}

function isStatus(value: unknown): boolean {
  return typeof value === "object" && value !== null && "phase" in value;
}

function now(): string {
  return new Date().toISOString();
}
