// Written by `cargo xtask bindings` from crates/app/src/view. Do not edit.

export type LanguageView = "fi" | "sv" | "en";

export type TextView = { 
/**
 * In Finnish.
 */
fi?: string, 
/**
 * In Swedish.
 */
sv?: string, 
/**
 * In English.
 */
en?: string, };

export type PhaseView = "absent" | "locked" | "open";

export type StatusView = { 
/**
 * Whether there is a vault, and whether it is open.
 */
phase: PhaseView, 
/**
 * The language chosen, or the system's.
 */
language: LanguageView, 
/**
 * Whether the person has chosen the language.
 */
languageIsChosen: boolean, 
/**
 * The name of the damaged vault file that was moved aside, if one lies there.
 */
setAsideVault: string | null, 
/**
 * Whether the system can show notifications.
 */
canNotify: boolean, 
/**
 * The app's version.
 */
version: string, };

export type StrengthAdvice = "addWords" | "avoidRepeats" | "avoidSequences" | "avoidDates" | "avoidCommon" | "avoidNames";

export type StrengthView = { 
/**
 * From 0 (weak) to 4 (strong), by zxcvbn.
 */
score: number, 
/**
 * Whether it has the least length of twelve characters.
 */
isLongEnough: boolean, 
/**
 * What would make it better.
 */
advice: Array<StrengthAdvice>, };

export type ConnectionView = "connected" | "signInNeeded" | "unreachable" | "notUnderstood";

export type OperatorView = { 
/**
 * Its identifier.
 */
id: string, 
/**
 * Its name.
 */
name: TextView, 
/**
 * Its address.
 */
url: string, 
/**
 * Whether it is the sample city inside the app.
 */
isSample: boolean, 
/**
 * How the app stands with it.
 */
connection: ConnectionView, 
/**
 * When it last answered (ISO 8601, UTC).
 */
lastContactAt: string | null, 
/**
 * How many messages are still owed to it.
 */
owed: number, };

export type TopicView = "status" | "operators" | "data" | "requests" | "permissions" | "uses" | "offers";

export type OutcomeView = "ok" | "empty" | "failed" | "needsStrongerIdentification";

export type NodeKindView = "group" | "value" | "notAvailable";

export type ValueView = { "kind": "text", 
/**
 * As the source wrote them.
 */
text: string, } | { "kind": "localized", 
/**
 * The words.
 */
text: TextView, } | { "kind": "date", 
/**
 * `YYYY-MM-DD`.
 */
date: string, } | { "kind": "moment", 
/**
 * `YYYY-MM-DDTHH:MM:SS`, local to the source, or with an offset if the source gave one.
 */
moment: string, } | { "kind": "number", 
/**
 * The digits.
 */
number: string, } | { "kind": "boolean", 
/**
 * Which.
 */
yes: boolean, } | { "kind": "nothing" } | { "kind": "emptyList" } | { "kind": "list", 
/**
 * Them.
 */
items: Array<ValueView>, } | { "kind": "raw", 
/**
 * JSON.
 */
json: string, };

export type NodeView = { 
/**
 * Its number within the snapshot.
 */
seq: number, 
/**
 * Its key, as the source spells it.
 */
key: string, 
/**
 * Its name in words.
 */
label: TextView, 
/**
 * What it is.
 */
kind: NodeKindView, 
/**
 * Its value; absent for a group, and for a hidden value until it is asked for.
 */
value: ValueView | null, 
/**
 * Whether its value is hidden until asked for.
 */
isMasked: boolean, 
/**
 * How many nodes are directly below it.
 */
childCount: number, };

export type SourceView = { 
/**
 * The snapshot's identifier.
 */
id: string, 
/**
 * The source's name, or the file's.
 */
title: TextView, 
/**
 * The operator it came through; none for a file.
 */
operatorId: string | null, 
/**
 * How it went.
 */
outcome: OutcomeView, 
/**
 * Why it failed, in the source's words.
 */
problem: string | null, 
/**
 * The HTTP status of the failure.
 */
problemStatus: number | null, 
/**
 * When it was fetched or opened (ISO 8601, UTC).
 */
fetchedAt: string, 
/**
 * How many values it has.
 */
valueCount: number, 
/**
 * Whether it is a file that the person opened.
 */
isFile: boolean, 
/**
 * The size of the bytes as they came.
 */
rawBytes: number, 
/**
 * SHA-256 of the bytes as they came, in hexadecimal.
 */
sha256: string | null, 
/**
 * The first values, to recognise it by.
 */
preview: Array<NodeView>, };

export type RequestStateView = "open" | "deferred" | "answered" | "cancelled" | "expired";

export type SubjectView = { 
/**
 * Whether it is the person themselves.
 */
isSelf: boolean, 
/**
 * The first name, if the vault knows it.
 */
name: string | null, };

