//! What the person has answered, what became of it, and how their data is used.

use serde::Serialize;
use ts_rs::TS;

use super::{SubjectView, TextView};

/// Where a permission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PermissionStatusView {
    /// In force.
    Given,
    /// Refused.
    Refused,
    /// Held by the person.
    Paused,
    /// Taken back by the person.
    Withdrawn,
    /// Ended by another party.
    Revoked,
    /// Ended by time.
    Expired,
}

/// How far a decision has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryView {
    /// Waits on this computer for a connection.
    Queued,
    /// Sent; the operator's receipt has not come.
    Delivered,
    /// The operator's receipt is here and holds.
    Confirmed,
    /// The operator refused it; the decision stands on this computer.
    NotAccepted,
    /// Nothing is sent for it.
    NotSent,
}

/// A field's path and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldLabelView {
    /// Its path.
    pub path: String,
    /// Its name.
    pub label: TextView,
}

/// One answer to one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PermissionView {
    /// The permission.
    pub id: String,
    /// The service, for grouping.
    pub service_id: String,
    /// The service's name.
    pub service: TextView,
    /// The organisation's name.
    pub requester: TextView,
    /// The purpose as a code, for grouping.
    pub purpose_code: String,
    /// The purpose.
    pub purpose: TextView,
    /// Whom it is about.
    pub subject: SubjectView,
    /// Where it stands.
    pub status: PermissionStatusView,
    /// How far the newest decision has got.
    pub delivery: DeliveryView,
    /// Since when (ISO 8601, UTC).
    pub decided_at: String,
    /// The last day (`YYYY-MM-DD`); none until withdrawn.
    pub valid_until: Option<String>,
    /// What it allows.
    pub fields: Vec<FieldLabelView>,
    /// How many uses were reported.
    #[ts(type = "number")]
    pub use_count: u64,
    /// When the data was last used.
    pub last_used_at: Option<String>,
    /// Whether it can be taken back.
    pub can_withdraw: bool,
}

/// What happened in the life of a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum HistoryKindView {
    /// The request came.
    Requested,
    /// The person put it off.
    Deferred,
    /// The person said yes.
    Given,
    /// The person said no.
    Refused,
    /// The person holds it.
    Paused,
    /// The person lets it go on.
    Resumed,
    /// The person took it back.
    Withdrawn,
    /// Another party ended it.
    Revoked,
    /// Time ended it.
    Expired,
    /// The operator confirmed the decision before.
    Confirmed,
}

/// One line of a permission's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    /// What happened.
    pub kind: HistoryKindView,
    /// When (ISO 8601, UTC).
    pub at: String,
    /// How far it has got, for a decision.
    pub delivery: DeliveryView,
    /// By when the service has erased the data (`YYYY-MM-DD`), when the receipt says.
    pub erasure_due: Option<String>,
}

/// A permission with its history and uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PermissionDetailView {
    /// What a list shows of it.
    pub permission: PermissionView,
    /// The request it answered.
    pub request_id: String,
    /// What follows from taking it back.
    pub if_withdrawn: TextView,
    /// Its history, oldest first.
    pub history: Vec<HistoryView>,
    /// Its uses, newest first.
    pub uses: Vec<UseView>,
}

/// What allowed a use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum GroundView {
    /// A permission that was in force at that moment and covers the fields.
    Permission,
    /// It names a permission that was not in force, or does not cover the fields.
    NotCovered,
    /// It names no permission of this vault.
    Unknown,
}

/// One use of the person's data that an operator reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UseView {
    /// The use.
    pub id: String,
    /// When (ISO 8601, UTC).
    pub at: String,
    /// Who used it.
    pub party: TextView,
    /// What for.
    pub purpose: TextView,
    /// What was handed over.
    pub fields: Vec<FieldLabelView>,
    /// Whether it was carried out.
    pub is_completed: bool,
    /// What allowed it.
    pub ground: GroundView,
    /// The permission that it names.
    pub permission_id: Option<String>,
}

/// Where an exported proof was put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProofView {
    /// The file's path on this computer.
    pub path: String,
    /// The file's name.
    pub file_name: String,
}
