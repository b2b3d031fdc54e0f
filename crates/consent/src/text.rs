//! Text that came from outside, in up to three languages.

use serde::{Deserialize, Serialize};

/// A language of the app and of the texts it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Finnish.
    #[default]
    Fi,
    /// Swedish.
    Sv,
    /// English.
    En,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Fi, Self::Sv, Self::En];

    /// Returns the ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// Reads an ISO 639-1 code, alone or at the start of a locale such as `sv_FI.UTF-8`.
    pub fn from_locale(locale: &str) -> Option<Self> {
        let code = locale.split(['-', '_', '.']).next()?;
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(code))
    }
}

/// One text in the languages that its author gave.
///
/// ```
/// use consent::{Language, LocalText};
///
/// let title = LocalText { fi: Some("Esiopetus".into()), ..LocalText::default() };
/// assert_eq!(title.pick(Language::Sv), Some("Esiopetus"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LocalText {
    /// In Finnish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fi: Option<String>,
    /// In Swedish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sv: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl LocalText {
    /// Returns a text given in all three languages.
    pub fn new(fi: impl Into<String>, sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            fi: Some(fi.into()),
            sv: Some(sv.into()),
            en: Some(en.into()),
        }
    }

    /// Returns the same words for every language, as for a name.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::new(text.clone(), text.clone(), text)
    }

    /// Returns the text in exactly `language`.
    pub fn in_language(&self, language: Language) -> Option<&str> {
        match language {
            Language::Fi => self.fi.as_deref(),
            Language::Sv => self.sv.as_deref(),
            Language::En => self.en.as_deref(),
        }
    }

    /// Sets the text in `language`.
    pub fn set(&mut self, language: Language, text: String) {
        let place = match language {
            Language::Fi => &mut self.fi,
            Language::Sv => &mut self.sv,
            Language::En => &mut self.en,
        };
        *place = Some(text);
    }

    /// Returns the text in `language`, or else in the first language that has words.
    pub fn pick(&self, language: Language) -> Option<&str> {
        std::iter::once(language)
            .chain(Language::ALL)
            .filter_map(|language| self.in_language(language))
            .find(|text| !text.is_empty())
    }
}
