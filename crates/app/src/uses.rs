//! Uses of the person's data that operators report, each beside what allowed it.

use consent::LocalText;
use operator_protocol::{
    access_log::{AccessEntry, TransactionResult},
    service::local_text,
};
use vault::{Connection, Vault, accesses, accesses::StoredAccess, consents};

use crate::{
    AppError,
    permissions::{answered_request, field_labels, permission},
    text::moment,
    view::{FieldLabelView, GroundView, UseView},
};

/// The most uses that one question is answered with.
const MOST_USES: u64 = 500;

/// Returns the uses, newest first, at most `limit` from `offset`.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn list_uses(vault: &Vault, offset: u64, limit: u64) -> Result<Vec<UseView>, AppError> {
    vault.read(|conn| {
        accesses::list(conn, offset, limit.min(MOST_USES))?
            .iter()
            .map(|access| use_view(conn, access))
            .collect()
    })
}

pub(crate) fn use_view(conn: &Connection, access: &StoredAccess) -> Result<UseView, AppError> {
    let entry: AccessEntry = serde_json::from_str(access.entry.reveal())
        .map_err(|_| AppError::Stored("use of the data"))?;
    let claims: Vec<String> = entry
        .list_of_claims_presented
        .iter()
        .flat_map(|claims| claims.claims.iter().cloned())
        .collect();
    let standing = match access.consent_id {
        Some(id) => consents::find(conn, id)?,
        None => None,
    };

    let (ground, fields) = match &standing {
        Some(standing) => {
            let covers = permission(conn, standing)?
                .covers(claims.iter().map(String::as_str), access.happened_at);
            let ground = if covers {
                GroundView::Permission
            } else {
                GroundView::NotCovered
            };
            (ground, field_labels(&answered_request(standing)?, &claims))
        }
        None => (GroundView::Unknown, by_path(&claims)),
    };

    Ok(UseView {
        id: access.access_id.clone(),
        at: moment(access.happened_at),
        party: LocalText::same(entry.interacting_party_name).into(),
        purpose: local_text(&entry.purpose).into(),
        fields,
        is_completed: entry.transaction_result == TransactionResult::Completed,
        ground,
        permission_id: standing.map(|standing| standing.consent.consent_id.to_string()),
    })
}

fn by_path(claims: &[String]) -> Vec<FieldLabelView> {
    claims
        .iter()
        .map(|path| FieldLabelView {
            path: path.clone(),
            label: LocalText::same(path.as_str()).into(),
        })
        .collect()
}
