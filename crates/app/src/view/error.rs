//! What went wrong, for the UI to put into words.

use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// A failure as it crosses the border: a code, and a number to find the account of it by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UiError {
    /// Which failure.
    pub code: ErrorCode,
    /// Finds the full account in the log on this computer.
    #[ts(type = "string")]
    pub incident: Uuid,
    /// A file name or a place in a file, where the words have room for one.
    pub detail: Option<String>,
}

/// The failures that the UI tells apart. Add one only when a screen treats it differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// The vault must be unlocked first.
    VaultLocked,
    /// There is a vault already.
    VaultExists,
    /// The passphrase does not open the vault.
    WrongPassphrase,
    /// The passphrase is shorter than twelve characters.
    PassphraseTooShort,
    /// The file in the vault's place is not a vault.
    NotAVault,
    /// The vault is damaged and was moved aside; `detail` names the file.
    VaultDamaged,
    /// The vault was written by a newer version.
    VaultTooNew,
    /// Another program has the vault open.
    VaultInUse,
    /// The disk cannot be written.
    DiskNotWritable,
    /// The address is not one that the app may talk to.
    AddressNotAllowed,
    /// The operator could not be reached.
    OperatorUnreachable,
    /// What answers at the address is not an operator that the app understands.
    OperatorNotUnderstood,
    /// The operator's answer is not signed as it should be.
    OperatorNotTrusted,
    /// The operator has a fault of its own.
    OperatorTrouble,
    /// The person cancelled the sign-in, or its time ran out.
    SignInCancelled,
    /// The operator refused the sign-in.
    SignInRefused,
    /// The person must sign in first.
    SignInNeeded,
    /// The system's browser could not be opened.
    BrowserNotOpened,
    /// The file is larger than the app reads.
    FileTooLarge,
    /// The file is nested more deeply, or has more values, than the app reads.
    FileTooComplex,
    /// The file is empty.
    FileEmpty,
    /// The file is not text in UTF-8.
    FileNotText,
    /// The file is not JSON; `detail` has the line and column.
    FileNotJson,
    /// What was asked for is not in this vault.
    NotFound,
    /// The request cannot be given a yes.
    RequestNotAcceptable,
    /// The request has been answered already.
    RequestAnswered,
    /// The permission has ended, so there is nothing to change.
    PermissionEnded,
    /// An argument was out of bounds.
    BadInput,
    /// Anything else. The log has it.
    Unexpected,
}
