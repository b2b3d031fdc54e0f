//! Rebuilds what the exchange knows from what the vault has stored.

use std::sync::Arc;

use consent::{Language, StatementId, request::Notice};
use operator_sync::{
    Access, Delivery, Feed, Plan, Renewal,
    delivery::{Item, Kind, Precedence, Standing},
    feed::{Attention, Source},
    wants::Want,
};
use url::Url;
use vault::{
    Connection, events, notices,
    offers::{self, OfferState},
    operators::StoredOperator,
    outbox::{self, MessageKind, MessageState, OwedMessage},
    requests::{self, RequestState},
};

use super::{Intake, Known};
use crate::{AppError, requests::understood};

pub(super) fn read(conn: &Connection, operator: &StoredOperator) -> Result<Known, AppError> {
    let discovered = serde_json::from_str(&operator.discovered)
        .map_err(|_| AppError::Stored("description of the operator"))?;
    let unacked = events::list_unacked(conn, &operator.operator_id)?;
    let mut feed = Feed::new(
        source(operator),
        operator.last_event_seq,
        unacked.into_iter().map(|event| event.event_id),
    );
    feed.set_attention(Attention::Foreground);
    let delivery = Delivery::from_rows(rows(conn, operator)?);
    let mut plan = Plan::new(access(operator), delivery, feed);
    for want in unfinished(conn, operator)? {
        plan.wants.add(want);
    }
    Ok(Known {
        plan,
        discovered: Arc::new(discovered),
    })
}

/// Returns what was being fetched when the app stopped and is not fetched as a routine.
fn unfinished(conn: &Connection, operator: &StoredOperator) -> Result<Vec<Want>, AppError> {
    let mut wants: Vec<Want> = offers::list(conn)?
        .into_iter()
        .filter(|offer| {
            offer.operator_id == operator.operator_id && offer.state == OfferState::Accepting
        })
        .map(|offer| Want::OfferAnswer(offer.offer_id))
        .collect();
    for state in [RequestState::Requested, RequestState::Deferred] {
        for stored in requests::list(conn, state)? {
            if stored.operator_id == operator.operator_id
                && let Some(request) = understood(&stored)?
            {
                wants.extend(missing_notices(conn, &request.notice)?);
            }
        }
    }
    Ok(wants)
}

/// Returns the texts of a notice that the vault does not have.
pub(super) fn missing_notices(conn: &Connection, notice: &Notice) -> Result<Vec<Want>, AppError> {
    let Ok(uri) = notice.uri.parse::<Url>() else {
        return Ok(Vec::new());
    };
    let mut wants = Vec::new();
    for language in Language::ALL {
        if let Some(hash) = notice.hashes.in_language(language)
            && notices::find(conn, &notice.uri, &notice.version, language, hash)?.is_none()
        {
            wants.push(Want::Notice(uri.clone(), language));
        }
    }
    Ok(wants)
}

impl Intake<'_, '_> {
    /// Brings the plan in line with what the window has decided since.
    pub(super) fn renew_delivery(&mut self) -> Result<(), AppError> {
        let rows = rows(self.tx, &self.operator)?;
        self.known.plan.delivery.reconcile(rows);
        Ok(())
    }
}

fn source(operator: &StoredOperator) -> Source {
    match &operator.stream_url {
        Some(url) => url.parse().map_or(Source::Missing, Source::At),
        None => Source::Missing,
    }
}

pub(super) fn access(operator: &StoredOperator) -> Access {
    let has_refresh = operator.refresh_token.is_some();
    match (&operator.access_token, operator.sign_in_needed) {
        (Some(_), false) => Access::Granted {
            until: operator.token_expires_at,
            renewal: if has_refresh {
                Renewal::Possible
            } else {
                Renewal::Impossible
            },
        },
        (None, false) if has_refresh => Access::Stale,
        (_, true) | (None, false) => Access::SignInNeeded,
    }
}

fn rows(conn: &Connection, operator: &StoredOperator) -> Result<Vec<Item>, AppError> {
    let owed = outbox::list_owed(conn, &operator.operator_id)?;
    let aside = outbox::list_set_aside(conn)?;
    let aside = aside.into_iter().filter(|message| {
        message.operator_id == operator.operator_id
            && message.problem.as_deref() != Some(SUPERSEDED)
    });
    Ok(owed
        .iter()
        .map(item)
        .chain(aside.map(|message| item(&message)))
        .collect())
}

/// The problem of a message that one signed anew took the place of.
pub(crate) const SUPERSEDED: &str = "superseded";

fn item(message: &OwedMessage) -> Item {
    Item {
        message: StatementId::from_uuid(message.message_id),
        consent: message.consent_id,
        kind: match message.kind {
            MessageKind::Record => Kind::Record,
            MessageKind::Statement => Kind::Statement,
        },
        precedence: if message.is_withdrawal {
            Precedence::Withdrawal
        } else {
            Precedence::Ordinary
        },
        position: message.position,
        standing: match message.state {
            MessageState::SetAside => Standing::SetAside,
            MessageState::Queued | MessageState::Sending | MessageState::Accepted => Standing::Owed,
        },
    }
}
