//! Checking a bundle.

use consent::OperatorId;
use jiff::Timestamp;
use serde::Serialize;

use super::ProofBundle;
use crate::{
    ProtocolError,
    chain::{self, ChainReport, Check, Evidence, Fault, Outcome, Step},
    record::RecordTerms,
    request::{self, RequestPayload},
    status,
};

/// What checking a bundle found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BundleReport {
    /// Whom the bundle names as the operator.
    pub operator: OperatorId,
    /// Where the operator's keys came from.
    pub trust: KeyTrust,
    /// When the bundle was written, by its own account.
    pub exported_at: Timestamp,
    /// The checks, and where the consent stands.
    #[serde(flatten)]
    pub chain: ChainReport,
    /// What the record says, if it can be read.
    pub terms: Option<RecordTerms>,
}

impl BundleReport {
    /// Returns whether every check holds.
    pub fn holds(&self) -> bool {
        self.chain.holds()
    }
}

/// Where the operator's keys came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "from", content = "thumbprints")]
pub enum KeyTrust {
    /// Out of the bundle itself: its parts belong together, whoever made it.
    Bundle(Vec<String>),
    /// Out of the bundle, and known to who checks it.
    Pinned(Vec<String>),
}

/// Checks a bundle by itself: whether its parts belong together.
///
/// ```
/// use operator_protocol::{ProtocolError, bundle};
///
/// // A file that is no bundle is an error; a bundle that does not hold is a report.
/// assert_eq!(bundle::verify(b"{}").unwrap_err(), ProtocolError::Unsupported("format"));
/// ```
///
/// # Errors
///
/// Fails if it cannot be read; what was read and does not hold is in the report.
pub fn verify(bytes: &[u8]) -> Result<BundleReport, ProtocolError> {
    let bundle = ProofBundle::parse(bytes)?;
    let thumbprints = bundle.operator.jwks.thumbprints();
    Ok(check(&bundle, KeyTrust::Bundle(thumbprints)))
}

/// Checks a bundle, trusting no key of the operator but those with the given thumbprints.
///
/// # Errors
///
/// As [`verify`].
pub fn verify_pinned(bytes: &[u8], thumbprints: &[String]) -> Result<BundleReport, ProtocolError> {
    let mut bundle = ProofBundle::parse(bytes)?;
    bundle.operator.jwks = bundle.operator.jwks.only(thumbprints);
    Ok(check(&bundle, KeyTrust::Pinned(thumbprints.to_vec())))
}

fn check(bundle: &ProofBundle, trust: KeyTrust) -> BundleReport {
    let mut chain = chain::verify(&Evidence {
        operator_keys: &bundle.operator.jwks,
        bindings: &bundle.bindings,
        delegations: &bundle.delegations,
        record: &bundle.record,
        statements: &bundle.statements,
        receipts: &bundle.receipts,
    });
    if chain
        .operator
        .as_ref()
        .is_some_and(|signed| *signed != bundle.operator.issuer)
    {
        chain
            .checks
            .push(failed(Step::Binding, Fault::OtherOperator));
    }
    let terms = RecordTerms::read(&bundle.record).ok();
    if let Some(compact) = &bundle.request {
        let outcome = match check_request(bundle, compact, terms.as_ref(), &chain) {
            Ok(request) => {
                chain.status = chain.status.map(|_| {
                    let activation = request.activation_mode;
                    status::derive(activation, &request.participants, &chain.answers)
                });
                Outcome::Holds
            }
            Err(fault) => Outcome::Fails(fault),
        };
        chain.checks.push(Check {
            step: Step::Request,
            number: 1,
            outcome,
        });
    }
    BundleReport {
        operator: bundle.operator.issuer.clone(),
        trust,
        exported_at: bundle.exported_at,
        chain,
        terms,
    }
}

fn failed(step: Step, fault: Fault) -> Check {
    Check {
        step,
        number: 1,
        outcome: Outcome::Fails(fault),
    }
}

fn check_request(
    bundle: &ProofBundle,
    compact: &str,
    terms: Option<&RecordTerms>,
    chain: &ChainReport,
) -> Result<RequestPayload, Fault> {
    let service = bundle.service.as_ref().ok_or(Fault::UnknownKey)?;
    let request = request::verify(compact, &service.mydata_service.jwks)?.payload;
    if request.aud != bundle.operator.issuer {
        return Err(Fault::OtherOperator);
    }
    let terms = terms.ok_or(Fault::OtherTerms)?;
    let is_answered = answers(terms, &request) && service.mydata_service.id == request.service;
    if !is_answered {
        return Err(Fault::OtherTerms);
    }
    let takes_part =
        |person: &consent::PersonId| request.participants.iter().any(|it| it.id == *person);
    if !chain.answers.iter().all(|(person, _)| takes_part(person)) {
        return Err(Fault::NoAuthority);
    }
    Ok(request)
}

/// Returns whether a record's terms are those that a request asked for, or fewer fields.
fn answers(terms: &RecordTerms, request: &RequestPayload) -> bool {
    let Some(detail) = request.authorization_details.first() else {
        return false;
    };
    let is_wanted = |path: &str| detail.fields.iter().find(|field| field.path == path);
    let covers_required = detail
        .fields
        .iter()
        .filter(|field| field.necessity == consent::request::Necessity::Required)
        .all(|field| terms.fields.iter().any(|it| it.path == field.path));
    terms.subject == request.sub
        && terms.controller == request.iss
        && terms.service.as_ref() == Some(&request.service)
        && terms.purpose == detail.purpose
        && terms.legal_basis == detail.legal_basis
        && terms.recipients == detail.recipients
        && terms.notice == request.notice.uri
        && terms.notice_version == request.notice.version
        && request.notice.hash.in_language(terms.language) == Some(terms.notice_hash.as_str())
        && covers_required
        && terms.fields.iter().all(|field| {
            is_wanted(&field.path).is_some_and(|wanted| wanted.necessity == field.necessity)
        })
}
