//! What an operator says about itself, for those who have only its address.
//!
//! RFC 9728 with one extension object, RFC 8414 for signing in.

use consent::{Language, LocalText, OperatorId};
use serde::{Deserialize, Serialize};
use url::Url;

/// Where the operator's metadata is.
pub const RESOURCE_PATH: &str = "/.well-known/oauth-protected-resource";
/// Where the authorisation server's metadata is.
pub const AUTHORIZATION_PATH: &str = "/.well-known/oauth-authorization-server";
/// The version of this protocol.
pub const API_VERSION: &str = "1.0";

/// An operator's metadata (RFC 9728 §2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceMetadata {
    /// The base of the operator's interface, compared as text.
    pub resource: String,
    /// The issuers of the servers that grant access, compared as text.
    pub authorization_servers: Vec<OperatorId>,
    /// Where the operator's keys are.
    pub jwks_uri: Url,
    /// What can be asked for when signing in.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
    /// How an access token is sent: `header`.
    #[serde(default)]
    pub bearer_methods_supported: Vec<String>,
    /// The operator's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_name: Option<String>,
    /// Its name in Finnish.
    #[serde(
        rename = "resource_name#fi",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub resource_name_fi: Option<String>,
    /// Its name in Swedish.
    #[serde(
        rename = "resource_name#sv",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub resource_name_sv: Option<String>,
    /// How it treats data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_policy_uri: Option<Url>,
    /// Its terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_tos_uri: Option<Url>,
    /// Its documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_documentation: Option<Url>,
    /// The kinds of request (RFC 9396) that it relays.
    #[serde(default)]
    pub authorization_details_types_supported: Vec<String>,
    /// Whether tokens must be bound to a key (RFC 9449).
    #[serde(default)]
    pub dpop_bound_access_tokens_required: bool,
    /// The algorithms of its signatures.
    #[serde(default)]
    pub resource_signing_alg_values_supported: Vec<String>,
    /// What makes it a MyData operator.
    pub mydata_operator: OperatorExtension,
    /// The same, signed (RFC 9728 §2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_metadata: Option<String>,
}

impl ResourceMetadata {
    /// Returns the operator's name in the languages in which it has one.
    pub fn name(&self) -> LocalText {
        let plain = || self.resource_name.clone();
        LocalText {
            fi: self.resource_name_fi.clone().or_else(plain),
            sv: self.resource_name_sv.clone().or_else(plain),
            en: plain(),
        }
    }
}

/// The extension that makes a protected resource a MyData operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorExtension {
    /// The versions of this protocol that it speaks.
    pub api_versions: Vec<String>,
    /// Its identifier.
    pub operator_id: OperatorId,
    /// Which of MyData's nine functional elements it offers.
    #[serde(default)]
    pub functional_elements: Vec<String>,
    /// Where each thing is; only what exists is listed.
    #[serde(default)]
    pub endpoints: Endpoints,
    /// How its events are fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_stream: Option<EventStream>,
    /// The languages of its texts.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// The profiles that its records conform to.
    #[serde(default)]
    pub profiles: Vec<String>,
    /// How surely a person must be identified, by what for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr_values: Option<AcrValues>,
    /// What it takes at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<OperatorLimits>,
}

macro_rules! endpoints {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// Where each thing of an operator is.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Endpoints {
            $(
                $(#[$doc])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $name: Option<Url>,
            )*
        }

        impl Endpoints {
            /// Returns those that exist, with their names.
            pub fn listed(&self) -> Vec<(&'static str, &Url)> {
                [$((stringify!($name), self.$name.as_ref())),*]
                    .into_iter()
                    .filter_map(|(name, url)| Some((name, url?)))
                    .collect()
            }
        }
    };
}

endpoints! {
    /// Binding of devices.
    devices,
    /// Who may decide for whom.
    delegations,
    /// Descriptions of services.
    services,
    /// Data sources, their schemas and what they hold.
    sources,
    /// Access requests.
    requests,
    /// Consent records.
    consents,
    /// Where statements are sent.
    status_changes,
    /// Prohibitions.
    prohibitions,
    /// The catalogue of offers.
    offers,
    /// Requests by right, such as for erasure.
    rights_requests,
    /// Who used what.
    access_log,
    /// Moves of data.
    transfers,
    /// Receipts, by their identifiers.
    receipts,
    /// What people want to say.
    feedback,
    /// Everything at once.
    snapshot,
}

/// How an operator's events are fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventStream {
    /// The specification: `ssf-1_0`.
    pub spec: String,
    /// Where the transmitter's metadata is.
    pub configuration: Url,
    /// How events are delivered.
    pub delivery_methods: Vec<String>,
    /// How long a poll may wait, in seconds.
    pub long_poll_max_s: u32,
    /// How long events are kept, in days.
    pub retention_days: u32,
}

/// How surely a person must be identified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcrValues {
    /// For reading.
    pub read: String,
    /// For verified data.
    pub verified_data: String,
    /// For deciding.
    pub consent: String,
}

/// What an operator takes at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorLimits {
    /// The most bytes of a body.
    pub max_body_bytes: u64,
    /// How long a repeated write is recognised, in hours.
    pub idempotency_key_ttl_h: u32,
}

/// An authorisation server's metadata (RFC 8414 §2, RFC 9207 §3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationServerMetadata {
    /// The server, compared as text: a URL type would add a slash to it (RFC 8414 §3.3).
    pub issuer: OperatorId,
    /// Where a person signs in.
    pub authorization_endpoint: Url,
    /// Where tokens are given.
    pub token_endpoint: Url,
    /// Where its keys are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<Url>,
    /// What can be asked for.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
    /// How it answers: `code`.
    pub response_types_supported: Vec<String>,
    /// What it exchanges for a token.
    #[serde(default)]
    pub grant_types_supported: Vec<String>,
    /// The challenge methods (RFC 7636): `S256`.
    #[serde(default)]
    pub code_challenge_methods_supported: Vec<String>,
    /// How a client proves itself at the token endpoint: `none`, a public client.
    #[serde(default)]
    pub token_endpoint_auth_methods_supported: Vec<String>,
    /// How surely it can identify a person.
    #[serde(default)]
    pub acr_values_supported: Vec<String>,
    /// Whether its redirects carry `iss` (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
    /// Where tokens are given back (RFC 7009).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revocation_endpoint: Option<Url>,
}
