//! Messages that arrived, messages that did not, and messages to be signed anew.

use consent::{ConsentId, StatementId};
use jiff::Timestamp;
use operator_protocol::{
    receipt::{self, ReceiptPayload},
    statement::{StatementHead, StatementPayload},
};
use operator_sync::{
    Failure, Jitter, Tokens,
    delivery::{Conflict, Effect, Parcel, Reply},
    wants::Want,
};
use pii::Personal;
use url::Url;
use vault::{
    consents, operators,
    outbox::{self, MessageState},
    receipts::{self, StoredReceipt},
    statements::{self, StoredStatement},
};

use super::{Intake, Taken, start};
use crate::{
    AppError,
    decision::{About, Stated, sign},
    permissions::answered_request,
    view::TopicView,
};

/// Stands for a refusal whose problem says nothing that this version knows.
const REFUSED: &str = "refused";

impl Intake<'_, '_> {
    pub(super) fn on_tokens(&mut self, tokens: Tokens) -> Result<Taken, AppError> {
        let id = self.operator.operator_id.clone();
        operators::update_tokens(self.tx, &id, &stored_tokens(tokens, self.now))?;
        let fresh = operators::find(self.tx, &id)?.ok_or(AppError::NotFound("operator"))?;
        self.known.plan.on_access(start::access(&fresh));
        self.operator = fresh;
        Ok(Taken::Stored)
    }

    pub(super) fn on_stream(&mut self, url: Url) -> Result<Taken, AppError> {
        operators::update_stream(self.tx, &self.operator.operator_id, Some(url.as_str()))?;
        self.known.plan.on_stream(url);
        Ok(Taken::Stored)
    }

    /// Takes in that the operator has a record.
    pub(super) fn on_accepted(
        &mut self,
        parcel: Parcel,
        jitter: Jitter,
    ) -> Result<Taken, AppError> {
        let effect = self
            .known
            .plan
            .delivery
            .on_reply(parcel, Reply::Accepted, self.now, jitter);
        if let Some(Effect::Settled(message)) = effect {
            self.settle(message)?;
        }
        Ok(Taken::Stored)
    }

    /// Takes in the receipt of a statement that was sent. One that does not hold proves nothing:
    /// the statement stays owed.
    pub(super) fn on_statement_receipt(
        &mut self,
        parcel: Parcel,
        jws: &Personal<String>,
        jitter: Jitter,
    ) -> Result<Taken, AppError> {
        let Parcel::Message(message) = parcel else {
            return Ok(Taken::NotUnderstood("a receipt for a record"));
        };
        let statement = statements::find(self.tx, message)?;
        let is_sound = match &statement {
            Some(statement) => self.take_in_receipt(jws, Some(statement))?,
            None => false,
        };
        let reply = if is_sound {
            Reply::Accepted
        } else {
            Reply::Unsound
        };
        let effect = self
            .known
            .plan
            .delivery
            .on_reply(parcel, reply, self.now, jitter);
        if let Some(Effect::Settled(message)) = effect {
            self.settle(message)?;
        }
        Ok(Taken::Stored)
    }

    /// Stores a receipt if it holds for `statement`, or for any statement of this vault. Returns
    /// whether it does.
    pub(super) fn take_in_receipt(
        &mut self,
        jws: &Personal<String>,
        statement: Option<&StoredStatement>,
    ) -> Result<bool, AppError> {
        let keys = &self.known.discovered.keys;
        let Ok(verified) = receipt::verify(jws.reveal(), keys) else {
            return Ok(false);
        };
        let receipt = verified.payload;
        let statement = match statement {
            Some(statement) => Some(statement.clone()),
            None => self.statement_of(&receipt)?,
        };
        let holds = statement.is_some_and(|statement| {
            receipt.iss == self.operator.operator_id
                && receipt.csr == statement.hash
                && receipt.cr_id == statement.consent_id
                && receipt.seq == statement.chain_seq
        });
        if !holds {
            return Ok(false);
        }
        let is_new = receipts::insert(
            self.tx,
            &StoredReceipt {
                receipt_id: format!("{} {}", receipt.iss, receipt.jti),
                consent_id: receipt.cr_id,
                statement_hash: receipt.csr.clone(),
                jws: jws.clone(),
                effective_at: receipt.effective_at,
                received_at: self.now,
            },
        )?;
        if is_new {
            self.tell(TopicView::Permissions);
        }
        Ok(true)
    }

    fn statement_of(&self, receipt: &ReceiptPayload) -> Result<Option<StoredStatement>, AppError> {
        let chain = statements::list(self.tx, receipt.cr_id)?;
        Ok(chain
            .into_iter()
            .find(|statement| statement.hash == receipt.csr))
    }

    pub(super) fn settle(&mut self, message: StatementId) -> Result<(), AppError> {
        outbox::mark_accepted(self.tx, message.as_uuid(), self.now)?;
        self.tell(TopicView::Permissions);
        self.tell(TopicView::Operators);
        Ok(())
    }

