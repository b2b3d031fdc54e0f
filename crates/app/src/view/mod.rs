//! What screens show: plain values in camelCase, exported to TypeScript (`ui/src/backend/bindings.ts`).
//!
//! Views hold texts in all the languages that their author gave; the screen picks one. What a
//! person may do next is decided here and sent along, so that no component repeats a rule.

mod data;
mod error;
mod offer;
mod operator;
mod permission;
mod request;

pub use data::{NodeKindView, NodeView, OutcomeView, SourceView, ValueView};
pub use error::{ErrorCode, UiError};
pub use offer::{
    ComparisonView, OfferStateView, OfferView, OperandView, OperatorView as ComparisonOperatorView,
    TraceKindView, TraceView, TransformView, VerdictView,
};
pub use operator::{
    ConnectionView, LanguageView, OperatorView, PhaseView, StatusView, StrengthAdvice,
    StrengthView, TextView, TopicView,
};
pub use permission::{
    DeliveryView, FieldLabelView, GroundView, HistoryKindView, HistoryView, PermissionDetailView,
    PermissionStatusView, PermissionView, ProofView, UseView,
};
pub use request::{
    AnswerView, AvailabilityView, FieldView, LabelledValueView, NoticeView, ObstacleView,
    RequestStateView, RequestSummaryView, RequestView, StorageView, SubjectView,
};
