//! The proof of a permission, for anybody to check without this app and without a network.

use consent::ConsentId;
use jiff::Timestamp;
use operator_protocol::{
    bundle::{self, BundleParts, BundledOperator, ProofBundle},
    key::JwkSet,
};
use pii::Personal;
use vault::{Vault, consents, delegations, operators, receipts, requests, services, statements};

use crate::AppError;

/// Returns the proof bundle of a permission: its record, the chain of signed statements, the
/// operator's binding and receipts, and the request that it answered.
///
/// # Errors
///
/// Returns [`AppError::NotFound`] if there is no such permission.
pub fn export_proof(
    vault: &Vault,
    id: ConsentId,
    now: Timestamp,
) -> Result<Personal<String>, AppError> {
    vault.read(|conn| {
        let standing = consents::find(conn, id)?.ok_or(AppError::NotFound("permission"))?;
        let consent = standing.consent;
        let operator =
            operators::find(conn, &consent.operator_id)?.ok_or(AppError::NotFound("operator"))?;
        let keys: JwkSet = serde_json::from_str(&operator.pinned_keys)
            .map_err(|_| AppError::Stored("operator's keys"))?;
        let discovered: serde_json::Value =
            serde_json::from_str(&operator.discovered).unwrap_or_default();

        let reveal = |text: Personal<String>| text.into_inner();
        let delegation = delegations::find(conn, &consent.operator_id, &consent.subject_id)?;
        let bundle: ProofBundle = bundle::build(
            BundleParts {
                operator: BundledOperator {
                    issuer: consent.operator_id.clone(),
                    jwks: keys,
                    metadata: discovered.get("resource").cloned(),
                },
                bindings: operator.binding.into_iter().map(reveal).collect(),
                delegations: delegation.into_iter().map(|it| reveal(it.jws)).collect(),
                record: serde_json::from_str(consent.record.reveal())
                    .map_err(|_| AppError::Stored("record"))?,
                statements: statements::list(conn, id)?
                    .into_iter()
                    .filter(|statement| !statement.is_superseded)
                    .map(|statement| reveal(statement.jws))
                    .collect(),
                receipts: receipts::list(conn, id)?
                    .into_iter()
                    .map(|receipt| reveal(receipt.jws))
                    .collect(),
                request: requests::find(conn, &consent.request_id)?
                    .map(|request| reveal(request.jws)),
                service: services::find(conn, &consent.operator_id, &consent.service_id)?
                    .and_then(|service| serde_json::from_str(&service.description).ok()),
            },
            now,
        );
        Ok(Personal::new(bundle.to_text()?))
    })
}
