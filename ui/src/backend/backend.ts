import type {
  AnswerView,
  LanguageView,
  NodeView,
  OfferView,
  OperatorView,
  PermissionDetailView,
  PermissionView,
  ProofView,
  RequestSummaryView,
  RequestView,
  SourceView,
  StatusView,
  StrengthView,
  TopicView,
  UiError,
  UseView,
  ValueView,
} from "./bindings";

/** A command's answer. Failing is part of the type: nothing throws across the boundary. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: UiError };

/** What the app says without being asked. */
export type AppEvent =
  | { kind: "changed"; topics: TopicView[] }
  /** A notification was clicked: show this. */
  | { kind: "open"; target: "requests" | "offers" | "permissions" | "home"; id?: string };

/** What the UI may ask of the app. One implementation talks to Tauri, one is for tests and for browsing. */
export interface Backend {
  status(): Promise<Answer<StatusView>>;
  setLanguage(language: LanguageView): Promise<Answer<StatusView>>;
  passphraseStrength(passphrase: string): Promise<Answer<StrengthView>>;
  createVault(passphrase: string): Promise<Answer<StatusView>>;
  unlockVault(passphrase: string): Promise<Answer<StatusView>>;
  lockVault(): Promise<Answer<StatusView>>;

  listOperators(): Promise<Answer<OperatorView[]>>;
  /** Starts the sample city inside the app and signs in to it. */
  connectSampleCity(): Promise<Answer<OperatorView>>;
  /** Discovers an operator and opens its sign-in page in the system's browser; answers when the person is back. */
  connectOperator(url: string): Promise<Answer<OperatorView>>;
  /** Signs in again to an operator that the vault is connected to. */
  signIn(operatorId: string): Promise<Answer<OperatorView>>;
  cancelSignIn(): Promise<Answer<null>>;

  /** Asks the operators for everything anew; what comes is told through `changed`. */
  refresh(): Promise<Answer<null>>;
  /** The newest copy from each source, then the opened files, newest first. */
  listSources(): Promise<Answer<SourceView[]>>;
  /** The nodes directly below `parent` (null: the top), at most `limit` from `offset`. */
  listNodes(snapshotId: string, parent: number | null, offset: number, limit: number): Promise<Answer<NodeView[]>>;
  /** A value that is hidden until asked for. */
  revealNode(snapshotId: string, seq: number): Promise<Answer<ValueView>>;
  /** The bytes as they came, as text; cut after a megabyte with `isCut`. */
  rawSource(snapshotId: string): Promise<Answer<{ text: string; isCut: boolean }>>;
  /** Takes in a file that the city gave the person. */
  importFile(name: string, bytes: ArrayBuffer): Promise<Answer<SourceView>>;
  removeFile(snapshotId: string): Promise<Answer<null>>;

  /** Open and deferred first, then the others; newest first. */
  listRequests(): Promise<Answer<RequestSummaryView[]>>;
  findRequest(id: string): Promise<Answer<RequestView>>;
  /** Decides. The answer holds at once and is delivered when there is a connection. */
  answerRequest(id: string, answer: AnswerView): Promise<Answer<RequestView>>;

  listPermissions(): Promise<Answer<PermissionView[]>>;
  findPermission(id: string): Promise<Answer<PermissionDetailView>>;
  withdrawPermission(id: string): Promise<Answer<PermissionDetailView>>;
  /** Writes the proof of a permission into the person's download folder. */
  exportProof(id: string): Promise<Answer<ProofView>>;
  /** Newest first, at most `limit` from `offset`. */
  listUses(offset: number, limit: number): Promise<Answer<UseView[]>>;

  /** Those that fit first, then those that may fit, then the others. */
  listOffers(): Promise<Answer<OfferView[]>>;
  acceptOffer(id: string, subjectId: string): Promise<Answer<OfferView>>;
  dismissOffer(id: string): Promise<Answer<OfferView>>;
  restoreOffer(id: string): Promise<Answer<OfferView>>;

  /** Calls `listener` for each event until the returned function is called. */
  listen(listener: (event: AppEvent) => void): () => void;
}