export type RequestSummaryView = { 
/**
 * The request.
 */
id: string, 
/**
 * The service's name.
 */
service: TextView, 
/**
 * The organisation's name.
 */
requester: TextView, 
/**
 * What for.
 */
purpose: TextView, 
/**
 * Whom it is about.
 */
subject: SubjectView, 
/**
 * Where it stands.
 */
state: RequestStateView, 
/**
 * When it came (ISO 8601, UTC).
 */
receivedAt: string, 
/**
 * By when an answer is hoped for.
 */
replyBy: string | null, 
/**
 * Whether yes can be said.
 */
canGive: boolean, };

export type ObstacleView = "unregisteredRequester" | "badSignature" | "unknownPurpose" | "unknownCategory" | "unknownLegalBasis" | "unknownField" | "termsDiffer" | "noticeDiffers" | "expired" | "severalPurposes" | "noAuthority";

export type AvailabilityView = "known" | "absent" | "notFetched";

export type LabelledValueView = { 
/**
 * The part's name; absent when the field is the value.
 */
label: TextView | null, 
/**
 * The value.
 */
value: ValueView, };

export type FieldView = { 
/**
 * Its path: names it in the answer.
 */
path: string, 
/**
 * Its name.
 */
label: TextView, 
/**
 * Whether yes needs it.
 */
isRequired: boolean, 
/**
 * Whether it is marked as sensitive.
 */
isSensitive: boolean, 
/**
 * Whether the vault knows the value.
 */
availability: AvailabilityView, 
/**
 * The person's own values (one, or several parts).
 */
values: Array<LabelledValueView>, };

export type StorageView = { 
/**
 * Two-letter codes of countries.
 */
countries: Array<string>, 
/**
 * How long it is kept, an ISO 8601 duration such as `P12M`.
 */
keptFor: string | null, 
/**
 * How long deletion takes after that, an ISO 8601 duration.
 */
deletedWithin: string | null, };

export type NoticeView = { 
/**
 * Its version.
 */
version: string, 
/**
 * Its text in the languages that are here and whose hash holds.
 */
text: TextView, };

export type RequestView = { 
/**
 * What a list shows of it.
 */
summary: RequestSummaryView, 
/**
 * Whether the requester is registered with the operator and its signature holds.
 */
isVerified: boolean, 
/**
 * Whether the requester is a public body.
 */
isPublicBody: boolean, 
/**
 * The requester's e-mail address for matters of data protection.
 */
contact: string | null, 
/**
 * The operator that relayed it.
 */
operator: TextView, 
/**
 * Where the data is.
 */
source: TextView, 
/**
 * The legal ground as an article, such as `A6-1-a`.
 */
legalBasis: string, 
/**
 * The last day of the permission (`YYYY-MM-DD`); none until withdrawn.
 */
validUntil: string | null, 
/**
 * `once`, `continuous`, or what the sender wrote.
 */
frequency: string, 
/**
 * Where the data is kept and for how long.
 */
storage: StorageView, 
/**
 * Names of the organisations that receive the data.
 */
recipients: Array<TextView>, 
/**
 * `none`, `assisted`, `full`, or what the sender wrote.
 */
automatedDecision: string, 
/**
 * What follows from yes.
 */
ifYes: TextView, 
/**
 * What follows from no.
 */
ifNo: TextView, 
/**
 * What follows from taking a yes back.
 */
ifWithdrawn: TextView, 
/**
 * The notice.
 */
notice: NoticeView, 
/**
 * What is wanted.
 */
fields: Array<FieldView>, 
/**
 * Why yes cannot be said; empty if it can.
 */
obstacles: Array<ObstacleView>, 
/**
 * Whether no can be said.
 */
canRefuse: boolean, 
/**
 * Whether the answer can be put off.
 */
canDefer: boolean, 
/**
 * The permission that the answer made.
 */
permissionId: string | null, };

export type AnswerView = { "kind": "give", 
/**
 * The paths of the optional fields that are included.
 */
optionalFields: Array<string>, } | { "kind": "refuse" } | { "kind": "later" };

export type PermissionStatusView = "given" | "refused" | "paused" | "withdrawn" | "revoked" | "expired";

export type DeliveryView = "queued" | "delivered" | "confirmed" | "notAccepted" | "notSent";

export type FieldLabelView = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
label: TextView, };

export type PermissionView = { 
/**
 * The permission.
 */
id: string, 
/**
 * The service, for grouping.
 */
serviceId: string, 
/**
 * The service's name.
 */
service: TextView, 
/**
 * The organisation's name.
 */
requester: TextView, 
/**
 * The purpose as a code, for grouping.
 */
purposeCode: string, 
/**
 * The purpose.
 */
purpose: TextView, 
/**
 * Whom it is about.
 */
subject: SubjectView, 
/**
 * Where it stands.
 */
status: PermissionStatusView, 
/**
 * How far the newest decision has got.
 */
delivery: DeliveryView, 
/**
 * Since when (ISO 8601, UTC).
 */
decidedAt: string, 
/**
 * The last day (`YYYY-MM-DD`); none until withdrawn.
 */
validUntil: string | null, 
/**
 * What it allows.
 */
fields: Array<FieldLabelView>, 
/**
 * How many uses were reported.
 */
useCount: number, 
/**
 * When the data was last used.
 */
lastUsedAt: string | null, 
/**
 * Whether it can be taken back.
 */
canWithdraw: boolean, };

