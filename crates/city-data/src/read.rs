//! From the bytes of a file to an [`Export`], or to the reason why not.
//!
//! Never keeps the bytes and never quotes them: a [`ReadError`] holds places and limits only.

use std::fmt::Write as _;

use pii::Personal;
use sha2::{Digest, Sha256};

use crate::{Node, json, tree};

/// The largest file that is read: 64 MiB.
pub const MAX_BYTES: usize = 64 << 20;

/// How deep lists and objects may lie in each other. A node takes two levels, so this is 32 nodes;
/// the deepest real service needs 11.
pub const MAX_DEPTH: usize = 64;

/// The most JSON values that one file may hold.
pub const MAX_VALUES: usize = 2_000_000;

/// The longest single text or number: 1 MiB. Texts that people wrote are far below; pictures and
/// documents do not belong in this format.
pub const MAX_TEXT_BYTES: usize = 1 << 20;

/// The longest key of a node or name of a member.
pub const MAX_KEY_BYTES: usize = 1 << 10;

/// The most bytes that the paths of all nodes may take together: 512 MiB, several times what a file
/// of [`MAX_BYTES`] needs. Without it, long keys over many leaves would fill a store.
pub const MAX_PATHS_BYTES: usize = 512 << 20;

/// One export, as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The SHA-256 of the file's bytes (FIPS 180-4) in 64 lower-case hexadecimal digits, as
    /// `sha256sum` prints it.
    pub sha256: String,
    /// The size of the file.
    pub bytes: u64,
    /// The whole tree. A file that holds a list of nodes, or no nodes at all, reads as the content
    /// of a node `DATA`, which is the root of a city's own download.
    pub root: Node,
    /// What was unusual about the file, each kind once, in the order of [`WarningKind`].
    pub warnings: Vec<Warning>,
}

impl Export {
    /// Returns the root node of each service in the file.
    pub fn services(&self) -> &[Node] {
        if self.root.key == tree::DOWNLOAD_ROOT {
            &self.root.children
        } else {
            std::slice::from_ref(&self.root)
        }
    }
}

/// Something in the file that was not as the format says, and was kept all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What it was.
    pub kind: WarningKind,
    /// How many times it was met.
    pub count: u32,
    /// The keys that lead to the first one, joined by `/`.
    pub first: Personal<String>,
}

/// The unusual things that [`read()`] tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WarningKind {
    /// The service could not give this part, and said so in an `error`.
    NotAvailable,
    /// The file holds JSON, and not a tree of nodes. Its members are shown as they are.
    NotANodeTree,
    /// A node without a key.
    MissingKey,
    /// A member that the format does not know. It is kept as a child.
    UnknownMember,
    /// The same member twice in one object. Both are kept.
    DuplicateMember,
    /// A member with a value of another kind than the format says. It is kept as a child.
    UnexpectedShape,
    /// Half of a character, which was replaced with U+FFFD.
    BrokenCharacter,
}

/// Why a file cannot be read as an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it: no bytes, `null`, `{}` or `[]`.
    #[error("the file is empty")]
    Empty,
    /// It is larger than [`MAX_BYTES`].
    #[error("the file has more than {MAX_BYTES} bytes")]
    TooLarge,
    /// It is UTF-16, as some editors save text. Saved anew as UTF-8, it can be read.
    #[error("the file is UTF-16, not UTF-8")]
    Utf16,
    /// It is not text.
    #[error("the file is not UTF-8 from byte {at} on")]
    NotUtf8 {
        /// The number of good bytes before the first bad one.
        at: usize,
    },
    /// It is text, and not JSON. A file that was cut short ends up here, at its end.
    #[error("the file is not JSON at line {line}, column {column}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
    },
    /// Lists and objects lie deeper in each other than [`MAX_DEPTH`].
    #[error("the file is nested more than {MAX_DEPTH} levels deep")]
    TooDeep,
    /// It holds more than [`MAX_VALUES`] values, or needs more than [`MAX_PATHS_BYTES`] for paths.
    #[error("the file holds more than {MAX_VALUES} values")]
    TooManyValues,
    /// A text is longer than [`MAX_TEXT_BYTES`], or a key than [`MAX_KEY_BYTES`].
    #[error("the file holds a text of more than {MAX_TEXT_BYTES} bytes or an overlong key")]
    TextTooLong,
}

/// Reads an export in the shape of the Helsinki GDPR API 1.1.0, or in any shape near it.
///
/// Accepted as the root: the city's download, one service's node, a list of nodes, and any other
/// JSON. A byte order mark of UTF-8 is tolerated.
///
/// # Errors
///
/// Fails if the file is not JSON in UTF-8, has nothing in it, or is beyond a limit of this module.
pub fn read(bytes: &[u8]) -> Result<Export, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let text = decode(bytes)?;
    if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
        return Err(ReadError::Empty);
    }
    let (root, warnings) = tree::build(json::parse(text)?)?;
    Ok(Export {
        sha256: sha256_hex(bytes),
        bytes: bytes.len() as u64,
        root,
        warnings,
    })
}

fn decode(bytes: &[u8]) -> Result<&str, ReadError> {
    let is_marked = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    // What is JSON begins with ASCII, of which UTF-16 makes one zero byte and one other.
    if is_marked || matches!(bytes, [a, b, ..] if (*a == 0) != (*b == 0)) {
        return Err(ReadError::Utf16);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 {
        at: error.valid_up_to(),
    })?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
