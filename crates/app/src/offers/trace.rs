//! A rule's trace in the form in which a screen puts it into words.

use consent::rule::{
    Comparator, ComparisonTrace, Fact, Operand, OperandTrace, Trace, TraceKind, Verdict,
};

use super::facts::Facts;
use crate::view::{
    ComparisonOperatorView, ComparisonView, OperandView, TraceKindView, TraceView, TransformView,
    ValueView, VerdictView,
};

pub(super) fn trace_view(trace: &Trace, facts: &Facts) -> TraceView {
    let parts = |parts: &[Trace]| parts.iter().map(|part| trace_view(part, facts)).collect();
    let (kind, parts, comparison) = match &trace.kind {
        TraceKind::All(all) => (TraceKindView::All, parts(all), None),
        TraceKind::Any(any) => (TraceKindView::Any, parts(any), None),
        TraceKind::Not(part) => (TraceKindView::Not, vec![trace_view(part, facts)], None),
        TraceKind::Comparison(comparison) => (
            TraceKindView::Comparison,
            Vec::new(),
            Some(comparison_view(comparison, facts)),
        ),
    };
    TraceView {
        kind,
        verdict: match trace.verdict {
            Verdict::Yes => VerdictView::Yes,
            Verdict::No => VerdictView::No,
            Verdict::Unknown => VerdictView::Unknown,
        },
        parts,
        comparison,
    }
}

fn comparison_view(comparison: &ComparisonTrace, facts: &Facts) -> ComparisonView {
    let mut left = operand_view(&comparison.left, facts);
    let mut right = operand_view(&comparison.right, facts);
    // A bare code such as a municipality's number reads best as the person's own value reads.
    for (literal, view, other) in [
        (&comparison.right, &mut right, &comparison.left),
        (&comparison.left, &mut left, &comparison.right),
    ] {
        if let (None, Some(fact), Operand::Variable(name)) =
            (literal.variable(), &literal.value, &other.operand)
            && let Some(words) = facts.in_words(name, fact)
        {
            view.value = Some(words);
        }
    }
    ComparisonView {
        left,
        operator: match comparison.comparator {
            Comparator::Is => ComparisonOperatorView::Is,
            Comparator::IsNot => ComparisonOperatorView::IsNot,
            Comparator::Below => ComparisonOperatorView::Below,
            Comparator::AtMost => ComparisonOperatorView::AtMost,
            Comparator::Above => ComparisonOperatorView::Above,
            Comparator::AtLeast => ComparisonOperatorView::AtLeast,
            Comparator::OneOf => ComparisonOperatorView::OneOf,
        },
        right,
    }
}

fn operand_view(operand: &OperandTrace, facts: &Facts) -> OperandView {
    let transform = match &operand.operand {
        Operand::Year(_) => TransformView::Year,
        Operand::AgeOn(..) => TransformView::Age,
        Operand::Literal(_) | Operand::Variable(_) | Operand::Today => TransformView::None,
    };
    let variable = operand.variable();
    let own = variable
        .filter(|_| transform == TransformView::None)
        .and_then(|name| facts.value(name));
    OperandView {
        label: variable.map(|name| facts.label(name).into()),
        transform,
        value: own.or_else(|| operand.value.as_ref().map(fact_view)),
    }
}

fn fact_view(fact: &Fact) -> ValueView {
    match fact {
        Fact::Text(text) => ValueView::Text { text: text.clone() },
        Fact::Number(number) => ValueView::Number {
            number: number.to_string(),
        },
        Fact::Date(date) => ValueView::Date {
            date: date.to_string(),
        },
        Fact::Boolean(yes) => ValueView::Boolean { yes: *yes },
        Fact::List(items) => ValueView::List {
            items: items.iter().map(fact_view).collect(),
        },
    }
}
