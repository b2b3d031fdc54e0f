//! The TypeScript types in `ui/src/backend/bindings.ts` are those of the views.

use std::{fmt::Write, fs, path::Path};

use app::view::{
    AnswerView, AvailabilityView, ComparisonOperatorView, ComparisonView, ConnectionView,
    DeliveryView, ErrorCode, FieldLabelView, FieldView, GroundView, HistoryKindView, HistoryView,
    LabelledValueView, LanguageView, NodeKindView, NodeView, NoticeView, ObstacleView,
    OfferStateView, OfferView, OperandView, OperatorView, OutcomeView, PermissionDetailView,
    PermissionStatusView, PermissionView, PhaseView, ProofView, RequestStateView,
    RequestSummaryView, RequestView, SourceView, StatusView, StorageView, StrengthAdvice,
    StrengthView, SubjectView, TextView, TopicView, TraceKindView, TraceView, TransformView,
    UiError, UseView, ValueView, VerdictView,
};
use ts_rs::{Config, TS};

#[test]
fn the_typescript_types_are_those_of_the_views() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/backend/bindings.ts");
    let today = bindings();

    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        fs::write(&file, &today).unwrap();
    }

    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == today,
        "run `cargo xtask bindings` to write {} anew",
        file.display()
    );
}

fn bindings() -> String {
    let config = Config::default();
    let mut text = String::from(
        "// Written by `cargo xtask bindings` from crates/app/src/view. Do not edit.\n",
    );
    macro_rules! declare {
        ($($view:ty),+ $(,)?) => {$(
            write!(text, "\nexport {}\n", <$view>::decl(&config)).unwrap();
        )+};
    }
    declare!(
        LanguageView,
        TextView,
        PhaseView,
        StatusView,
        StrengthAdvice,
        StrengthView,
        ConnectionView,
        OperatorView,
        TopicView,
        OutcomeView,
        NodeKindView,
        ValueView,
        NodeView,
        SourceView,
        RequestStateView,
        SubjectView,
        RequestSummaryView,
        ObstacleView,
        AvailabilityView,
        LabelledValueView,
        FieldView,
        StorageView,
        NoticeView,
        RequestView,
        AnswerView,
        PermissionStatusView,
        DeliveryView,
        FieldLabelView,
        PermissionView,
        HistoryKindView,
        HistoryView,
        GroundView,
        UseView,
        PermissionDetailView,
        ProofView,
        VerdictView,
        OfferStateView,
        TraceKindView,
        TransformView,
        OperandView,
        ComparisonOperatorView,
        ComparisonView,
        TraceView,
        OfferView,
        ErrorCode,
        UiError,
    );
    text
}
