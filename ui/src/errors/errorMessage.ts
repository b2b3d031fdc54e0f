import type { ErrorCode } from "../backend/bindings";

/** How loudly a screen reports an error. */
export type Tone = "info" | "warning" | "error";

/** Every code has words and a tone: a code added in Rust does not compile until it has both. */
export const errorMessage = {
  vaultLocked: { key: "error.vaultLocked", tone: "info" },
  vaultExists: { key: "error.vaultExists", tone: "warning" },
  wrongPassphrase: { key: "error.wrongPassphrase", tone: "error" },
  passphraseTooShort: { key: "error.passphraseTooShort", tone: "error" },
  notAVault: { key: "error.notAVault", tone: "error" },
  vaultDamaged: { key: "error.vaultDamaged", tone: "error" },
  vaultTooNew: { key: "error.vaultTooNew", tone: "warning" },
  vaultInUse: { key: "error.vaultInUse", tone: "warning" },
  diskNotWritable: { key: "error.diskNotWritable", tone: "error" },
  addressNotAllowed: { key: "error.addressNotAllowed", tone: "error" },
  operatorUnreachable: { key: "error.operatorUnreachable", tone: "warning" },
  operatorNotUnderstood: { key: "error.operatorNotUnderstood", tone: "warning" },
  operatorNotTrusted: { key: "error.operatorNotTrusted", tone: "error" },
  operatorTrouble: { key: "error.operatorTrouble", tone: "warning" },
  signInCancelled: { key: "error.signInCancelled", tone: "info" },
  signInRefused: { key: "error.signInRefused", tone: "warning" },
  signInNeeded: { key: "error.signInNeeded", tone: "info" },
  browserNotOpened: { key: "error.browserNotOpened", tone: "error" },
  fileTooLarge: { key: "error.fileTooLarge", tone: "error" },
  fileTooComplex: { key: "error.fileTooComplex", tone: "error" },
  fileEmpty: { key: "error.fileEmpty", tone: "error" },
  fileNotText: { key: "error.fileNotText", tone: "error" },
  fileNotJson: { key: "error.fileNotJson", tone: "error" },
  notFound: { key: "error.notFound", tone: "warning" },
  requestNotAcceptable: { key: "error.requestNotAcceptable", tone: "warning" },
  requestAnswered: { key: "error.requestAnswered", tone: "info" },
  permissionEnded: { key: "error.permissionEnded", tone: "info" },
  badInput: { key: "error.badInput", tone: "error" },
  unexpected: { key: "error.unexpected", tone: "error" },
} as const satisfies Record<ErrorCode, { key: `error.${ErrorCode}`; tone: Tone }>;
