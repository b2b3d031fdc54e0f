//! `mdc-rules/1`: the rules by which an offer is matched, inside the vault.
//!
//! Only `and or ! == != < <= > >= in var year age_on today`, over declared variables, in Kleene's
//! three-valued logic: what the vault does not know is *unknown*, never false and never true.
//! Nothing is coerced: comparing a text with a number is unknown. Plain JsonLogic is wrong here,
//! since it takes a missing value for `null` and compares it.
//!
//! **Invariant:** cost is bounded by [`MAX_STEPS`] and [`MAX_DEPTH`], checked before evaluation.

mod evaluate;
mod parse;

pub use evaluate::{ComparisonTrace, OperandTrace, Trace, TraceKind, evaluate};
pub use parse::parse;

use jiff::civil::Date;

/// The most steps that a rule may have.
pub const MAX_STEPS: usize = 500;

/// The deepest that a rule may be nested.
pub const MAX_DEPTH: usize = 32;

/// A rule that was understood whole.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// All of them hold.
    All(Vec<Rule>),
    /// One of them holds.
    Any(Vec<Rule>),
    /// It does not hold.
    Not(Box<Rule>),
    /// Two operands compare so.
    Compare(Operand, Comparator, Operand),
}

/// How two operands are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `==`
    Is,
    /// `!=`
    IsNot,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
    /// `in`: the left value is one of those on the right.
    OneOf,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A value that the rule spells out.
    Literal(Fact),
    /// The value of a declared variable.
    Variable(String),
    /// The year of a date.
    Year(Box<Operand>),
    /// The age in whole years of one born on the first date, on the second.
    AgeOn(Box<Operand>, Box<Operand>),
    /// The day of the evaluation.
    Today,
}

/// A value that a rule can compare.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// Words or a code.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// True or false.
    Boolean(bool),
    /// Several values, for `in`.
    List(Vec<Fact>),
}

/// The answer of a rule, in Kleene's strong three-valued logic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It does not hold.
    No,
    /// The vault does not know enough.
    Unknown,
    /// It holds.
    Yes,
}

impl Verdict {
    const fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Verdict {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// Why a rule is refused before it is ever evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// It has more steps than [`MAX_STEPS`].
    #[error("the rule has too many steps")]
    TooLong,
    /// It is nested more deeply than [`MAX_DEPTH`].
    #[error("the rule is nested too deeply")]
    TooDeep,
    /// It uses an operation that is not in the language.
    #[error("the rule uses an operation that is not in the language")]
    UnknownOperation,
    /// An operation has the wrong operands.
    #[error("an operation of the rule has the wrong operands")]
    WrongOperands,
    /// It uses a variable that the offer does not declare.
    #[error("the rule uses a variable that is not declared")]
    UndeclaredVariable,
}
