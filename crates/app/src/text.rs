//! From the domain's texts and times to the views'.

use consent::{Language, LocalText};
use jiff::Timestamp;

use crate::view::{LanguageView, TextView};

impl From<LocalText> for TextView {
    fn from(text: LocalText) -> Self {
        let LocalText { fi, sv, en } = text;
        Self { fi, sv, en }
    }
}

impl From<Language> for LanguageView {
    fn from(language: Language) -> Self {
        match language {
            Language::Fi => Self::Fi,
            Language::Sv => Self::Sv,
            Language::En => Self::En,
        }
    }
}

impl From<LanguageView> for Language {
    fn from(language: LanguageView) -> Self {
        match language {
            LanguageView::Fi => Self::Fi,
            LanguageView::Sv => Self::Sv,
            LanguageView::En => Self::En,
        }
    }
}

/// Returns a moment as views spell it: ISO 8601 in UTC, to the second.
pub(crate) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
