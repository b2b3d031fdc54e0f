//! Evaluates a rule and keeps the trace of it, so that "why do I see this?" can be answered.

use std::cmp::Ordering;

use jiff::{Unit, civil::Date};

use super::{Comparator, Fact, Operand, Rule, Verdict};

/// A step of an evaluated rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What the step is.
    pub kind: TraceKind,
    /// Its answer.
    pub verdict: Verdict,
}

/// What a step of a rule is, with its parts.
#[derive(Clone, Debug, PartialEq)]
pub enum TraceKind {
    /// All of the parts must hold.
    All(Vec<Trace>),
    /// One of the parts must hold.
    Any(Vec<Trace>),
    /// The part must not hold.
    Not(Box<Trace>),
    /// A comparison with the values that were compared.
    Comparison(ComparisonTrace),
}

/// A comparison with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonTrace {
    /// The left side.
    pub left: OperandTrace,
    /// How they were compared.
    pub comparator: Comparator,
    /// The right side.
    pub right: OperandTrace,
}

/// One side of a comparison with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct OperandTrace {
    /// The operand.
    pub operand: Operand,
    /// Its value, if it is known.
    pub value: Option<Fact>,
}

impl OperandTrace {
    /// Returns the variable that the operand reads, if it reads one.
    pub fn variable(&self) -> Option<&str> {
        variable(&self.operand)
    }
}

impl Trace {
    /// Returns the variables whose missing values left the answer open, in the rule's order.
    pub fn missing(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.collect_missing(&mut names);
        names
    }

    fn collect_missing<'a>(&'a self, names: &mut Vec<&'a str>) {
        if self.verdict != Verdict::Unknown {
            return;
        }
        match &self.kind {
            TraceKind::All(parts) | TraceKind::Any(parts) => {
                for part in parts {
                    part.collect_missing(names);
                }
            }
            TraceKind::Not(part) => part.collect_missing(names),
            TraceKind::Comparison(comparison) => {
                let sides = [&comparison.left, &comparison.right];
                for name in sides.into_iter().filter_map(OperandTrace::variable) {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
            }
        }
    }
}

/// Evaluates `rule` on `today`, asking `facts` for the values of its variables.
pub fn evaluate(rule: &Rule, facts: &dyn Fn(&str) -> Option<Fact>, today: Date) -> Trace {
    match rule {
        Rule::All(rules) => {
            let parts = evaluate_each(rules, facts, today);
            let verdict = parts.iter().map(|part| part.verdict).min();
            Trace {
                verdict: verdict.unwrap_or(Verdict::Yes),
                kind: TraceKind::All(parts),
            }
        }
        Rule::Any(rules) => {
            let parts = evaluate_each(rules, facts, today);
            let verdict = parts.iter().map(|part| part.verdict).max();
            Trace {
                verdict: verdict.unwrap_or(Verdict::No),
                kind: TraceKind::Any(parts),
            }
        }
        Rule::Not(inner) => {
            let part = evaluate(inner, facts, today);
            Trace {
                verdict: part.verdict.not(),
                kind: TraceKind::Not(Box::new(part)),
            }
        }
        Rule::Compare(left, comparator, right) => {
            let left = resolve(left, facts, today);
            let right = resolve(right, facts, today);
            let verdict = match (&left.value, &right.value) {
                (Some(left), Some(right)) => compare(left, *comparator, right),
                _ => Verdict::Unknown,
            };
            Trace {
                verdict,
                kind: TraceKind::Comparison(ComparisonTrace {
                    left,
                    comparator: *comparator,
                    right,
                }),
            }
        }
    }
}

fn evaluate_each(rules: &[Rule], facts: &dyn Fn(&str) -> Option<Fact>, today: Date) -> Vec<Trace> {
    rules
        .iter()
        .map(|rule| evaluate(rule, facts, today))
        .collect()
}

fn resolve(operand: &Operand, facts: &dyn Fn(&str) -> Option<Fact>, today: Date) -> OperandTrace {
    OperandTrace {
        value: value_of(operand, facts, today),
        operand: operand.clone(),
    }
}

