//! What the operator says about itself: RFC 9728, RFC 8414, its keys and its event streams.

use std::sync::Arc;

use axum::{Json, extract::State};
use consent::Language;
use operator_protocol::{
    discovery::{
        API_VERSION, AcrValues, AuthorizationServerMetadata, Endpoints, EventStream,
        OperatorExtension, OperatorLimits, ResourceMetadata,
    },
    event_stream::{CONFIGURATION_PATH, POLL, TransmitterMetadata},
    jws,
    key::JwkSet,
    request::DETAIL_TYPE,
};
use serde_json::Value;
use url::Url;

use crate::{oauth, operator::Operator, refusal::Refusal, serve::MAX_BODY_BYTES, upkeep};

/// The `typ` of signed metadata (RFC 9728 §2.2).
const SIGNED_TYP: &str = "JWT";

/// Answers with the operator's metadata (RFC 9728 §3).
pub(crate) async fn resource(
    State(operator): State<Arc<Operator>>,
) -> Result<Json<Value>, Refusal> {
    let metadata = operator.resource_metadata()?;
    let unsaid = || Refusal::Internal("describe itself");
    let mut plain = serde_json::to_value(metadata).map_err(|_| unsaid())?;
    // RFC 9728 §2.2: who vouches for it is part of what is signed.
    let members = plain.as_object_mut().ok_or_else(unsaid)?;
    members.insert("iss".to_owned(), operator.issuer.as_str().into());
    let signed = jws::sign(&operator.key, SIGNED_TYP, &plain).map_err(|_| unsaid())?;
    if let Some(members) = plain.as_object_mut() {
        members.remove("iss");
        members.insert("signed_metadata".to_owned(), signed.into());
    }
    Ok(Json(plain))
}

/// Answers with the metadata of the authorisation server (RFC 8414 §3), which is the operator too.
pub(crate) async fn authorization_server(
    State(operator): State<Arc<Operator>>,
) -> Result<Json<Value>, Refusal> {
    let metadata = AuthorizationServerMetadata {
        issuer: operator.issuer.clone(),
        authorization_endpoint: operator.parsed_url("/authorize")?,
        token_endpoint: operator.parsed_url("/token")?,
        jwks_uri: Some(operator.parsed_url("/.well-known/jwks.json")?),
        scopes_supported: oauth::SCOPES.map(str::to_owned).to_vec(),
        response_types_supported: vec!["code".to_owned()],
        grant_types_supported: vec!["authorization_code".to_owned(), "refresh_token".to_owned()],
        code_challenge_methods_supported: vec!["S256".to_owned()],
        token_endpoint_auth_methods_supported: vec!["none".to_owned()],
        acr_values_supported: vec!["substantial".to_owned(), "high".to_owned()],
        authorization_response_iss_parameter_supported: true,
        revocation_endpoint: Some(operator.parsed_url("/revoke")?),
    };
    let mut plain =
        serde_json::to_value(metadata).map_err(|_| Refusal::Internal("describe itself"))?;
    if let Some(members) = plain.as_object_mut() {
        let languages = Language::ALL.map(|language| Value::from(language.code()));
        members.insert("ui_locales_supported".to_owned(), languages.to_vec().into());
    }
    Ok(Json(plain))
}

/// Answers with the operator's keys (RFC 7517 §5).
pub(crate) async fn keys(State(operator): State<Arc<Operator>>) -> Json<JwkSet> {
    Json(operator.jwks())
}

/// Answers with how event streams are set up (SSF 1.0 §7.1).
pub(crate) async fn transmitter(
    State(operator): State<Arc<Operator>>,
) -> Result<Json<TransmitterMetadata>, Refusal> {
    Ok(Json(TransmitterMetadata {
        spec_version: "1_0".to_owned(),
        issuer: operator.issuer.clone(),
        jwks_uri: operator.parsed_url("/.well-known/jwks.json")?,
        delivery_methods_supported: vec![POLL.to_owned()],
        configuration_endpoint: operator.parsed_url("/v1/streams")?,
        status_endpoint: None,
        verification_endpoint: None,
    }))
}

impl Operator {
    fn resource_metadata(&self) -> Result<ResourceMetadata, Refusal> {
        let name = &self.city.operator_name;
        let in_language = |language| name.in_language(language).map(str::to_owned);
        Ok(ResourceMetadata {
            resource: self.url("/v1"),
            authorization_servers: vec![self.issuer.clone()],
            jwks_uri: self.parsed_url("/.well-known/jwks.json")?,
            scopes_supported: oauth::SCOPES.map(str::to_owned).to_vec(),
            bearer_methods_supported: vec!["header".to_owned()],
            resource_name: in_language(Language::En),
            resource_name_fi: in_language(Language::Fi),
            resource_name_sv: in_language(Language::Sv),
            resource_policy_uri: None,
            resource_tos_uri: None,
            resource_documentation: None,
            authorization_details_types_supported: vec![DETAIL_TYPE.to_owned()],
            dpop_bound_access_tokens_required: false,
            resource_signing_alg_values_supported: vec!["Ed25519".to_owned(), "EdDSA".to_owned()],
            mydata_operator: self.extension()?,
            signed_metadata: None,
        })
    }

    fn extension(&self) -> Result<OperatorExtension, Refusal> {
        let at = |path| self.parsed_url(path).map(Some);
        let substantial = || "substantial".to_owned();
        Ok(OperatorExtension {
            api_versions: vec![API_VERSION.to_owned()],
            operator_id: self.issuer.clone(),
            functional_elements: [
                "identity",
                "permission",
                "service",
                "data-model",
                "transfer",
                "governance",
                "logging",
            ]
            .map(str::to_owned)
            .to_vec(),
            endpoints: Endpoints {
                devices: at("/v1/devices")?,
                delegations: at("/v1/delegations")?,
                services: at("/v1/services")?,
                sources: at("/v1/sources")?,
                requests: at("/v1/requests")?,
                consents: at("/v1/consents")?,
                status_changes: at("/v1/consent-status")?,
                offers: at("/v1/offers")?,
                access_log: at("/v1/access-log")?,
                receipts: at("/v1/receipts")?,
                ..Endpoints::default()
            },
            event_stream: Some(EventStream {
                spec: "ssf-1_0".to_owned(),
                configuration: self.parsed_url(CONFIGURATION_PATH)?,
                delivery_methods: vec![POLL.to_owned()],
                long_poll_max_s: u32::try_from(self.long_poll.as_secs()).unwrap_or(u32::MAX),
                retention_days: upkeep::EVENT_RETENTION_DAYS,
            }),
            languages: Language::ALL.to_vec(),
            profiles: vec![
                "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr".to_owned(),
                "https://mydata.example.fi/profiles/consent-record/1.0".to_owned(),
            ],
            acr_values: Some(AcrValues {
                read: "low".to_owned(),
                verified_data: substantial(),
                consent: substantial(),
            }),
            limits: Some(OperatorLimits {
                max_body_bytes: MAX_BODY_BYTES as u64,
                idempotency_key_ttl_h: upkeep::ANSWER_RETENTION_HOURS,
            }),
        })
    }

    fn parsed_url(&self, path: &str) -> Result<Url, Refusal> {
        Url::parse(&self.url(path)).map_err(|_| Refusal::Internal("make an address"))
    }
}