export type HistoryKindView = "requested" | "deferred" | "given" | "refused" | "paused" | "resumed" | "withdrawn" | "revoked" | "expired" | "confirmed";

export type HistoryView = { 
/**
 * What happened.
 */
kind: HistoryKindView, 
/**
 * When (ISO 8601, UTC).
 */
at: string, 
/**
 * How far it has got, for a decision.
 */
delivery: DeliveryView, 
/**
 * By when the service has erased the data (`YYYY-MM-DD`), when the receipt says.
 */
erasureDue: string | null, };

export type GroundView = "permission" | "notCovered" | "unknown";

export type UseView = { 
/**
 * The use.
 */
id: string, 
/**
 * When (ISO 8601, UTC).
 */
at: string, 
/**
 * Who used it.
 */
party: TextView, 
/**
 * What for.
 */
purpose: TextView, 
/**
 * What was handed over.
 */
fields: Array<FieldLabelView>, 
/**
 * Whether it was carried out.
 */
isCompleted: boolean, 
/**
 * What allowed it.
 */
ground: GroundView, 
/**
 * The permission that it names.
 */
permissionId: string | null, };

export type PermissionDetailView = { 
/**
 * What a list shows of it.
 */
permission: PermissionView, 
/**
 * The request it answered.
 */
requestId: string, 
/**
 * What follows from taking it back.
 */
ifWithdrawn: TextView, 
/**
 * Its history, oldest first.
 */
history: Array<HistoryView>, 
/**
 * Its uses, newest first.
 */
uses: Array<UseView>, };

export type ProofView = { 
/**
 * The file's path on this computer.
 */
path: string, 
/**
 * The file's name.
 */
fileName: string, };

export type VerdictView = "yes" | "no" | "unknown";

export type OfferStateView = "open" | "dismissed" | "accepting" | "accepted";

export type TraceKindView = "all" | "any" | "not" | "comparison";

export type TransformView = "none" | "year" | "age";

export type OperandView = { 
/**
 * The value's name, when it is one of the person's.
 */
label: TextView | null, 
/**
 * What is done with it.
 */
transform: TransformView, 
/**
 * The value; absent when the vault does not know it.
 */
value: ValueView | null, };

export type ComparisonOperatorView = "is" | "isNot" | "below" | "atMost" | "above" | "atLeast" | "oneOf";

export type ComparisonView = { 
/**
 * The left side.
 */
left: OperandView, 
/**
 * How they are compared.
 */
operator: ComparisonOperatorView, 
/**
 * The right side.
 */
right: OperandView, };

export type TraceView = { 
/**
 * What it is.
 */
kind: TraceKindView, 
/**
 * Its answer.
 */
verdict: VerdictView, 
/**
 * Its parts; empty for a comparison.
 */
parts: Array<TraceView>, 
/**
 * The comparison, if it is one.
 */
comparison: ComparisonView | null, };

export type OfferView = { 
/**
 * The offer.
 */
id: string, 
/**
 * The service's name.
 */
service: TextView, 
/**
 * Its title.
 */
title: TextView, 
/**
 * What it is, in a sentence or two.
 */
summary: TextView, 
/**
 * For whom it was matched.
 */
subject: SubjectView, 
/**
 * The subject's identifier: names them when the offer is accepted.
 */
subjectId: string, 
/**
 * Whether it fits.
 */
verdict: VerdictView, 
/**
 * Its criteria in the service's words.
 */
criteria: Array<TextView>, 
/**
 * Its rule, step by step, with the person's values.
 */
why: TraceView, 
/**
 * The names of values that the vault would need to know.
 */
missing: Array<TextView>, 
/**
 * The last day (`YYYY-MM-DD`).
 */
ends: string | null, 
/**
 * Where it stands.
 */
state: OfferStateView, 
/**
 * The request that it became.
 */
requestId: string | null, };

export type ErrorCode = "vaultLocked" | "vaultExists" | "wrongPassphrase" | "passphraseTooShort" | "notAVault" | "vaultDamaged" | "vaultTooNew" | "vaultInUse" | "diskNotWritable" | "addressNotAllowed" | "operatorUnreachable" | "operatorNotUnderstood" | "operatorNotTrusted" | "operatorTrouble" | "signInCancelled" | "signInRefused" | "signInNeeded" | "browserNotOpened" | "fileTooLarge" | "fileTooComplex" | "fileEmpty" | "fileNotText" | "fileNotJson" | "notFound" | "requestNotAcceptable" | "requestAnswered" | "permissionEnded" | "badInput" | "unexpected";

export type UiError = { 
/**
 * Which failure.
 */
code: ErrorCode, 
/**
 * Finds the full account in the log on this computer.
 */
incident: string, 
/**
 * A file name or a place in a file, where the words have room for one.
 */
detail: string | null, };