fn value_of(operand: &Operand, facts: &dyn Fn(&str) -> Option<Fact>, today: Date) -> Option<Fact> {
    let date_of = |operand| match value_of(operand, facts, today)? {
        Fact::Date(date) => Some(date),
        Fact::Text(_) | Fact::Number(_) | Fact::Boolean(_) | Fact::List(_) => None,
    };
    match operand {
        Operand::Literal(fact) => Some(fact.clone()),
        Operand::Variable(name) => facts(name),
        Operand::Today => Some(Fact::Date(today)),
        Operand::Year(inner) => date_of(inner).map(|date| Fact::Number(f64::from(date.year()))),
        Operand::AgeOn(born, on) => {
            let (born, on) = (date_of(born)?, date_of(on)?);
            let span = born.until((Unit::Year, on)).ok()?;
            Some(Fact::Number(f64::from(span.get_years())))
        }
    }
}

fn variable(operand: &Operand) -> Option<&str> {
    match operand {
        Operand::Variable(name) => Some(name),
        Operand::Year(inner) => variable(inner),
        Operand::AgeOn(born, on) => variable(born).or_else(|| variable(on)),
        Operand::Literal(_) | Operand::Today => None,
    }
}

fn compare(left: &Fact, comparator: Comparator, right: &Fact) -> Verdict {
    match comparator {
        Comparator::OneOf => match right {
            Fact::List(items) => items
                .iter()
                .map(|item| equal(left, item))
                .max()
                .unwrap_or(Verdict::No),
            Fact::Text(_) | Fact::Number(_) | Fact::Date(_) | Fact::Boolean(_) => Verdict::Unknown,
        },
        Comparator::Is => equal(left, right),
        Comparator::IsNot => equal(left, right).not(),
        Comparator::Below => ordered(left, right, Ordering::is_lt),
        Comparator::AtMost => ordered(left, right, Ordering::is_le),
        Comparator::Above => ordered(left, right, Ordering::is_gt),
        Comparator::AtLeast => ordered(left, right, Ordering::is_ge),
    }
}

fn equal(left: &Fact, right: &Fact) -> Verdict {
    match (left, right) {
        (Fact::Text(_), Fact::Text(_))
        | (Fact::Number(_), Fact::Number(_))
        | (Fact::Date(_), Fact::Date(_))
        | (Fact::Boolean(_), Fact::Boolean(_)) => Verdict::from(left == right),
        _ => Verdict::Unknown,
    }
}

