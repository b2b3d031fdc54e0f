//! Failures as codes. The window owns the words, in every language.

use app::{
    AppError, OpenError, VaultError,
    view::{ErrorCode, UiError},
};
use city_data::ReadError;
use operator_client::{DiscoveryError, EnrolError, SignInError};
use operator_sync::Failure;

use crate::shell::draw;

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ShellError {
    /// The vault is locked.
    #[error("the vault is locked")]
    Locked,
    /// An argument is not one that the window gives.
    #[error("an argument is out of bounds: {0}")]
    BadInput(&'static str),
    /// The address is not one that the app may talk to.
    #[error("the address is not allowed")]
    AddressNotAllowed,
    /// The system's browser could not be opened.
    #[error("no browser could be opened")]
    NoBrowser,
    /// The system gave no random bytes.
    #[error("no random bytes could be had")]
    NoRandomness,
    /// A file could not be written.
    #[error("a file could not be written")]
    Disk(#[source] std::io::Error),
    /// The sample city did not start.
    #[error("the sample city did not start")]
    SampleCity(#[source] operator_server::StartError),
    /// No operator was found at the address.
    #[error("no operator was found")]
    Discovery(#[from] DiscoveryError),
    /// The person was not signed in.
    #[error("the person was not signed in")]
    SignIn(#[from] SignInError),
    /// This device was not enrolled.
    #[error("this device was not enrolled")]
    Enrol(#[from] EnrolError),
    /// The app could not do it.
    #[error("the app could not do it")]
    App(#[from] AppError),
}

impl From<ShellError> for UiError {
    fn from(error: ShellError) -> Self {
        let code = code_of(&error);
        let incident = draw();
        if code == ErrorCode::Unexpected {
            let error = &error as &dyn std::error::Error;
            tracing::error!(%incident, error, "Command failed");
        } else {
            tracing::info!(%incident, ?code, "Command refused");
        }
        Self {
            code,
            incident,
            detail: detail_of(&error),
        }
    }
}

fn code_of(error: &ShellError) -> ErrorCode {
    match error {
        ShellError::Locked => ErrorCode::VaultLocked,
        ShellError::BadInput(_) => ErrorCode::BadInput,
        ShellError::AddressNotAllowed => ErrorCode::AddressNotAllowed,
        ShellError::NoBrowser => ErrorCode::BrowserNotOpened,
        ShellError::NoRandomness | ShellError::SampleCity(_) => ErrorCode::Unexpected,
        ShellError::Disk(_) => ErrorCode::DiskNotWritable,
        ShellError::Discovery(error) => discovery_code(error),
        ShellError::SignIn(error) => sign_in_code(error),
        ShellError::Enrol(error) => match error {
            EnrolError::NotOffered | EnrolError::Unsound(_) => ErrorCode::OperatorNotUnderstood,
            EnrolError::Failed(failure) => failure_code(failure),
        },
        ShellError::App(error) => app_code(error),
    }
}

fn app_code(error: &AppError) -> ErrorCode {
    match error {
        AppError::NotFound(_) => ErrorCode::NotFound,
        AppError::Transition(_) => ErrorCode::PermissionEnded,
        AppError::NotAcceptable => ErrorCode::RequestNotAcceptable,
        AppError::RequestClosed => ErrorCode::RequestAnswered,
        AppError::SignInNeeded => ErrorCode::SignInNeeded,
        AppError::OperatorChanged => ErrorCode::OperatorNotTrusted,
        AppError::PassphraseTooShort => ErrorCode::PassphraseTooShort,
        AppError::Protocol(_) | AppError::Stored(_) => ErrorCode::Unexpected,
        AppError::File(error) => file_code(*error),
        AppError::Open(error) => open_code(error),
        AppError::Vault(error) => vault_code(error),
    }
}

const fn open_code(error: &OpenError) -> ErrorCode {
    match error {
        OpenError::WrongPassphrase => ErrorCode::WrongPassphrase,
        OpenError::AlreadyExists => ErrorCode::VaultExists,
        OpenError::NotAVault | OpenError::EnvelopeDamaged | OpenError::HostileEnvelope => {
            ErrorCode::NotAVault
        }
        OpenError::Damaged { .. } => ErrorCode::VaultDamaged,
        OpenError::TooNew { .. } => ErrorCode::VaultTooNew,
        OpenError::InUse => ErrorCode::VaultInUse,
        OpenError::ReadOnly | OpenError::Io { .. } => ErrorCode::DiskNotWritable,
        OpenError::NotFound => ErrorCode::NotFound,
        OpenError::Vault(error) => vault_code(error),
    }
}

const fn vault_code(error: &VaultError) -> ErrorCode {
    match error {
        VaultError::DiskFull { .. } => ErrorCode::DiskNotWritable,
        VaultError::Damaged { .. } => ErrorCode::VaultDamaged,
        VaultError::Corrupt { .. } | VaultError::Missing { .. } | VaultError::Sqlite { .. } => {
            ErrorCode::Unexpected
        }
    }
}

const fn file_code(error: ReadError) -> ErrorCode {
    match error {
        ReadError::Empty => ErrorCode::FileEmpty,
        ReadError::TooLarge => ErrorCode::FileTooLarge,
        ReadError::Utf16 | ReadError::NotUtf8 { .. } => ErrorCode::FileNotText,
        ReadError::NotJson { .. } => ErrorCode::FileNotJson,
        ReadError::TooDeep | ReadError::TooManyValues | ReadError::TextTooLong => {
            ErrorCode::FileTooComplex
        }
    }
}

const fn discovery_code(error: &DiscoveryError) -> ErrorCode {
    match error {
        DiscoveryError::Unreadable(failure) => failure_code(failure),
        DiscoveryError::Elsewhere(_) | DiscoveryError::Unsound(_) => ErrorCode::OperatorNotTrusted,
        DiscoveryError::Unsupported(_) => ErrorCode::OperatorNotUnderstood,
    }
}

const fn sign_in_code(error: &SignInError) -> ErrorCode {
    match error {
        SignInError::Cancelled | SignInError::TimedOut => ErrorCode::SignInCancelled,
        SignInError::Denied => ErrorCode::SignInRefused,
        SignInError::WrongIssuer => ErrorCode::OperatorNotTrusted,
        SignInError::NoListener(_) => ErrorCode::Unexpected,
        SignInError::NoAccess(failure) => failure_code(failure),
    }
}

const fn failure_code(failure: &Failure) -> ErrorCode {
    match failure {
        Failure::Offline | Failure::TimedOut | Failure::Interrupted => {
            ErrorCode::OperatorUnreachable
        }
        Failure::Untrusted | Failure::ForeignAddress => ErrorCode::OperatorNotTrusted,
        Failure::Unauthorised => ErrorCode::SignInNeeded,
        Failure::Busy { .. } | Failure::ServerTrouble { .. } => ErrorCode::OperatorTrouble,
        Failure::Refused(_)
        | Failure::NotUnderstood { .. }
        | Failure::TooLarge
        | Failure::WrongContentType => ErrorCode::OperatorNotUnderstood,
    }
}

/// Returns what the words have room for: where a file is, or a place in one.
fn detail_of(error: &ShellError) -> Option<String> {
    if let ShellError::App(AppError::Open(OpenError::Damaged { moved_to })) = error {
        return Some(moved_to.display().to_string());
    }
    if let ShellError::App(AppError::File(ReadError::NotJson { line, column })) = error {
        return Some(format!("{line}:{column}"));
    }
    None
}
