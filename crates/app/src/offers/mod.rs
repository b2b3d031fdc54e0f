//! Proactive offers, matched inside the vault. Nothing about matching ever leaves it.

mod facts;
mod trace;

use std::cmp::Reverse;

use consent::{
    OfferId, OperatorId, PersonId,
    rule::{self, Rule, Trace, Verdict},
};
use jiff::{Timestamp, tz::TimeZone};
use operator_protocol::offer::{OfferPayload, RULE_LANGUAGE};
use vault::{
    Connection, Vault, delegations, journal,
    offers::{self, OfferState, StoredOffer},
    operators,
};

use crate::{
    AppError,
    copy::Copies,
    decision::DrawId,
    organisations::descriptions,
    view::{OfferStateView, OfferView, SubjectView, VerdictView},
};
use facts::Facts;

/// Returns the offers that have not ended: those that fit first, then those that may, then the
/// others.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn list_offers(vault: &Vault, now: Timestamp) -> Result<Vec<OfferView>, AppError> {
    vault.read(|conn| {
        let mut views = Vec::new();
        for matched in match_all(conn, now)? {
            views.push((Reverse(matched.trace.verdict), matched.view(conn)?));
        }
        views.sort_by_key(|(verdict, _)| *verdict);
        Ok(views.into_iter().map(|(_, view)| view).collect())
    })
}

/// Accepts an offer for `subject`. The operator is then asked for the request that belongs to it;
/// that the person accepted is all that leaves.
///
/// # Errors
///
/// Returns [`AppError::NotFound`] if there is no such offer that is open for `subject`.
#[tracing::instrument(skip_all, err)]
pub fn accept_offer(
    vault: &mut Vault,
    id: &OfferId,
    subject: &PersonId,
    draw: DrawId<'_>,
    now: Timestamp,
) -> Result<OfferView, AppError> {
    let view = find_offer(vault, id, subject, now)?;
    if view.state == OfferStateView::Open || view.state == OfferStateView::Dismissed {
        vault.write(|tx| {
            offers::begin_accepting(tx, id, subject, draw())?;
            Ok::<_, AppError>(journal::append(
                tx,
                "offer_accepted",
                Some(id.as_str()),
                now,
            )?)
        })?;
    }
    find_offer(vault, id, subject, now)
}

/// Sets an offer aside.
///
/// # Errors
///
/// Returns [`AppError::NotFound`] if there is no such offer.
pub fn dismiss_offer(
    vault: &mut Vault,
    id: &OfferId,
    now: Timestamp,
) -> Result<OfferView, AppError> {
    set_state(vault, id, OfferState::Dismissed, now)
}

/// Takes an offer that was set aside up again.
///
/// # Errors
///
/// Returns [`AppError::NotFound`] if there is no such offer.
pub fn restore_offer(
    vault: &mut Vault,
    id: &OfferId,
    now: Timestamp,
) -> Result<OfferView, AppError> {
    set_state(vault, id, OfferState::Open, now)
}

fn set_state(
    vault: &mut Vault,
    id: &OfferId,
    state: OfferState,
    now: Timestamp,
) -> Result<OfferView, AppError> {
    vault.write(|tx| {
        let offer = offers::find(tx, id)?.ok_or(AppError::NotFound("offer"))?;
        // What was accepted is on its way and cannot be set aside.
        if matches!(offer.state, OfferState::Open | OfferState::Dismissed) {
            offers::set_state(tx, id, state)?;
        }
        Ok::<_, AppError>(())
    })?;
    let offers = list_offers(vault, now)?;
    let found = offers.into_iter().find(|offer| offer.id == id.as_str());
    found.ok_or(AppError::NotFound("offer"))
}

fn find_offer(
    vault: &Vault,
    id: &OfferId,
    subject: &PersonId,
    now: Timestamp,
) -> Result<OfferView, AppError> {
    list_offers(vault, now)?
        .into_iter()
        .find(|offer| offer.id == id.as_str() && offer.subject_id == subject.as_str())
        .ok_or(AppError::NotFound("offer"))
}

/// An offer held against one person's data.
pub(crate) struct Matched {
    pub(crate) stored: StoredOffer,
    payload: OfferPayload,
    subject: PersonId,
    subject_view: SubjectView,
    facts: Facts,
    pub(crate) trace: Trace,
}

