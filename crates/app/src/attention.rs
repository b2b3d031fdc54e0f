//! What the person is to be told of by the operating system. No personal data in it.

use consent::rule::Verdict;
use jiff::Timestamp;
use notifications::{Happening, Lock, Notification, decide};
use vault::{
    Connection, Vault, consents,
    offers::OfferState,
    operators, outbox,
    requests::{self, RequestState},
};

use crate::{AppError, offers::match_all, requests::understood, settings};

/// Returns what to tell the person now, if anything, and remembers that they were told.
///
/// # Errors
///
/// Fails if the vault cannot be read or written.
pub fn next_notification(
    vault: &mut Vault,
    now: Timestamp,
) -> Result<Option<Notification>, AppError> {
    let (happenings, notified) = vault
        .read(|conn| Ok::<_, AppError>((happenings(conn, now)?, settings::notified(conn)?)))?;
    let Some(notification) = decide(&happenings, &notified, Lock::Open) else {
        return Ok(None);
    };
    vault.write(|tx| {
        let mut notified = notified;
        notified.retain(|known| happenings.contains(known));
        notified.remember(happenings.iter().cloned());
        for happening in &happenings {
            if let Happening::RequestArrived(id) = happening {
                requests::mark_notified(tx, id, now)?;
            }
        }
        settings::set_notified(tx, &notified)
    })?;
    Ok(Some(notification))
}

fn happenings(conn: &Connection, now: Timestamp) -> Result<Vec<Happening>, AppError> {
    let mut happenings = Vec::new();
    for stored in requests::list(conn, RequestState::Requested)? {
        // A request that the person came to by accepting an offer was marked as it came in.
        if now < stored.expires_at && stored.notified_at.is_none() && understood(&stored)?.is_some()
        {
            happenings.push(Happening::RequestArrived(stored.request_id));
        }
    }
    for matched in match_all(conn, now)? {
        let happening = Happening::OfferMatched(matched.stored.offer_id.clone());
        if matched.trace.verdict == Verdict::Yes
            && matched.stored.state == OfferState::Open
            && !happenings.contains(&happening)
        {
            happenings.push(happening);
        }
    }
    for message in outbox::list_set_aside(conn)? {
        let known = consents::find(conn, message.consent_id)?.is_some();
        if known && message.problem.as_deref() != Some(crate::exchange::SUPERSEDED) {
            happenings.push(if message.is_withdrawal {
                Happening::WithdrawalNotDelivered(message.consent_id)
            } else {
                Happening::AnswerNotDelivered(message.consent_id)
            });
        }
    }
    for operator in operators::list(conn)? {
        if operator.sign_in_needed {
            happenings.push(Happening::SignInNeeded(operator.operator_id));
        }
    }
    Ok(happenings)
}
