//! The app's own state, and the operators it talks to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A language of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LanguageView {
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// English.
    En,
}

/// A text in the languages that its author gave. Missing languages are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TextView {
    /// In Finnish.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fi: Option<String>,
    /// In Swedish.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sv: Option<String>,
    /// In English.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// Whether there is a vault, and whether it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PhaseView {
    /// There is no vault yet: create one.
    Absent,
    /// There is a vault: unlock it.
    Locked,
    /// The vault is open.
    Open,
}

/// What the app starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusView {
    /// Whether there is a vault, and whether it is open.
    pub phase: PhaseView,
    /// The language chosen, or the system's.
    pub language: LanguageView,
    /// Whether the person has chosen the language.
    pub language_is_chosen: bool,
    /// The name of the damaged vault file that was moved aside, if one lies there.
    pub set_aside_vault: Option<String>,
    /// Whether the system can show notifications.
    pub can_notify: bool,
    /// The app's version.
    pub version: String,
}

/// How well a passphrase would hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StrengthView {
    /// From 0 (weak) to 4 (strong), by zxcvbn.
    pub score: u8,
    /// Whether it has the least length of twelve characters.
    pub is_long_enough: bool,
    /// What would make it better.
    pub advice: Vec<StrengthAdvice>,
}

/// A piece of advice on a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum StrengthAdvice {
    /// Add more words.
    AddWords,
    /// Avoid repeated characters and words.
    AvoidRepeats,
    /// Avoid sequences such as `abcd` and keyboard rows.
    AvoidSequences,
    /// Avoid dates and years.
    AvoidDates,
    /// Avoid common passwords and words.
    AvoidCommon,
    /// Avoid names.
    AvoidNames,
}

/// How the app stands with an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ConnectionView {
    /// The last contact went well.
    Connected,
    /// The person must sign in.
    SignInNeeded,
    /// The operator could not be reached; the app keeps trying.
    Unreachable,
    /// The operator answered something that the app does not understand.
    NotUnderstood,
}

/// An operator that the vault is connected to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OperatorView {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: TextView,
    /// Its address.
    pub url: String,
    /// Whether it is the sample city inside the app.
    pub is_sample: bool,
    /// How the app stands with it.
    pub connection: ConnectionView,
    /// When it last answered (ISO 8601, UTC).
    pub last_contact_at: Option<String>,
    /// How many messages are still owed to it.
    #[ts(type = "number")]
    pub owed: u64,
}

/// What has changed, so that a screen can ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TopicView {
    /// The phase or the language.
    Status,
    /// Operators and their connection.
    Operators,
    /// The resident's copy.
    Data,
    /// Requests.
    Requests,
    /// Permissions and their delivery.
    Permissions,
    /// Uses.
    Uses,
    /// Offers.
    Offers,
}
