//! What must be known before a vault is open: the language, and nothing about anybody.

use std::{
    fs,
    path::{Path, PathBuf},
};

use consent::Language;
use serde::{Deserialize, Serialize};

/// The choices that lie beside the vault in the clear.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Choices {
    language: Option<Language>,
}

/// Where the choices are kept.
#[derive(Debug)]
pub(crate) struct Preferences {
    file: PathBuf,
}

impl Preferences {
    pub(crate) const fn at(file: PathBuf) -> Self {
        Self { file }
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Returns the chosen language, or the system's, and whether it was chosen.
    pub(crate) fn language(&self) -> (Language, bool) {
        let chosen = fs::read(&self.file)
            .ok()
            .and_then(|json| serde_json::from_slice::<Choices>(&json).ok())
            .and_then(|choices| choices.language);
        match chosen {
            Some(language) => (language, true),
            None => (system_language(), false),
        }
    }

    /// Keeps the chosen language. A disk that does not take it costs only being asked again.
    pub(crate) fn set_language(&self, language: Language) {
        let choices = Choices {
            language: Some(language),
        };
        let written = serde_json::to_vec(&choices)
            .map_err(std::io::Error::other)
            .and_then(|json| fs::write(&self.file, json));
        if let Err(error) = written {
            tracing::warn!(%error, "The language was not kept");
        }
    }
}

fn system_language() -> Language {
    sys_locale::get_locales()
        .find_map(|locale| Language::from_locale(&locale))
        .unwrap_or_default()
}
