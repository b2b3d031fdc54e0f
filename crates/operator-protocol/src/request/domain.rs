//! From a request on the wire to the question that a person is asked.

use std::collections::BTreeSet;

use consent::{
    Language, LocalText, OperatorId,
    request::{AccessRequest, Consequences, Controller, Notice, Obstacle, RequestedField, Storage},
    terms,
};
use jiff::Timestamp;

use super::{AuthorizationDetail, DETAIL_TYPE, RequestPayload, TYP};
use crate::{
    ProtocolError, canonical, jws,
    service::{IntendedUse, ServiceDescription, UseTerms, local_text},
    source::{SchemaField, SourceSchema},
};

/// What is known about the world, against which a request is held.
#[derive(Clone, Copy, Debug)]
pub struct Register<'a> {
    /// The operator that relayed the request.
    pub operator: &'a OperatorId,
    /// The description of the service that the request names, if the operator has one.
    pub service: Option<&'a ServiceDescription>,
    /// The schemas that are known.
    pub schemas: &'a [SourceSchema],
    /// When the request is looked at.
    pub now: Timestamp,
}

/// What verifying a request's signature gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureCheck {
    /// A key that the service registered signed it.
    Holds,
    /// None of them did.
    Fails,
}

/// Reads a signed request, with all that speaks against saying yes to it.
///
/// A request whose signature does not hold is read all the same, with
/// [`Obstacle::BadSignature`]: a person should see who claims to ask for what.
///
/// # Errors
///
/// Fails if it is not a request, is for another operator, or asks for nothing.
pub fn read(compact: &str, register: Register<'_>) -> Result<AccessRequest, ProtocolError> {
    let keys = register.service.map(|service| &service.mydata_service.jwks);
    match keys.map(|keys| super::verify(compact, keys)) {
        Some(Ok(verified)) => to_domain(&verified.payload, SignatureCheck::Holds, register),
        Some(Err(_)) | None => {
            let claimed = jws::decode_unverified::<RequestPayload>(compact)?;
            if claimed.typ.as_deref() != Some(TYP) {
                return Err(ProtocolError::WrongKind { expected: TYP });
            }
            to_domain(&claimed.payload, SignatureCheck::Fails, register)
        }
    }
}

/// Turns a request into the question that a person is asked.
///
/// # Errors
///
/// Fails if it is for another operator, asks for nothing, or asks for one field twice.
pub fn to_domain(
    payload: &RequestPayload,
    signature: SignatureCheck,
    register: Register<'_>,
) -> Result<AccessRequest, ProtocolError> {
    if payload.aud != *register.operator {
        return Err(ProtocolError::Contradiction("audience"));
    }
    let detail = payload
        .authorization_details
        .first()
        .filter(|detail| detail.kind == DETAIL_TYPE && !detail.fields.is_empty())
        .ok_or(ProtocolError::Malformed("request"))?;
    let source = detail
        .locations
        .first()
        .ok_or(ProtocolError::Malformed("request"))?;
    let paths: BTreeSet<&str> = detail
        .fields
        .iter()
        .map(|field| field.path.as_str())
        .collect();
    if paths.len() != detail.fields.len() {
        return Err(ProtocolError::Malformed("request"));
    }

    let service = register.service.filter(|service| {
        service.mydata_service.id == payload.service
            && service.mydata_service.controller == payload.iss
    });
    let intended = service.and_then(|service| service.find_use(&payload.intended_use));
    let terms = service.and_then(|service| service.mydata_service.uses.get(&payload.intended_use));
    let schema = register
        .schemas
        .iter()
        .find(|schema| schema.id() == detail.schema && schema.source().as_ref() == Some(source));
    let known = schema.map(SourceSchema::fields).unwrap_or_default();

    let mut obstacles = BTreeSet::new();
    match (service, signature) {
        (None, _) => _ = obstacles.insert(Obstacle::UnregisteredRequester),
        (Some(_), SignatureCheck::Fails) => _ = obstacles.insert(Obstacle::BadSignature),
        (Some(_), SignatureCheck::Holds) => {}
    }
    if service.is_some() && !as_registered(payload, detail, intended.zip(terms)) {
        obstacles.insert(Obstacle::TermsDiffer);
    }
    obstacles.extend(unknown_terms(detail, &known));
    if !notice_is_named(payload, intended) {
        obstacles.insert(Obstacle::NoticeDiffers);
    }
    if register.now >= payload.exp {
        obstacles.insert(Obstacle::Expired);
    }
    if payload.authorization_details.len() > 1 || detail.locations.len() > 1 {
        obstacles.insert(Obstacle::SeveralPurposes);
    }

    Ok(AccessRequest {
        id: payload.jti.clone(),
        operator: payload.aud.clone(),
        controller: controller(payload, service),
        service: payload.service.clone(),
        service_name: service.map_or_else(LocalText::default, ServiceDescription::name),
        intended_use: payload.intended_use.clone(),
        subject: payload.sub.clone(),
        participants: payload.participants.clone(),
        activation: payload.activation_mode,
        process: detail.identifier.clone(),
        purpose: detail.purpose.clone(),
        purpose_title: intended
            .map_or_else(LocalText::default, |intended| local_text(&intended.purpose)),
        legal_basis: detail.legal_basis.clone(),
        source: source.clone(),
        source_title: schema.map_or_else(LocalText::default, SourceSchema::labels),
        schema: detail.schema.clone(),
        fields: fields(detail, &known),
        recipients: detail.recipients.clone(),
        frequency: detail.frequency.clone(),
        valid_until: detail.valid_until,
        storage: Storage {
            locations: detail.storage.location.clone(),
            duration: Some(detail.storage.duration.clone()),
            deletion: detail.storage.deletion.clone(),
        },
        automated_decision: detail.automated_decision.clone(),
        consequences: terms.map_or_else(Consequences::default, consequences),
        notice: Notice {
            uri: payload.notice.uri.clone(),
            version: payload.notice.version.clone(),
            hashes: payload.notice.hash.clone(),
        },
        issued_at: payload.iat,
        expires_at: payload.exp,
        reply_by: payload.reply_by,
        obstacles: obstacles.into_iter().collect(),
    })
}

