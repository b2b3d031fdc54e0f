//! What a check found, with enough for words and nothing to be translated.

use consent::{OperatorId, PersonId, record::Status};
use serde::Serialize;

use crate::{ProtocolError, statement::StatementPayload, status::ConsentStatus};

/// What checking a chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChainReport {
    /// Each check, in the order in which they were made.
    pub checks: Vec<Check>,
    /// Where the consent stands by the statements whose signatures hold; none if there are none.
    /// A no by anyone wins; whether all have said yes who must is not known here.
    pub status: Option<Status>,
    /// What the head of each device's chain says, and who decided it.
    pub answers: Vec<(PersonId, ConsentStatus)>,
    /// The operator that signed the bindings, if one of them holds.
    pub operator: Option<OperatorId>,
    /// How it is known that who decided may decide.
    pub authority: Authority,
    /// The statements whose signatures hold, with their numbers in the order given.
    pub statements: Vec<(usize, StatementPayload)>,
    /// The numbers of the statements for which there is no receipt.
    pub without_receipt: Vec<usize>,
}

impl ChainReport {
    /// Returns whether every check holds.
    pub fn holds(&self) -> bool {
        self.checks
            .iter()
            .all(|check| check.outcome == Outcome::Holds)
    }

    /// Returns the checks that failed.
    pub fn faults(&self) -> impl Iterator<Item = (&Check, Fault)> {
        self.checks.iter().filter_map(|check| match check.outcome {
            Outcome::Holds => None,
            Outcome::Fails(fault) => Some((check, fault)),
        })
    }
}

/// One check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was checked.
    pub step: Step,
    /// Which of them, counted from 1 in the order given.
    pub number: usize,
    /// How it went.
    pub outcome: Outcome,
}

/// What is checked, in the order in which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The operator bound a key to a person.
    Binding,
    /// The operator found that a person may decide for another.
    Delegation,
    /// The key that signed a statement is bound to who decided, and was at that time.
    DeviceKey,
    /// The key signed the statement.
    Signature,
    /// The statement has its place in the chain.
    Link,
    /// The statement is about this record.
    RecordHash,
    /// The operator signed a receipt for a statement.
    Receipt,
    /// The service asked for what the record says.
    Request,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It does not.
    Fails(Fault),
}

/// Why a check failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// There is nothing to check.
    Nothing,
    /// It cannot be read.
    Unreadable,
    /// It is of another kind.
    WrongKind,
    /// It asks for what this version does not do.
    Unsupported,
    /// No known key signed it.
    UnknownKey,
    /// The signature is not of this content.
    BadSignature,
    /// Its parts contradict each other.
    Contradiction,
    /// It is by, or for, another operator.
    OtherOperator,
    /// It was signed when the key was not bound.
    OutsideBinding,
    /// Another person than the key's decided.
    OtherPerson,
    /// No delegation covers the decision.
    NoAuthority,
    /// Something is missing before it, or it is not in its place.
    OutOfPlace,
    /// It cannot follow what was decided before.
    OutOfTurn,
    /// It is there twice.
    Repeated,
    /// It is about another record, or the record has been changed.
    OtherRecord,
    /// It is about a statement that is not here.
    StatementMissing,
    /// It says something else than the statement.
    OtherStatement,
    /// It asks for something else than the record says.
    OtherTerms,
}

impl From<ProtocolError> for Fault {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::TooLarge(_) | ProtocolError::Malformed(_) => Self::Unreadable,
            ProtocolError::WrongKind { .. } => Self::WrongKind,
            ProtocolError::Unsupported(_) => Self::Unsupported,
            ProtocolError::UnknownKey => Self::UnknownKey,
            ProtocolError::BadSignature => Self::BadSignature,
            ProtocolError::Contradiction(_) => Self::Contradiction,
        }
    }
}

/// How it is known that who decided may decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// Each decided in their own matter.
    OwnMatter,
    /// A delegation that the operator signed is there.
    Delegated,
    /// Someone decided for another, and no delegation is there: the operator must have checked.
    NotShown,
}
