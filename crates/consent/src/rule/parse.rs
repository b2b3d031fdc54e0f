//! Reads a rule from its JSON form, refusing whatever it does not know.

use jiff::civil::Date;
use serde_json::Value;

use super::{Comparator, Fact, MAX_DEPTH, MAX_STEPS, Operand, Rule, RuleError};

/// Reads a rule over the variables in `declared`.
///
/// # Errors
///
/// Returns [`RuleError`] if the rule is too large, uses an operation that is not in the language,
/// gives an operation the wrong operands, or names a variable that is not declared.
pub fn parse(rule: &Value, declared: &[&str]) -> Result<Rule, RuleError> {
    Parser { declared, steps: 0 }.rule(rule, 0)
}

struct Parser<'a> {
    declared: &'a [&'a str],
    steps: usize,
}

impl Parser<'_> {
    fn step(&mut self, depth: usize) -> Result<usize, RuleError> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(RuleError::TooLong);
        }
        if depth >= MAX_DEPTH {
            return Err(RuleError::TooDeep);
        }
        Ok(depth + 1)
    }

    fn rule(&mut self, json: &Value, depth: usize) -> Result<Rule, RuleError> {
        let depth = self.step(depth)?;
        let (name, operands) = operation(json)?;
        match name {
            "and" => Ok(Rule::All(self.rules(operands, depth)?)),
            "or" => Ok(Rule::Any(self.rules(operands, depth)?)),
            "!" => {
                let inner = match operands.as_array() {
                    Some(items) => one(items)?,
                    None => operands,
                };
                Ok(Rule::Not(Box::new(self.rule(inner, depth)?)))
            }
            _ => {
                let comparator = comparator(name).ok_or(RuleError::UnknownOperation)?;
                let Some([left, right]) = operands.as_array().map(Vec::as_slice) else {
                    return Err(RuleError::WrongOperands);
                };
                Ok(Rule::Compare(
                    self.operand(left, depth)?,
                    comparator,
                    self.operand(right, depth)?,
                ))
            }
        }
    }

    fn rules(&mut self, operands: &Value, depth: usize) -> Result<Vec<Rule>, RuleError> {
        let items = operands.as_array().filter(|items| !items.is_empty());
        items
            .ok_or(RuleError::WrongOperands)?
            .iter()
            .map(|item| self.rule(item, depth))
            .collect()
    }

    fn operand(&mut self, json: &Value, depth: usize) -> Result<Operand, RuleError> {
        let depth = self.step(depth)?;
        if !json.is_object() {
            return self.literal(json, depth).map(Operand::Literal);
        }
        match operation(json)? {
            ("var", Value::String(name)) if self.declared.contains(&name.as_str()) => {
                Ok(Operand::Variable(name.clone()))
            }
            ("var", Value::String(_)) => Err(RuleError::UndeclaredVariable),
            ("year", Value::Array(items)) => {
                Ok(Operand::Year(Box::new(self.operand(one(items)?, depth)?)))
            }
            ("year", inner) => Ok(Operand::Year(Box::new(self.operand(inner, depth)?))),
            ("age_on", Value::Array(items)) => match items.as_slice() {
                [born, on] => Ok(Operand::AgeOn(
                    Box::new(self.operand(born, depth)?),
                    Box::new(self.operand(on, depth)?),
                )),
                _ => Err(RuleError::WrongOperands),
            },
            ("today", Value::Array(items)) if items.is_empty() => Ok(Operand::Today),
            ("today", Value::Null) => Ok(Operand::Today),
            ("var" | "age_on" | "today", _) => Err(RuleError::WrongOperands),
            _ => Err(RuleError::UnknownOperation),
        }
    }

    fn literal(&mut self, json: &Value, depth: usize) -> Result<Fact, RuleError> {
        match json {
            Value::String(text) => {
                Ok(date(text).map_or_else(|| Fact::Text(text.clone()), Fact::Date))
            }
            Value::Number(number) => number
                .as_f64()
                .map(Fact::Number)
                .ok_or(RuleError::WrongOperands),
            Value::Bool(value) => Ok(Fact::Boolean(*value)),
            Value::Array(items) => {
                let depth = self.step(depth)?;
                let items = items.iter().map(|item| self.literal(item, depth));
                Ok(Fact::List(items.collect::<Result<_, _>>()?))
            }
            Value::Null | Value::Object(_) => Err(RuleError::WrongOperands),
        }
    }
}

/// Reads the one member of an operation: its name and its operands.
fn operation(json: &Value) -> Result<(&str, &Value), RuleError> {
    let members = json.as_object().ok_or(RuleError::WrongOperands)?;
    match members.iter().next() {
        Some((name, operands)) if members.len() == 1 => Ok((name, operands)),
        _ => Err(RuleError::WrongOperands),
    }
}

fn one(items: &[Value]) -> Result<&Value, RuleError> {
    match items {
        [item] => Ok(item),
        _ => Err(RuleError::WrongOperands),
    }
}

fn comparator(name: &str) -> Option<Comparator> {
    match name {
        "==" => Some(Comparator::Is),
        "!=" => Some(Comparator::IsNot),
        "<" => Some(Comparator::Below),
        "<=" => Some(Comparator::AtMost),
        ">" => Some(Comparator::Above),
        ">=" => Some(Comparator::AtLeast),
        "in" => Some(Comparator::OneOf),
        _ => None,
    }
}

/// A text is a date only in the one form `YYYY-MM-DD`.
fn date(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}
