//! Permissions: what the person has answered, what became of it, and taking it back.

use consent::{
    ConsentId, Language, LocalText, OperatorId,
    permission::Permission,
    record::{Command, EventKind, Status, decide},
    request::AccessRequest,
};
use jiff::Timestamp;
use operator_protocol::{jws, receipt::ReceiptPayload};
use vault::{
    Connection, Transaction, Vault, accesses, consents,
    consents::ConsentStanding,
    journal, operators,
    outbox::{self, MessageKind, MessageState, OwedMessage},
    receipts, statements,
};

use crate::{
    AppError,
    decision::{About, DrawId, make_durable},
    requests::Context,
    text::moment,
    uses::use_view,
    view::{
        DeliveryView, FieldLabelView, HistoryKindView, HistoryView, PermissionDetailView,
        PermissionStatusView, PermissionView,
    },
};

/// Returns the person's answers, newest first.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn list_permissions(vault: &Vault, now: Timestamp) -> Result<Vec<PermissionView>, AppError> {
    vault.read(|conn| {
        let mut known: Vec<(OperatorId, Context<'_>)> = Vec::new();
        let mut views = Vec::new();
        for standing in consents::list(conn)? {
            let operator = &standing.consent.operator_id;
            if !known.iter().any(|(id, _)| id == operator) {
                known.push((operator.clone(), Context::of(conn, operator)?));
            }
            let context = known.iter().find(|(id, _)| id == operator);
            if let Some((_, context)) = context {
                views.push(permission_view(conn, context, &standing, now)?);
            }
        }
        Ok(views)
    })
}

/// Returns one answer with its history and its uses.
///
/// # Errors
///
/// Returns [`AppError::NotFound`] if there is no such permission.
pub fn find_permission(
    vault: &Vault,
    id: ConsentId,
    now: Timestamp,
) -> Result<PermissionDetailView, AppError> {
    vault.read(|conn| {
        let standing = consents::find(conn, id)?.ok_or(AppError::NotFound("permission"))?;
        let context = Context::of(conn, &standing.consent.operator_id)?;
        let request = answered_request(&standing)?;
        let uses = accesses::list_of_consent(conn, id)?
            .iter()
            .map(|access| use_view(conn, access))
            .collect::<Result<_, _>>()?;
        Ok(PermissionDetailView {
            permission: permission_view(conn, &context, &standing, now)?,
            request_id: standing.consent.request_id.to_string(),
            if_withdrawn: request.consequences.of_withdrawing.into(),
            history: history(conn, &standing)?,
            uses,
        })
    })
}

/// Takes a permission back and owes the notice to the operator.
///
/// It holds on this device from here on, whether or not the operator can be reached.
///
/// # Errors
///
/// Returns [`AppError::Transition`] if it has ended already.
#[tracing::instrument(skip_all, fields(%id), err)]
pub fn withdraw_permission(
    vault: &mut Vault,
    id: ConsentId,
    language: Language,
    draw: DrawId<'_>,
    now: Timestamp,
) -> Result<(), AppError> {
    vault.write(|tx| {
        let standing = consents::find(tx, id)?.ok_or(AppError::NotFound("permission"))?;
        let request = answered_request(&standing)?;
        let operator = operators::find(tx, &standing.consent.operator_id)?;
        let event = decide(&standing.as_record(), Command::Withdraw, now)?;
        let about = About {
            operator: &operator.ok_or(AppError::NotFound("operator"))?,
            record_hash: &standing.consent.record_hash,
            request: &request,
            language,
            method: "button",
        };
        make_durable(tx, &event, &about, draw)?;
        Ok(journal::append(
            tx,
            "permission_withdrawn",
            Some(&id.to_string()),
            now,
        )?)
    })
}

/// Writes down that permissions whose date has come are over. Whether data may flow never waits
/// for this: it is asked with the date.
pub(crate) fn expire_lapsed(tx: &Transaction<'_>, now: Timestamp) -> Result<bool, AppError> {
    let lapsed = consents::list_lapsed(tx, now)?;
    for standing in &lapsed {
        let event = decide(&standing.as_record(), Command::Expire, now)?;
        consents::append(tx, &event)?;
    }
    Ok(!lapsed.is_empty())
}

/// Returns the request that a record answered, as it was then.
pub(crate) fn answered_request(standing: &ConsentStanding) -> Result<AccessRequest, AppError> {
    serde_json::from_str(standing.consent.request.reveal())
        .map_err(|_| AppError::Stored("answered request"))
}

/// Returns what an answer permits, with its history.
pub(crate) fn permission(
    conn: &Connection,
    standing: &ConsentStanding,
) -> Result<Permission, AppError> {
    let steps = consents::steps(conn, standing.consent.consent_id)?;
    Ok(Permission {
        service: standing.consent.service_id.clone(),
        fields: standing.consent.fields.clone(),
        expires_at: standing.consent.expires_at,
        events: steps.into_iter().map(|step| step.event).collect(),
    })
}

/// Returns the names of `paths`, as the request that they were asked in has them.
pub(crate) fn field_labels<'a>(
    request: &AccessRequest,
    paths: impl IntoIterator<Item = &'a String>,
) -> Vec<FieldLabelView> {
    let label = |path: &String| {
        let field = request.fields.iter().find(|field| field.path == *path);
        field.map_or_else(
            || LocalText::same(path.as_str()),
            |field| field.label.clone(),
        )
    };
    paths
        .into_iter()
        .map(|path| FieldLabelView {
            path: path.clone(),
            label: label(path).into(),
        })
        .collect()
}

