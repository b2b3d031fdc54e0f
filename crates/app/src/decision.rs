//! Makes a decision durable: what changes, and the signed statement that announces it, in one
//! transaction.

use consent::{ConsentId, Language, PersonId, StatementId, record::Event, request::AccessRequest};
use jiff::Timestamp;
use operator_protocol::{
    key::SigningKey,
    statement::{Actor, Decision, StatementHead, Ui, sign_statement},
    status::ConsentStatus,
};
use pii::Personal;
use uuid::Uuid;
use vault::{
    Connection, Transaction, consents, delegations,
    operators::StoredOperator,
    outbox::{self, MessageKind, NewMessage},
    statements::{self, StoredStatement},
};

use crate::AppError;

/// How this app names itself in statements.
pub(crate) const APP: &str = concat!("lokero/", env!("CARGO_PKG_VERSION"));

/// Draws a new identifier (UUID version 7). The shell draws real ones, tests count.
pub type DrawId<'a> = &'a mut dyn FnMut() -> Uuid;

/// What a statement says besides what happened.
pub(crate) struct About<'a> {
    pub(crate) operator: &'a StoredOperator,
    pub(crate) record_hash: &'a str,
    pub(crate) request: &'a AccessRequest,
    pub(crate) language: Language,
    /// What the person did, such as `button`.
    pub(crate) method: &'static str,
}

/// Appends `event` to its record's history and, if others need to know, owes the signed
/// statement to the operator.
pub(crate) fn make_durable(
    tx: &Transaction<'_>,
    event: &Event,
    about: &About<'_>,
    draw: DrawId<'_>,
) -> Result<(), AppError> {
    let event_seq = consents::append(tx, event)?;
    let Some(status) = ConsentStatus::stated_for(event.kind) else {
        return Ok(());
    };
    let head = statements::head(tx, event.consent)?.map(|head| StatementHead {
        seq: head.chain_seq,
        hash: head.hash,
    });
    let statement = sign(
        tx,
        about,
        Stated {
            consent: event.consent,
            event_seq,
            at: event.at,
            status,
        },
        head.as_ref(),
        draw,
    )?;
    outbox::push(tx, &statement.message)?;
    Ok(statements::insert(tx, &statement.stored)?)
}

/// What is stated of a record.
#[derive(Clone, Copy)]
pub(crate) struct Stated {
    pub(crate) consent: ConsentId,
    pub(crate) event_seq: i64,
    pub(crate) at: Timestamp,
    pub(crate) status: ConsentStatus,
}

/// A signed statement, to be stored and to be owed.
pub(crate) struct Statement {
    pub(crate) stored: StoredStatement,
    pub(crate) message: NewMessage,
}

/// Signs what is stated on top of `head`.
pub(crate) fn sign(
    conn: &Connection,
    about: &About<'_>,
    stated: Stated,
    head: Option<&StatementHead>,
    draw: DrawId<'_>,
) -> Result<Statement, AppError> {
    let key = signing_key(about.operator)?;
    let id = draw();
    let decision = Decision {
        operator: about.operator.operator_id.clone(),
        subject: about.request.subject.clone(),
        consent: stated.consent,
        record_hash: about.record_hash.to_owned(),
        id: StatementId::from_uuid(id),
        decided_at: stated.at,
        status: stated.status,
        processes: vec![about.request.process.clone()],
        actor: actor(conn, about.operator, &about.request.subject)?,
        ui: Ui {
            lang: about.language,
            method: about.method.to_owned(),
            app: APP.to_owned(),
        },
    };
    let signed = sign_statement(&key, decision, head)?;
    let jws = Personal::new(signed.compact);
    Ok(Statement {
        stored: StoredStatement {
            statement_id: StatementId::from_uuid(id),
            consent_id: stated.consent,
            event_seq: stated.event_seq,
            chain_seq: signed.head.seq,
            jws: jws.clone(),
            hash: signed.head.hash,
            is_superseded: false,
            signed_at: stated.at,
        },
        message: NewMessage {
            message_id: id,
            operator_id: about.operator.operator_id.clone(),
            consent_id: stated.consent,
            kind: MessageKind::Statement,
            is_withdrawal: stated.status == ConsentStatus::ConsentWithdrawn,
            body: jws,
            queued_at: stated.at,
        },
    })
}

/// Returns the person who decides at `operator`.
pub(crate) fn person(operator: &StoredOperator) -> Result<&PersonId, AppError> {
    operator.person_id.as_ref().ok_or(AppError::SignInNeeded)
}

/// Returns whether the person may decide for `subject` at `now`, as far as the vault knows.
pub(crate) fn may_decide_for(
    conn: &Connection,
    operator: &StoredOperator,
    subject: &PersonId,
    now: Timestamp,
) -> Result<bool, AppError> {
    if operator.person_id.as_ref() == Some(subject) {
        return Ok(true);
    }
    let delegation = delegations::find(conn, &operator.operator_id, subject)?;
    Ok(delegation.is_some_and(|delegation| now < delegation.expires_at))
}

fn actor(
    conn: &Connection,
    operator: &StoredOperator,
    subject: &PersonId,
) -> Result<Option<Actor>, AppError> {
    let person = person(operator)?;
    if person == subject {
        return Ok(None);
    }
    let delegation = delegations::find(conn, &operator.operator_id, subject)?;
    Ok(Some(Actor {
        sub: person.clone(),
        authority: delegation.map(|delegation| delegation.authority),
    }))
}

fn signing_key(operator: &StoredOperator) -> Result<SigningKey, AppError> {
    let seed = operator.device_seed.clone().ok_or(AppError::SignInNeeded)?;
    Ok(SigningKey::from_seed(seed))
}
