//! A data using service, as it is registered: EUDI TS5 `WalletRelyingParty` and one extension.

use std::collections::BTreeMap;

use consent::{DataUsingServiceId, Language, LocalText, OrganisationId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use crate::algorithm::AlgorithmEntry;
use crate::key::JwkSet;

/// The entitlement of a service that people use.
pub const ENTITLEMENT: &str = "https://uri.etsi.org/19475/Entitlement/Service_Provider";
/// The kind of policy that a privacy notice is.
pub const PRIVACY_POLICY: &str = "http://data.europa.eu/eudi/policy/privacy-policy";
/// The format of what this protocol's services ask for.
pub const DATASET_FORMAT: &str = "mdc-dataset";

/// A service's description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceDescription {
    /// The service's name.
    pub trade_name: String,
    /// Whether it belongs to a public sector body.
    #[serde(rename = "isPSB", default)]
    pub is_psb: bool,
    /// Whether it acts for someone else.
    #[serde(default)]
    pub is_intermediary: bool,
    /// Where it answers questions.
    #[serde(rename = "supportURI", default)]
    pub support_uri: Vec<String>,
    /// What it is, in words.
    #[serde(default)]
    pub srv_description: Vec<Vec<LangString>>,
    /// What it may do.
    #[serde(default)]
    pub entitlements: Vec<String>,
    /// Where this description is.
    #[serde(
        rename = "registryURI",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub registry_uri: Option<String>,
    /// Who supervises it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisory_authority: Option<SupervisoryAuthority>,
    /// What it may ask for, and what for.
    #[serde(default)]
    pub intended_use: Vec<IntendedUse>,
    /// What makes it a data using service.
    #[serde(rename = "mydata_service")]
    pub mydata_service: MydataService,
}

impl ServiceDescription {
    /// Returns the service's name: in its languages if it says so, else its trade name.
    pub fn name(&self) -> LocalText {
        if is_empty(&self.mydata_service.name) {
            LocalText::same(self.trade_name.as_str())
        } else {
            self.mydata_service.name.clone()
        }
    }

    /// Returns the use that is registered as `identifier`.
    pub fn find_use(&self, identifier: &str) -> Option<&IntendedUse> {
        self.intended_use
            .iter()
            .find(|intended| intended.intended_use_identifier == identifier)
    }

    /// Returns what the service is, in words.
    pub fn description(&self) -> LocalText {
        local_text(self.srv_description.iter().flatten())
    }
}

fn is_empty(text: &LocalText) -> bool {
    *text == LocalText::default()
}

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LangString {
    /// The language.
    pub lang: String,
    /// The text.
    pub content: String,
}

/// Gathers texts in single languages. Of two in one language, the first is taken.
pub fn local_text<'a>(strings: impl IntoIterator<Item = &'a LangString>) -> LocalText {
    let mut text = LocalText::default();
    for string in strings {
        if let Some(language) = Language::from_locale(&string.lang)
            && text.in_language(language).is_none()
        {
            text.set(language, string.content.clone());
        }
    }
    text
}

/// Spreads a text over single languages.
pub fn lang_strings(text: &LocalText) -> Vec<LangString> {
    Language::ALL
        .into_iter()
        .filter_map(|language| {
            Some(LangString {
                lang: language.code().to_owned(),
                content: text.in_language(language)?.to_owned(),
            })
        })
        .collect()
}

/// Who supervises a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SupervisoryAuthority {
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: String,
    /// Where it takes complaints.
    #[serde(rename = "formURI", default)]
    pub form_uri: Vec<String>,
}

/// One thing that a service may ask data for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IntendedUse {
    /// Its identifier within the service.
    pub intended_use_identifier: String,
    /// Since when it is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Date>,
    /// Since when it no longer is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Date>,
    /// The purpose in words.
    #[serde(default)]
    pub purpose: Vec<LangString>,
    /// The notice.
    pub privacy_policy: Policy,
    /// The data.
    #[serde(default)]
    pub credentials: Vec<Credential>,
}

/// A policy and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Its kind: [`PRIVACY_POLICY`].
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it is.
    #[serde(rename = "policyURI")]
    pub policy_uri: String,
}

/// Data of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// Its format: [`DATASET_FORMAT`].
    pub format: String,
    /// The URL of the source's schema.
    pub meta: String,
    /// The fields.
    #[serde(default)]
    pub claims: Vec<Claim>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// A JSON pointer into the schema.
    pub path: String,
}

/// What makes a relying party a data using service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MydataService {
    /// The service.
    pub id: DataUsingServiceId,
    /// The service's name in its languages; [`ServiceDescription::trade_name`] has one only.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub name: LocalText,
    /// The service in the national catalogue (CPSV-AP).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpsv_id: Option<String>,
    /// The organisation that decides why and how.
    pub controller: OrganisationId,
    /// That organisation's name.
    #[serde(default)]
    pub controller_name: LocalText,
    /// How it is reached.
    #[serde(default)]
    pub controller_contact: ControllerContact,
    /// The municipality's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// `sink`, as the older texts call a data using service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// What each intended use is in the agreed terms, by its identifier.
    #[serde(default)]
    pub uses: BTreeMap<String, UseTerms>,
    /// The algorithms that it uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub algorithms: Vec<AlgorithmReference>,
    /// The keys that sign its requests and offers.
    #[serde(default)]
    pub jwks: JwkSet,
}

/// How a controller is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControllerContact {
    /// By e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// By telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// By post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// What an intended use is in the agreed terms, and what follows from each answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseTerms {
    /// The purpose: a `dpv:` term.
    pub dpv_purpose: String,
    /// The legal ground: an `eu-gdpr:` term.
    pub legal_basis: String,
    /// What follows from no.
    #[serde(default)]
    pub pre_consent: LocalText,
    /// What follows from yes.
    #[serde(default)]
    pub post_consent: LocalText,
    /// What follows from withdrawing.
    #[serde(default)]
    pub post_withdraw: LocalText,
}

/// Where an algorithm is described.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlgorithmReference {
    /// The register.
    pub register: String,
    /// The entry there.
    pub uuid: String,
    /// The version of the entry's form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_version: Option<String>,
    /// The version of the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The entry itself, if the operator carries it along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Box<AlgorithmEntry>>,
}