fn ordered(left: &Fact, right: &Fact, holds: fn(Ordering) -> bool) -> Verdict {
    let ordering = match (left, right) {
        (Fact::Number(left), Fact::Number(right)) => left.partial_cmp(right),
        (Fact::Date(left), Fact::Date(right)) => Some(left.cmp(right)),
        _ => None,
    };
    ordering.map_or(Verdict::Unknown, |ordering| Verdict::from(holds(ordering)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::super::{MAX_DEPTH, RuleError, parse};
    use super::*;

    #[rstest]
    #[case::missing_is_not_less(json!({"<": [{"var": "age"}, 18]}), Verdict::Unknown)]
    #[case::missing_is_not_different(json!({"!=": [{"var": "town"}, "091"]}), Verdict::Unknown)]
    #[case::not_of_unknown(json!({"!": {"==": [{"var": "town"}, "091"]}}), Verdict::Unknown)]
    #[case::text_is_no_number(json!({">=": [{"var": "textual"}, 2019]}), Verdict::Unknown)]
    #[case::known_and_unknown(json!({"and": [{"==": [1, 1]}, {"==": [{"var": "age"}, 1]}]}), Verdict::Unknown)]
    #[case::false_settles_and(json!({"and": [{"==": [1, 2]}, {"==": [{"var": "age"}, 1]}]}), Verdict::No)]
    #[case::true_settles_or(json!({"or": [{"==": [1, 1]}, {"==": [{"var": "age"}, 1]}]}), Verdict::Yes)]
    #[case::year_of_a_date(json!({"==": [{"year": {"var": "born"}}, 2020]}), Verdict::Yes)]
    #[case::age_on_a_day(json!({"==": [{"age_on": [{"var": "born"}, "2026-02-28"]}, 5]}), Verdict::Yes)]
    #[case::age_on_the_birthday(json!({"==": [{"age_on": [{"var": "born"}, "2026-03-01"]}, 6]}), Verdict::Yes)]
    #[case::age_today(json!({">": [{"age_on": [{"var": "born"}, {"today": []}]}, 5]}), Verdict::Yes)]
    #[case::dates_are_ordered(json!({"<": [{"var": "born"}, {"today": []}]}), Verdict::Yes)]
    #[case::one_of_a_list(json!({"in": ["091", ["049", "091"]]}), Verdict::Yes)]
    #[case::none_of_a_list(json!({"in": ["853", ["049", "091"]]}), Verdict::No)]
    #[case::a_list_of_mine(json!({"in": ["fi", {"var": "languages"}]}), Verdict::Yes)]
    fn what_is_not_known_is_unknown(#[case] rule: Value, #[case] expected: Verdict) {
        assert_eq!(verdict(&rule), expected);
    }

    #[rstest]
    #[case::no_such_operation(json!({"cat": ["a", "b"]}), RuleError::UnknownOperation)]
    #[case::no_regex(json!({"match": [{"var": "town"}, ".*"]}), RuleError::UnknownOperation)]
    #[case::undeclared(json!({"==": [{"var": "income"}, 1]}), RuleError::UndeclaredVariable)]
    #[case::one_operand(json!({"==": [1]}), RuleError::WrongOperands)]
    #[case::two_operations(json!({"and": [], "or": []}), RuleError::WrongOperands)]
    #[case::nothing_to_and(json!({"and": []}), RuleError::WrongOperands)]
    #[case::null(json!({"==": [null, 1]}), RuleError::WrongOperands)]
    #[case::bare_value(json!(true), RuleError::WrongOperands)]
    fn a_rule_that_is_not_in_the_language_is_refused(
        #[case] rule: Value,
        #[case] expected: RuleError,
    ) {
        assert_eq!(parse(&rule, &DECLARED), Err(expected));
    }

    #[test]
    fn a_rule_past_its_bounds_is_refused() {
        let deep = (0..MAX_DEPTH).fold(json!({"==": [1, 1]}), |rule, _| json!({"!": rule}));
        let long = json!({"in": [1, vec![1; 600]]});

        assert_eq!(parse(&deep, &DECLARED), Err(RuleError::TooDeep));
        let wide = json!({"and": vec![json!({"==": [1, 1]}); 300]});
        assert_eq!(parse(&wide, &DECLARED), Err(RuleError::TooLong));
        assert!(parse(&long, &DECLARED).is_ok(), "a list is one step");
    }

    #[test]
    fn the_trace_names_what_is_missing_and_only_that() {
        let rule = json!({"and": [
            {"==": [{"year": {"var": "born"}}, 2020]},
            {"==": [{"var": "town"}, "091"]},
            {"<": [{"var": "age"}, 18]},
            {"!=": [{"var": "town"}, "092"]},
        ]});

        let trace = trace(&rule);

        assert_eq!(trace.missing(), ["town", "age"]);
    }

    proptest! {
        #[test]
        fn knowing_more_never_turns_yes_into_no(age in proptest::option::of(0..100i32), limit in 0..100i32) {
            let rule = json!({"or": [{"<": [{"var": "age"}, limit]}, {"==": [{"var": "born"}, "2020-03-01"]}]});
            let rule = parse(&rule, &DECLARED).unwrap();

            let less = evaluate(&rule, &facts, "2026-11-22".parse().unwrap()).verdict;
            let more = evaluate(
                &rule,
                &|name| match name {
                    "age" => age.map(|age| Fact::Number(f64::from(age))),
                    _ => facts(name),
                },
                "2026-11-22".parse().unwrap(),
            );

            prop_assert!(less == Verdict::Unknown || less == more.verdict);
        }
    }

    const DECLARED: [&str; 5] = ["age", "town", "born", "textual", "languages"];

    fn facts(name: &str) -> Option<Fact> {
        match name {
            "born" => Some(Fact::Date("2020-03-01".parse().unwrap())),
            "textual" => Some(Fact::Text("2020".to_owned())),
            "languages" => Some(Fact::List(vec![Fact::Text("fi".to_owned())])),
            _ => None,
        }
    }

    fn trace(rule: &Value) -> Trace {
        let rule = parse(rule, &DECLARED).unwrap();
        evaluate(&rule, &facts, "2026-11-22".parse().unwrap())
    }

    fn verdict(rule: &Value) -> Verdict {
        trace(rule).verdict
    }
}
