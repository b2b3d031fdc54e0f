//! Why a sub-command could not do its work, in words for the person at the terminal.

use std::{fmt, io};

/// A failure that ends the command with exit status 1.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The output could not be written.
    Output(io::Error),
    /// Anything else, in the person's language.
    Said(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => write!(f, "the output could not be written: {error}"),
            Self::Said(words) => f.write_str(words),
        }
    }
}