/// Returns whether `bytes` are the notice that a request names, in `language`.
pub fn notice_matches(notice: &Notice, language: Language, bytes: &[u8]) -> bool {
    notice.hashes.in_language(language) == Some(canonical::sha256_tag(bytes).as_str())
}

fn controller(payload: &RequestPayload, service: Option<&ServiceDescription>) -> Controller {
    let extension = service.map(|service| &service.mydata_service);
    let contact = extension.map(|extension| extension.controller_contact.clone());
    let contact = contact.unwrap_or_default();
    Controller {
        id: payload.iss.clone(),
        name: extension.map_or_else(LocalText::default, |it| it.controller_name.clone()),
        is_public: service.is_some_and(|service| service.is_psb),
        address: contact.address,
        email: contact.email,
        telephone: contact.telephone,
        support: service.map(|it| it.support_uri.clone()).unwrap_or_default(),
    }
}

fn fields(detail: &AuthorizationDetail, known: &[SchemaField]) -> Vec<RequestedField> {
    let field = |wanted: &super::FieldReference| {
        let described = known.iter().find(|field| field.path == wanted.path);
        RequestedField {
            path: wanted.path.clone(),
            category: described.map_or_else(String::new, |field| field.dpv.clone()),
            label: described.map_or_else(LocalText::default, |field| field.labels.clone()),
            node_path: described.and_then(|field| field.node_path.clone()),
            necessity: wanted.necessity,
            is_sensitive: described.is_some_and(|field| field.sensitive.is_some()),
        }
    };
    detail.fields.iter().map(field).collect()
}

fn consequences(terms: &UseTerms) -> Consequences {
    Consequences {
        of_yes: terms.post_consent.clone(),
        of_no: terms.pre_consent.clone(),
        of_withdrawing: terms.post_withdraw.clone(),
    }
}

fn unknown_terms(detail: &AuthorizationDetail, known: &[SchemaField]) -> Vec<Obstacle> {
    let wanted = || {
        let find = |path: &str| known.iter().find(|field| field.path == path);
        detail.fields.iter().map(move |field| find(&field.path))
    };
    let categories = wanted().flatten().map(|field| &field.dpv);
    [
        (
            !terms::is_known_purpose(&detail.purpose),
            Obstacle::UnknownPurpose,
        ),
        (
            !terms::is_known_legal_basis(&detail.legal_basis),
            Obstacle::UnknownLegalBasis,
        ),
        (
            !categories
                .chain(&detail.datatypes)
                .all(|term| terms::is_known_category(term)),
            Obstacle::UnknownCategory,
        ),
        (
            wanted().any(|field| field.is_none()),
            Obstacle::UnknownField,
        ),
        // Data of a kind that the request does not own up to.
        (
            wanted()
                .flatten()
                .any(|field| !detail.datatypes.contains(&field.dpv)),
            Obstacle::TermsDiffer,
        ),
    ]
    .into_iter()
    .filter_map(|(stands, obstacle)| stands.then_some(obstacle))
    .collect()
}

/// Returns whether the request asks for no more, and nothing else, than the service registered.
fn as_registered(
    payload: &RequestPayload,
    detail: &AuthorizationDetail,
    registered: Option<(&IntendedUse, &UseTerms)>,
) -> bool {
    let Some((intended, terms)) = registered else {
        return false;
    };
    let is_claimed = |path: &str| {
        intended
            .credentials
            .iter()
            .filter(|credential| credential.meta == detail.schema)
            .any(|credential| credential.claims.iter().any(|claim| claim.path == path))
    };
    intended.revoked_at.is_none()
        && terms.dpv_purpose == detail.purpose
        && terms.legal_basis == detail.legal_basis
        && detail.fields.iter().all(|field| is_claimed(&field.path))
        && detail.recipients.iter().all(|to| *to == payload.iss)
        && detail.actions.iter().all(|action| action == "read")
}

/// Returns whether the request names the registered notice, with a hash in some language.
fn notice_is_named(payload: &RequestPayload, intended: Option<&IntendedUse>) -> bool {
    let hash = &payload.notice.hash;
    let has_hash = Language::ALL
        .into_iter()
        .filter_map(|language| hash.in_language(language))
        .any(|hash| hash.starts_with("sha-256:"));
    has_hash
        && intended.is_none_or(|intended| intended.privacy_policy.policy_uri == payload.notice.uri)
}
