//! The receipt that a person keeps: the record, what was decided about it, and the proof.
//!
//! DPV-27560 (`#receipt-eu-gdpr`): readable without this app.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{receipt::ReceiptPayload, statement::StatementPayload, status::ConsentStatus};

/// Renders the receipt that is at `address`, over `record` and the statements of its chain.
pub fn render(
    address: &str,
    receipt: &ReceiptPayload,
    record: &Value,
    statements: &[StatementPayload],
) -> Value {
    let mut activity = record.clone();
    if let Some(members) = activity.as_object_mut() {
        let statuses = statements.iter().map(consent_status).collect();
        members.insert("dpv:hasConsentStatus".to_owned(), Value::Array(statuses));
    }
    json!({
        "@context": record.get("@context"),
        "@id": address,
        "@type": "dpv:ConsentReceipt",
        "dct:identifier": receipt.jti,
        "dct:conformsTo": "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr",
        "dct:created": seconds(receipt.iat),
        "dct:publisher": receipt.iss,
        "schema:recipient": "dpv:DataSubject",
        "dpv:hasRecordOfActivity": activity,
        "mdc:csr": receipt.csr,
    })
}

/// Renders one statement as `dpv:hasConsentStatus` has it.
pub fn consent_status(statement: &StatementPayload) -> Value {
    let mut kinds = vec![term(statement.status)];
    if matches!(
        statement.status,
        ConsentStatus::ConsentGiven | ConsentStatus::RenewedConsentGiven
    ) {
        kinds.push("dpv:ExpressedConsent");
    }
    json!({
        "@type": kinds,
        "dpv:isIndicatedBy": { "@id": statement.decided_by() },
        "dpv:isIndicatedAtTime": seconds(statement.iat),
        "dpv:hasIndicationMethod": statement.ui.method,
    })
}

/// Returns the status as a term with its prefix.
pub const fn term(status: ConsentStatus) -> &'static str {
    match status {
        ConsentStatus::ConsentRequested => "dpv:ConsentRequested",
        ConsentStatus::ConsentRequestDeferred => "dpv:ConsentRequestDeferred",
        ConsentStatus::ConsentGiven => "dpv:ConsentGiven",
        ConsentStatus::RenewedConsentGiven => "dpv:RenewedConsentGiven",
        ConsentStatus::ConsentRefused => "dpv:ConsentRefused",
        ConsentStatus::ConsentWithdrawn => "dpv:ConsentWithdrawn",
        ConsentStatus::ConsentRevoked => "dpv:ConsentRevoked",
        ConsentStatus::ConsentExpired => "dpv:ConsentExpired",
        ConsentStatus::ConsentInvalidated => "dpv:ConsentInvalidated",
        ConsentStatus::ConsentPaused => "mdc:ConsentPaused",
        ConsentStatus::Suspended => "mdc:Suspended",
    }
}

fn seconds(at: Timestamp) -> String {
    format!("{at:.0}")
}