    pub(super) fn on_delivery_effect(
        &mut self,
        effect: Effect,
        failure: &Failure,
    ) -> Result<(), AppError> {
        match effect {
            Effect::Settled(message) => self.settle(message),
            Effect::SetAside(message) => {
                outbox::set_aside(self.tx, message.as_uuid(), problem_code(failure), self.now)?;
                self.tell(TopicView::Permissions);
                Ok(())
            }
            Effect::Resign {
                consent,
                message,
                head,
            } => self.on_conflict(consent, message, head),
        }
    }

    /// The operator's chain has another head than the one that `message` was signed on.
    fn on_conflict(
        &mut self,
        consent: ConsentId,
        message: StatementId,
        head: Option<StatementHead>,
    ) -> Result<(), AppError> {
        let chain = statements::list(self.tx, consent)?;
        let Some(refused) = chain.iter().find(|it| it.statement_id == message) else {
            return Ok(());
        };
        let hashes = chain.iter().map(|statement| statement.hash.as_str());
        match Conflict::of(head.as_ref(), &refused.hash, hashes) {
            Conflict::AlreadyThere => {
                self.known.plan.delivery.reconcile([]);
                self.settle(message)?;
                // Its receipt was lost on the way.
                self.known.plan.wants.add(Want::Consents);
                self.renew_delivery()
            }
            Conflict::Behind | Conflict::Unknown => {
                self.sign_anew(consent, message, head)?;
                self.renew_delivery()
            }
        }
    }

    /// Signs `message` and those owed after it anew, on top of `head`.
    fn sign_anew(
        &mut self,
        consent: ConsentId,
        message: StatementId,
        mut head: Option<StatementHead>,
    ) -> Result<(), AppError> {
        let standing = consents::find(self.tx, consent)?.ok_or(AppError::NotFound("permission"))?;
        let request = answered_request(&standing)?;
        let mut renewed = Vec::new();
        let owed: Vec<_> = statements::list(self.tx, consent)?
            .into_iter()
            .filter(|statement| !statement.is_superseded)
            .skip_while(|statement| statement.statement_id != message)
            .collect();
        for old in owed {
            let is_owed = outbox::find(self.tx, old.statement_id.as_uuid())?
                .is_some_and(|it| matches!(it.state, MessageState::Queued | MessageState::Sending));
            if !is_owed {
                continue;
            }
            let before: StatementPayload =
                operator_protocol::jws::decode_unverified(old.jws.reveal())?.payload;
            let stated = Stated {
                consent,
                event_seq: old.event_seq,
                at: before.iat,
                status: before.status,
            };
            let about = About {
                operator: &self.operator,
                record_hash: &standing.consent.record_hash,
                request: &request,
                language: before.ui.lang,
                method: "button",
            };
            let anew = sign(self.tx, &about, stated, head.as_ref(), &mut *self.draw)?;
            statements::supersede(self.tx, old.statement_id)?;
            statements::insert(self.tx, &anew.stored)?;
            outbox::replace(
                self.tx,
                old.statement_id.as_uuid(),
                anew.message.message_id,
                &anew.message.body,
            )?;
            head = Some(StatementHead {
                seq: anew.stored.chain_seq,
                hash: anew.stored.hash.clone(),
            });
            renewed.push((old.statement_id, anew.stored.statement_id));
        }
        self.known.plan.delivery.replace(consent, &renewed);
        self.tell(TopicView::Permissions);
        Ok(())
    }
}

/// Returns tokens as the vault keeps them.
pub(crate) fn stored_tokens(tokens: Tokens, now: Timestamp) -> operators::Tokens {
    operators::Tokens {
        access_token: tokens.access,
        refresh_token: tokens.refresh,
        token_expires_at: tokens
            .expires_in
            .and_then(|wait| now.checked_add(wait).ok()),
    }
}

/// Returns a short code of why a message was refused, for the store.
fn problem_code(failure: &Failure) -> &'static str {
    use operator_protocol::problem::{Problem, ProblemKind};
    let Failure::Refused(refusal) = failure else {
        return REFUSED;
    };
    match refusal.problem.as_ref().and_then(Problem::known_kind) {
        Some(ProblemKind::ChainConflict) => "chain_conflict",
        Some(ProblemKind::RecordUnknown) => "record_unknown",
        Some(ProblemKind::RecordDiffers) => "record_differs",
        Some(ProblemKind::BadSignature) => "bad_signature",
        Some(ProblemKind::UnknownPurpose) => "unknown_purpose",
        Some(ProblemKind::RequestExpired) => "request_expired",
        Some(ProblemKind::NotAuthorised) => "not_authorised",
        Some(ProblemKind::KeyReused) => "key_reused",
        None => REFUSED,
    }
}
