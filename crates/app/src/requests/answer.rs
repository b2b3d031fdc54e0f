//! The person's answer to a request: in force at once, and owed to the operator.

use consent::{
    ConsentId, Language, RequestId, StatementId,
    record::{Command, ConsentRecord, Status, decide},
    request::{AccessRequest, Necessity, RequestedField},
};
use jiff::Timestamp;
use operator_protocol::record::{self, Choice, RecordContext};
use pii::Personal;
use vault::{
    Transaction, Vault, consents,
    consents::StoredConsent,
    journal, operators,
    outbox::{self, MessageKind, NewMessage},
    requests::{self, RequestState},
};

use super::understood;
use crate::{
    AppError,
    decision::{About, DrawId, make_durable, may_decide_for},
};

/// What the person answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes, with these of the optional fields.
    Give {
        /// Their paths.
        optional_fields: Vec<String>,
    },
    /// No.
    Refuse,
    /// Later: nothing leaves, and the request stays.
    Later,
}

/// Answers a request. A yes or no holds on this device from here on, whether or not the
/// operator can be reached; it is owed to the operator in the same transaction.
///
/// # Errors
///
/// Returns [`AppError::RequestClosed`] if it has been answered or taken back,
/// [`AppError::NotAcceptable`] if yes cannot be said to it, or names a field that it does not
/// have, and [`AppError::SignInNeeded`] if no operator has bound this device yet.
#[tracing::instrument(skip_all, err)]
pub fn answer_request(
    vault: &mut Vault,
    id: &RequestId,
    answer: &Answer,
    language: Language,
    draw: DrawId<'_>,
    now: Timestamp,
) -> Result<(), AppError> {
    vault.write(|tx| {
        let stored = requests::find(tx, id)?.ok_or(AppError::NotFound("request"))?;
        let request = understood(&stored)?.ok_or(AppError::NotFound("request"))?;
        if !matches!(
            stored.state,
            RequestState::Requested | RequestState::Deferred
        ) {
            return Err(AppError::RequestClosed);
        }
        let (command, choice) = match answer {
            Answer::Later => return Ok(requests::set_state(tx, id, RequestState::Deferred)?),
            Answer::Refuse => (Command::Refuse, Choice::all(&request)),
            Answer::Give { optional_fields } => {
                if !request.may_be_given(now) {
                    return Err(AppError::NotAcceptable);
                }
                (Command::Give, choose(&request, optional_fields)?)
            }
        };
        Decided {
            request: &request,
            command,
            choice,
            language,
        }
        .write(tx, draw, now)
    })
}

/// Takes in the optional fields that the person chose; a yes to nothing is none.
fn choose(request: &AccessRequest, optional: &[String]) -> Result<Choice, AppError> {
    let is_optional = |path: &String| {
        request
            .fields
            .iter()
            .any(|field| field.path == *path && field.necessity == Necessity::Optional)
    };
    let has_required = request
        .fields
        .iter()
        .any(|field| field.necessity == Necessity::Required);
    if !optional.iter().all(is_optional) || !has_required && optional.is_empty() {
        return Err(AppError::NotAcceptable);
    }
    Ok(Choice {
        included: optional.iter().cloned().collect(),
    })
}

/// Returns the language of the notice that the person could read: their own if there is one.
fn notice_language(request: &AccessRequest, language: Language) -> Language {
    std::iter::once(language)
        .chain(Language::ALL)
        .find(|language| request.notice.hashes.in_language(*language).is_some())
        .unwrap_or(language)
}

/// A yes or no, ready to be written.
struct Decided<'a> {
    request: &'a AccessRequest,
    command: Command,
    choice: Choice,
    language: Language,
}

impl Decided<'_> {
    fn fields(&self) -> Vec<String> {
        let is_taken_in = |field: &&RequestedField| {
            field.necessity == Necessity::Required || self.choice.included.contains(&field.path)
        };
        let fields = self.request.fields.iter().filter(is_taken_in);
        fields.map(|field| field.path.clone()).collect()
    }

    fn write(
        &self,
        tx: &Transaction<'_>,
        draw: DrawId<'_>,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let request = self.request;
        let operator = operators::find(tx, &request.operator)?.ok_or(AppError::SignInNeeded)?;
        if !may_decide_for(tx, &operator, &request.subject, now)? {
            return Err(AppError::NotAcceptable);
        }
        let consent = ConsentId::from_uuid(draw());
        let event = decide(
            &ConsentRecord {
                id: consent,
                status: Status::Requested,
                expires_at: request.permission_ends_at(),
            },
            self.command,
            now,
        )?;

        let made = record::build(
            request,
            &self.choice,
            &RecordContext {
                id: consent,
                created_at: now,
                language: notice_language(request, self.language),
                notice_date: None,
                replaces: None,
            },
        )?;
        let record_hash = record::hash(&made)?;
        let body = String::from_utf8(record::to_bytes(&made)?)
            .map(Personal::new)
            .map_err(|_| AppError::Stored("record"))?;
        consents::insert(
            tx,
            &StoredConsent {
                consent_id: consent,
                operator_id: request.operator.clone(),
                request_id: request.id.clone(),
                subject_id: request.subject.clone(),
                service_id: request.service.clone(),
                record: body.clone(),
                record_hash: record_hash.clone(),
                request: Personal::new(
                    serde_json::to_string(request).map_err(|_| AppError::Stored("request"))?,
                ),
                fields: self.fields(),
                created_at: now,
                expires_at: request.permission_ends_at(),
            },
        )?;
        outbox::push(
            tx,
            &NewMessage {
                message_id: StatementId::from_uuid(draw()).as_uuid(),
                operator_id: request.operator.clone(),
                consent_id: consent,
                kind: MessageKind::Record,
                is_withdrawal: false,
                body,
                queued_at: now,
            },
        )?;
        make_durable(
            tx,
            &event,
            &About {
                operator: &operator,
                record_hash: &record_hash,
                request,
                language: self.language,
                method: "button",
            },
            draw,
        )?;
        requests::set_answer(tx, &request.id, consent)?;
        journal::append(tx, "request_answered", Some(&consent.to_string()), now)?;
        tracing::info!(%consent, "Decision made");
        Ok(())
    }
}
