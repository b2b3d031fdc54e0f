//! Why a vault could not be made or opened. Never says what is in it, or where it is.

use std::io;
use std::path::PathBuf;

use crate::VaultError;

/// Why a vault could not be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no vault in the folder.
    #[error("there is no vault here")]
    NotFound,
    /// There is a vault in the folder, so that none can be made there.
    #[error("there is a vault here")]
    AlreadyExists,
    /// The passphrase opens none of the key slots. Nothing of the vault was touched.
    #[error("the passphrase does not open the vault")]
    WrongPassphrase,
    /// The file in the vault's place is not one that these keys were made for: a plain SQLite
    /// file, another vault, or something else. It was left as it is.
    #[error("the file is not a vault of these keys")]
    NotAVault,
    /// The key envelope is missing or some of its bytes are not those that were written.
    #[error("the key envelope is missing or damaged")]
    EnvelopeDamaged,
    /// The key envelope asks for more memory or time than any version would. Nothing was run.
    #[error("the key envelope asks for more than it may")]
    HostileEnvelope,
    /// The vault's file is damaged and was moved aside, with a copy of its keys.
    #[error("the vault is damaged and was moved aside")]
    Damaged {
        /// Where it is.
        moved_to: PathBuf,
    },
    /// A newer version wrote the vault. It was left as it is.
    #[error("the vault needs a version that knows schema {found}; this one knows {supported}")]
    TooNew {
        /// What the vault, or its envelope, is written in.
        found: u32,
        /// The newest that this version knows.
        supported: u32,
    },
    /// Another process has the vault open.
    #[error("the vault is open elsewhere")]
    InUse,
    /// The folder may not be written.
    #[error("the vault's folder may not be written")]
    ReadOnly,
    /// The operating system refused something else.
    #[error("could not {action}")]
    Io {
        /// What could not be done.
        action: &'static str,
        /// Why.
        source: io::Error,
    },
    /// The vault opened and then failed.
    #[error("could not prepare the vault")]
    Vault(#[from] VaultError),
}

impl OpenError {
    /// Names what was being done when the operating system refused.
    pub(crate) fn during(action: &'static str) -> impl FnOnce(io::Error) -> Self {
        use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        move |source| {
            if matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem) {
                Self::ReadOnly
            } else {
                Self::Io { action, source }
            }
        }
    }
}
