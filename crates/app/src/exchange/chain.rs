//! The operator's account of a consent, held against the chain of this vault.

use consent::record::{Command, Status, decide};
use operator_protocol::api::ConsentEntry;
use pii::Personal;
use vault::consents;

use super::Intake;
use crate::{AppError, view::TopicView};

impl Intake<'_, '_> {
    /// Takes in receipts that were lost on the way, and that another party ended a permission.
    ///
    /// What this vault does not have is not believed on the operator's word alone: a consent that
    /// is unknown here is left alone, and a permission is never opened by a list.
    pub(super) fn reconcile(&mut self, entry: &ConsentEntry) -> Result<(), AppError> {
        let Some(standing) = consents::find(self.tx, entry.cr_id)? else {
            return Ok(());
        };
        if standing.consent.record_hash != entry.cr_hash
            || standing.consent.operator_id != self.operator.operator_id
        {
            return Ok(());
        }
        for receipt in &entry.receipts {
            self.take_in_receipt(&Personal::new(receipt.clone()), None)?;
        }
        if entry.status.status() == Status::Revoked
            && let Ok(event) = decide(&standing.as_record(), Command::Revoke, self.now)
        {
            consents::append(self.tx, &event)?;
            self.tell(TopicView::Permissions);
        }
        Ok(())
    }
}