fn permission_view(
    conn: &Connection,
    context: &Context<'_>,
    standing: &ConsentStanding,
    now: Timestamp,
) -> Result<PermissionView, AppError> {
    let consent = &standing.consent;
    let request = answered_request(standing)?;
    let uses = accesses::list_of_consent(conn, consent.consent_id)?;
    let messages = outbox::list_of_consent(conn, consent.consent_id)?;
    let newest = statements::list(conn, consent.consent_id)?
        .into_iter()
        .rfind(|statement| !statement.is_superseded);
    let delivery = match newest {
        Some(statement) => {
            let receipts = receipts::list(conn, consent.consent_id)?;
            let is_confirmed = receipts
                .iter()
                .any(|receipt| receipt.statement_hash == statement.hash);
            delivery(&messages, statement.statement_id.as_uuid(), is_confirmed)
        }
        None => DeliveryView::NotSent,
    };

    Ok(PermissionView {
        id: consent.consent_id.to_string(),
        service_id: consent.service_id.to_string(),
        service: request.service_name.clone().into(),
        requester: request.controller.name.clone().into(),
        purpose_code: request.purpose.clone(),
        purpose: request.purpose_title.clone().into(),
        subject: context.subject(&request),
        status: match standing.status {
            Status::Given | Status::Paused if now >= consent.expires_at => {
                PermissionStatusView::Expired
            }
            Status::Given => PermissionStatusView::Given,
            Status::Paused => PermissionStatusView::Paused,
            Status::Refused | Status::Requested | Status::Deferred => PermissionStatusView::Refused,
            Status::Withdrawn => PermissionStatusView::Withdrawn,
            Status::Revoked => PermissionStatusView::Revoked,
            Status::Expired => PermissionStatusView::Expired,
        },
        delivery,
        decided_at: moment(standing.changed_at.unwrap_or(consent.created_at)),
        valid_until: request.valid_until.map(|day| day.to_string()),
        fields: field_labels(&request, &consent.fields),
        use_count: u64::try_from(uses.len()).unwrap_or(u64::MAX),
        last_used_at: uses.first().map(|access| moment(access.happened_at)),
        can_withdraw: standing.as_record().allows(Command::Withdraw, now),
    })
}

fn delivery(messages: &[OwedMessage], statement: uuid::Uuid, is_confirmed: bool) -> DeliveryView {
    if is_confirmed {
        return DeliveryView::Confirmed;
    }
    let blocked = messages.iter().any(|message| {
        message.kind == MessageKind::Record && message.state == MessageState::SetAside
    });
    match messages.iter().find(|it| it.message_id == statement) {
        Some(message) => match message.state {
            MessageState::SetAside => DeliveryView::NotAccepted,
            MessageState::Queued | MessageState::Sending if blocked => DeliveryView::NotAccepted,
            MessageState::Queued | MessageState::Sending => DeliveryView::Queued,
            MessageState::Accepted => DeliveryView::Delivered,
        },
        None => DeliveryView::NotSent,
    }
}

fn history(conn: &Connection, standing: &ConsentStanding) -> Result<Vec<HistoryView>, AppError> {
    let id = standing.consent.consent_id;
    let messages = outbox::list_of_consent(conn, id)?;
    let statements = statements::list(conn, id)?;
    let receipts = receipts::list(conn, id)?;
    let mut lines = Vec::new();
    for step in consents::steps(conn, id)? {
        let statement = statements
            .iter()
            .rfind(|statement| statement.event_seq == step.event_seq && !statement.is_superseded);
        let receipt = statement.and_then(|statement| {
            receipts
                .iter()
                .find(|it| it.statement_hash == statement.hash)
        });
        lines.push(HistoryView {
            kind: kind_view(step.event.kind),
            at: moment(step.event.at),
            delivery: statement.map_or(DeliveryView::NotSent, |statement| {
                delivery(
                    &messages,
                    statement.statement_id.as_uuid(),
                    receipt.is_some(),
                )
            }),
            erasure_due: None,
        });
        if let Some(receipt) = receipt {
            let payload = jws::decode_unverified::<ReceiptPayload>(receipt.jws.reveal())?.payload;
            let due = payload.termination.and_then(|end| end.erasure_due);
            lines.push(HistoryView {
                kind: HistoryKindView::Confirmed,
                at: moment(receipt.effective_at),
                delivery: DeliveryView::Confirmed,
                erasure_due: due.map(|day| day.to_string()),
            });
        }
    }
    Ok(lines)
}

const fn kind_view(kind: EventKind) -> HistoryKindView {
    match kind {
        EventKind::Given => HistoryKindView::Given,
        EventKind::Refused => HistoryKindView::Refused,
        EventKind::Deferred => HistoryKindView::Deferred,
        EventKind::Paused => HistoryKindView::Paused,
        EventKind::Resumed => HistoryKindView::Resumed,
        EventKind::Withdrawn => HistoryKindView::Withdrawn,
        EventKind::Revoked => HistoryKindView::Revoked,
        EventKind::Expired => HistoryKindView::Expired,
    }
}
