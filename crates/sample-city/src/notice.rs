//! The notices that belong to requests.

use consent::{Language, LocalText};
use operator_protocol::canonical::sha256_tag;

use crate::{CityError, files::NoticeFiles};

/// A notice, in each language one text that is hashed byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its short name in addresses.
    pub slug: String,
    /// Its version.
    pub version: String,
    /// The texts, as they are to be served.
    pub texts: LocalText,
}

impl Notice {
    pub(crate) fn read((name, texts): &NoticeFiles) -> Result<Self, CityError> {
        let (slug, version) = name
            .rsplit_once('.')
            .ok_or_else(|| CityError::Missing(format!("version of notice {name}")))?;
        let [fi, sv, en] = *texts;
        Ok(Self {
            slug: slug.to_owned(),
            version: version.to_owned(),
            texts: LocalText::new(fi, sv, en),
        })
    }

    /// Returns where it is at the operator at `base`: without a query, as requests name it.
    pub fn uri(&self, base: &str) -> String {
        format!("{base}/v1/notices/{}/{}", self.slug, self.version)
    }

    /// Returns the `sha-256:` hash of the text in each language.
    pub fn hashes(&self) -> LocalText {
        let mut hashes = LocalText::default();
        for language in Language::ALL {
            if let Some(text) = self.texts.in_language(language) {
                hashes.set(language, sha256_tag(text.as_bytes()));
            }
        }
        hashes
    }
}
