//! Handles on a running operator: what a pilot's facilitator does by hand, and what only a test
//! may do.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::http::StatusCode;
use consent::{ConsentId, OfferId, PersonId, RequestId};

use crate::{api::access_log::NoAccess, operator::Operator, refusal::Refusal};

/// Why something could not be done by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PilotError {
    /// The city has no such template or offer, or there is no such record.
    #[error("there is no such thing in the city")]
    Unknown,
    /// The permission is not in force, so no data flows.
    #[error("the permission is not in force")]
    NotInForce,
    /// The operator failed; its log says why.
    #[error("the operator failed")]
    Failed,
}

impl From<Refusal> for PilotError {
    fn from(refusal: Refusal) -> Self {
        tracing::warn!(
            error = &refusal as &dyn std::error::Error,
            "Something by hand failed"
        );
        Self::Failed
    }
}

/// Plays the city's services by hand.
#[derive(Clone, Debug)]
pub struct Pilot(Arc<Operator>);

impl Pilot {
    pub(crate) const fn new(operator: Arc<Operator>) -> Self {
        Self(operator)
    }

    /// Has a service ask about `subject` with one of the city's templates.
    ///
    /// # Errors
    ///
    /// Fails with [`PilotError::Unknown`] if the city has no such template.
    pub fn issue_request(
        &self,
        template: &str,
        subject: &PersonId,
    ) -> Result<RequestId, PilotError> {
        let operator = &self.0;
        let template = operator
            .city
            .find_template(template)
            .ok_or(PilotError::Unknown)?;
        let now = operator.clock.now();
        let request = operator
            .store
            .write(|tx| operator.issue(tx, template, subject, now))?;
        operator.bell.notify_waiters();
        RequestId::parse(request.id).map_err(|_| PilotError::Failed)
    }

    /// Has a service use all that a permission allows. Returns the access's identifier.
    ///
    /// # Errors
    ///
    /// Fails with [`PilotError::NotInForce`] if the permission is not in force.
    pub fn report_access(&self, consent: ConsentId) -> Result<String, PilotError> {
        let operator = &self.0;
        let now = operator.clock.now();
        let outcome = operator
            .store
            .write(|tx| operator.access(tx, consent, None, now))?;
        operator.bell.notify_waiters();
        outcome.map_err(|reason| match reason {
            NoAccess::Unknown => PilotError::Unknown,
            NoAccess::NotInForce => PilotError::NotInForce,
        })
    }

    /// Publishes one of the city's offers. Returns whether the catalogue changed.
    ///
    /// # Errors
    ///
    /// Fails with [`PilotError::Unknown`] if the city has no such offer.
    pub fn publish_offer(&self, offer: &OfferId) -> Result<bool, PilotError> {
        let operator = &self.0;
        let mut offers = operator.city.offers.iter();
        let template = offers
            .find(|template| template.id().as_ref() == Some(offer))
            .ok_or(PilotError::Unknown)?;
        let now = operator.clock.now();
        let changed = operator
            .store
            .write(|tx| operator.publish(tx, template, now))?;
        operator.bell.notify_waiters();
        Ok(changed)
    }

    /// Takes an offer out of the catalogue. Returns whether it was there.
    ///
    /// # Errors
    ///
    /// Fails if the operator does.
    pub fn withdraw_offer(&self, offer: &OfferId) -> Result<bool, PilotError> {
        let operator = &self.0;
        let now = operator.clock.now();
        let changed = operator
            .store
            .write(|tx| operator.take_back_offer(tx, offer.as_str(), now))?;
        operator.bell.notify_waiters();
        Ok(changed)
    }

    /// Does everything that is due by the operator's clock.
    ///
    /// # Errors
    ///
    /// Fails if the operator does.
    pub fn tick(&self) -> Result<(), PilotError> {
        Ok(self.0.tick(self.0.clock.now())?)
    }
}

/// Makes an operator misbehave. For tests of those who depend on it.
#[derive(Clone, Debug)]
pub struct TestHandle(Arc<Operator>);

impl TestHandle {
    pub(crate) const fn new(operator: Arc<Operator>) -> Self {
        Self(operator)
    }

    /// Answers the next call with `status`, whatever it is. Several are answered in turn; what is
    /// not an HTTP status is answered as 500.
    pub fn fail_next(&self, status: u16) {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.0.staging.failures().push_back(status);
    }

    /// Cuts every connection without an answer from now on, or no longer.
    pub fn set_offline(&self, is_offline: bool) {
        self.0
            .staging
            .is_offline
            .store(is_offline, Ordering::SeqCst);
    }
}

/// What a [`TestHandle`] asked for.
#[derive(Debug, Default)]
pub(crate) struct Staging {
    failures: Mutex<VecDeque<StatusCode>>,
    is_offline: AtomicBool,
}

impl Staging {
    pub(crate) fn is_offline(&self) -> bool {
        self.is_offline.load(Ordering::SeqCst)
    }

    pub(crate) fn next_failure(&self) -> Option<StatusCode> {
        self.failures().pop_front()
    }

    fn failures(&self) -> std::sync::MutexGuard<'_, VecDeque<StatusCode>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