/// Holds every offer that has not ended against everyone it may be for.
pub(crate) fn match_all(conn: &Connection, now: Timestamp) -> Result<Vec<Matched>, AppError> {
    let today = now.to_zoned(TimeZone::system()).date();
    let mut known: Vec<(OperatorId, Household)> = Vec::new();
    let mut matched = Vec::new();
    for stored in offers::list(conn)? {
        let Ok(payload) = serde_json::from_str::<OfferPayload>(&stored.payload) else {
            continue;
        };
        let ended = now >= payload.exp || payload.ends.is_some_and(|ends| today > ends);
        let Some(rule) = read_rule(&payload).filter(|_| !ended) else {
            continue;
        };
        if !known.iter().any(|(id, _)| *id == stored.operator_id) {
            let household = Household::of(conn, &stored.operator_id, now)?;
            known.push((stored.operator_id.clone(), household));
        }
        let Some((_, household)) = known.iter().find(|(id, _)| *id == stored.operator_id) else {
            continue;
        };
        for subject in household.subjects(payload.audience.as_deref()) {
            let facts = Facts::find(&payload.eligibility.needs, &household.copies, subject);
            matched.push(Matched {
                trace: rule::evaluate(&rule, &|name| facts.fact(name), today),
                stored: stored.clone(),
                payload: payload.clone(),
                subject: subject.clone(),
                subject_view: SubjectView {
                    is_self: household.person.as_ref() == Some(subject),
                    name: household.copies.name_of(subject),
                },
                facts,
            });
        }
    }
    Ok(matched)
}

fn read_rule(payload: &OfferPayload) -> Option<Rule> {
    let eligibility = &payload.eligibility;
    let declared: Vec<&str> = eligibility
        .needs
        .iter()
        .map(|need| need.var.as_str())
        .collect();
    (eligibility.lang == RULE_LANGUAGE)
        .then(|| rule::parse(&eligibility.rule, &declared).ok())
        .flatten()
}

/// The people whom an operator's offers may be for, and what the vault knows of them.
struct Household {
    person: Option<PersonId>,
    children: Vec<PersonId>,
    copies: Copies,
}

impl Household {
    fn of(conn: &Connection, operator: &OperatorId, now: Timestamp) -> Result<Self, AppError> {
        let person = operators::find(conn, operator)?.and_then(|operator| operator.person_id);
        let children = delegations::list(conn, operator)?
            .into_iter()
            .filter(|delegation| now < delegation.expires_at)
            .map(|delegation| delegation.subject_id)
            .collect();
        Ok(Self {
            person,
            children,
            copies: Copies::of(conn, operator)?,
        })
    }

    fn subjects(&self, audience: Option<&str>) -> Vec<&PersonId> {
        match audience {
            Some("child") => self.children.iter().collect(),
            Some("everyone") => self.person.iter().chain(&self.children).collect(),
            Some(_) | None => self.person.iter().collect(),
        }
    }
}

impl Matched {
    fn view(&self, conn: &Connection) -> Result<OfferView, AppError> {
        let service = descriptions(conn, &self.stored.operator_id)?
            .into_iter()
            .find(|service| service.mydata_service.id == self.payload.service)
            .map(|service| service.name())
            .unwrap_or_default();
        let missing = self.trace.missing();
        let is_subject = |of: &Option<PersonId>| of.as_ref().is_none_or(|of| *of == self.subject);
        let state = match self.stored.state {
            OfferState::Open => OfferStateView::Open,
            OfferState::Dismissed => OfferStateView::Dismissed,
            OfferState::Accepting if is_subject(&self.stored.subject_id) => {
                OfferStateView::Accepting
            }
            OfferState::Accepted if is_subject(&self.stored.subject_id) => OfferStateView::Accepted,
            OfferState::Accepting | OfferState::Accepted => OfferStateView::Open,
        };
        Ok(OfferView {
            id: self.stored.offer_id.to_string(),
            service: service.into(),
            title: self.payload.title.clone().into(),
            summary: self.payload.summary.clone().into(),
            subject: self.subject_view.clone(),
            subject_id: self.subject.to_string(),
            verdict: match self.trace.verdict {
                Verdict::Yes => VerdictView::Yes,
                Verdict::No => VerdictView::No,
                Verdict::Unknown => VerdictView::Unknown,
            },
            criteria: self
                .payload
                .eligibility
                .criteria
                .iter()
                .map(|criterion| criterion.text.clone().into())
                .collect(),
            why: trace::trace_view(&self.trace, &self.facts),
            missing: missing
                .into_iter()
                .map(|name| self.facts.label(name).into())
                .collect(),
            ends: self.payload.ends.map(|day| day.to_string()),
            request_id: (state == OfferStateView::Accepted)
                .then(|| self.stored.request_id.as_ref().map(ToString::to_string))
                .flatten(),
            state,
        })
    }
}
