//! What the window may ask, by subject. Each command is granted by name in
//! `capabilities/main.json`.

pub(crate) mod data;
pub(crate) mod offers;
pub(crate) mod operators;
pub(crate) mod permissions;
pub(crate) mod requests;
pub(crate) mod vault;

use app::view::UiError;
use tauri::State;

use crate::{shell::Shell, ui_error::ShellError};

/// What a command answers.
pub(crate) type Answer<T> = Result<T, UiError>;

/// The shell, as a command is handed it.
pub(crate) type Shared<'a> = State<'a, Shell>;

/// The most bytes of an identifier that the window may give.
const MOST_ID_BYTES: usize = 512;

/// Reads an identifier.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, ShellError> {
    if text.len() > MOST_ID_BYTES {
        return Err(ShellError::BadInput("identifier"));
    }
    text.parse().map_err(|_| ShellError::BadInput("identifier"))
}
