//! The exchange with one operator, as the vault takes part in it: what to do next comes from the
//! stored state, and what came of it is stored before anything else is asked.

mod chain;
mod delivered;
mod events;
mod lists;
mod messages;
mod start;
mod task;

pub(crate) use delivered::stored_tokens;
pub(crate) use start::SUPERSEDED;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use consent::{Language, OperatorId};
use jiff::Timestamp;
use operator_sync::{
    Answer, Failure, Jitter, Ledger, Next, Order, OrderId, Outcome, Plan, Unavailable,
    contact::Discovered,
    plan::{Job, Setback, Step},
    wants::{Rest, Want},
};
use uuid::Uuid;
use vault::{Transaction, Vault, operators, operators::StoredOperator};

use crate::{AppError, permissions::expire_lapsed, settings, view::TopicView};

/// The one open vault of the app, shared between the window and the exchanges. Empty while locked.
pub type SharedVault = Arc<Mutex<Option<Vault>>>;

/// Told what has changed, after it is stored.
pub type OnNews = Box<dyn FnMut(&[TopicView]) + Send>;

/// Draws identifiers; a box of what [`crate::DrawId`] borrows.
pub type Draw = Box<dyn FnMut() -> Uuid + Send>;

/// The ledger of one operator: [`operator_sync::Ledger`] over the shared vault.
pub struct Exchange {
    vault: SharedVault,
    operator: OperatorId,
    draw: Draw,
    on_news: OnNews,
    known: Option<Known>,
    order: OrderId,
    job: Option<Job>,
    steering: Steering,
}

/// Steers an exchange from outside, while a driver owns it.
#[derive(Clone, Debug, Default)]
pub struct Steering(Arc<Mutex<Wishes>>);

#[derive(Debug, Default)]
struct Wishes {
    wants: Vec<Want>,
    starts_over: bool,
    polls_now: bool,
}

impl Steering {
    /// Fetches these at the next chance, because the person asked.
    pub fn insist(&self, wants: impl IntoIterator<Item = Want>) {
        self.lock().wants.extend(wants);
    }

    /// Reads everything anew from the vault, as after a sign-in.
    pub fn start_over(&self) {
        self.lock().starts_over = true;
    }

    /// Asks for news at the next chance, without waiting for them to come by themselves.
    pub fn poll_now(&self) {
        self.lock().polls_now = true;
    }

    fn take(&self) -> Wishes {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Wishes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the exchange has built from the vault since it was unlocked.
#[derive(Clone)]
struct Known {
    plan: Plan,
    discovered: Arc<Discovered>,
}

impl Exchange {
    /// Prepares the exchange with `operator`. Nothing is read before it is first asked.
    pub fn new(vault: SharedVault, operator: OperatorId, draw: Draw, on_news: OnNews) -> Self {
        Self {
            vault,
            operator,
            draw,
            on_news,
            known: None,
            order: OrderId::default(),
            job: None,
            steering: Steering::default(),
        }
    }

    /// Returns what steers this exchange while a driver owns it.
    pub fn steering(&self) -> Steering {
        self.steering.clone()
    }

    /// Runs `work` in one transaction with what is known, and keeps what it learnt if it holds.
    fn transact<T>(
        &mut self,
        now: Timestamp,
        work: impl FnOnce(&mut Intake<'_, '_>) -> Result<T, AppError>,
    ) -> Result<T, Unavailable> {
        let shared = Arc::clone(&self.vault);
        let mut guard = shared.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(vault) = guard.as_mut() else {
            self.known = None;
            return Err(Unavailable::Locked);
        };
        let mut topics = Vec::new();
        let done = vault.write(|tx| {
            let operator =
                operators::find(tx, &self.operator)?.ok_or(AppError::NotFound("operator"))?;
            let known = match self.known.take() {
                Some(known) => known,
                None => start::read(tx, &operator)?,
            };
            let mut intake = Intake {
                tx,
                language: settings::language(tx)?,
                operator,
                known,
                draw: &mut self.draw,
                topics: &mut topics,
                now,
            };
            intake.renew_delivery()?;
            let value = work(&mut intake)?;
            Ok::<_, AppError>((value, intake.known))
        });
        drop(guard);
        match done {
            Ok((value, known)) => {
                self.known = Some(known);
                if !topics.is_empty() {
                    (self.on_news)(&topics);
                }
                Ok(value)
            }
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "Exchange not stored"
                );
                Err(Unavailable::Failed)
            }
        }
    }
}

impl Ledger for Exchange {
    fn next(&mut self, now: Timestamp) -> Result<Next, Unavailable> {
        let wishes = self.steering.take();
        if wishes.starts_over {
            self.known = None;
        }
        let order = self.order.following();
        let (step, next) = self.transact(now, |intake| {
            if wishes.polls_now {
                intake.known.plan.feed.on_wake();
            }
            for want in wishes.wants {
                intake.insist(want)?;
            }
            if expire_lapsed(intake.tx, now)? {
                intake.tell(TopicView::Permissions);
            }
            loop {
                let step = intake.known.plan.next(now);
                let next = match &step {
                    Step::WaitUntil(time) => Next::WaitUntil(*time),
                    Step::Idle => Next::Idle,
                    Step::Do(job) => match intake.task(job)? {
                        Some(task) => Next::Do(Order {
                            id: order,
                            task,
                            operator: Arc::clone(&intake.known.discovered),
                            access: intake.operator.access_token.clone(),
                        }),
                        // What it was about is gone from the vault.
                        None => {
                            intake.give_up(job)?;
                            continue;
                        }
                    },
                };
                return Ok((step, next));
            }
        })?;
        if let Step::Do(job) = step {
            self.order = order;
            self.job = Some(job);
        }
        Ok(next)
    }

    fn on_outcome(
        &mut self,
        order: OrderId,
        outcome: Outcome,
        now: Timestamp,
        jitter: Jitter,
    ) -> Result<(), Unavailable> {
        let Some(job) = self.job.clone().filter(|_| order == self.order) else {
            return Ok(());
        };
        let stored = self.transact(now, |intake| intake.take_in(&job, outcome, jitter));
        if stored.is_ok() {
            self.job = None;
        }
        stored
    }
}

/// One outcome being taken in, inside its transaction.
struct Intake<'a, 'tx> {
    tx: &'a Transaction<'tx>,
    operator: StoredOperator,
    language: Language,
    known: Known,
    draw: &'a mut Draw,
    topics: &'a mut Vec<TopicView>,
    now: Timestamp,
}

impl Intake<'_, '_> {
    fn tell(&mut self, topic: TopicView) {
        if !self.topics.contains(&topic) {
            self.topics.push(topic);
        }
    }

    fn take_in(&mut self, job: &Job, outcome: Outcome, jitter: Jitter) -> Result<(), AppError> {
        match outcome {
            Ok(answer) => match self.take_in_answer(job, answer, jitter)? {
                Taken::Stored => {
                    self.known.plan.on_success();
                    self.note_contact()
                }
                Taken::NotUnderstood(what) => {
                    self.take_in_failure(job, &Failure::NotUnderstood { what }, jitter)
                }
            },
            Err(failure) => self.take_in_failure(job, &failure, jitter),
        }
    }

    fn take_in_answer(
        &mut self,
        job: &Job,
        answer: Answer,
        jitter: Jitter,
    ) -> Result<Taken, AppError> {
        match (job, answer) {
            (Job::Refresh, Answer::Tokens(tokens)) => self.on_tokens(tokens),
            (Job::CreateStream, Answer::Stream(url)) => self.on_stream(url),
            (Job::Poll(_, request), Answer::Events(response)) => {
                self.on_events(request, &response, jitter)
            }
            (Job::Send(parcel), Answer::RecordStored) => self.on_accepted(*parcel, jitter),
            (Job::Send(parcel), Answer::Receipt(jws)) => {
                self.on_statement_receipt(*parcel, &jws, jitter)
            }
            (Job::Fetch(want, _), answer) => {
                let rest = match self.on_fetched(want, answer)? {
                    Fetched::Rest(rest) => rest,
                    Fetched::NotUnderstood(what) => return Ok(Taken::NotUnderstood(what)),
                };
                let plan = &mut self.known.plan;
                plan.wants.on_stored(want, rest, self.now, jitter);
                Ok(Taken::Stored)
            }
            (Job::Refresh | Job::CreateStream | Job::Poll(..) | Job::Send(_), _) => {
                Ok(Taken::NotUnderstood("another answer than asked for"))
            }
        }
    }

    fn take_in_failure(
        &mut self,
        job: &Job,
        failure: &Failure,
        jitter: Jitter,
    ) -> Result<(), AppError> {
        let setback = self.known.plan.on_failure(job, failure, self.now, jitter);
        let id = self.operator.operator_id.clone();
        if let Some(code) = connection_trouble(failure)
            && self.operator.last_failure.as_deref() != Some(code)
        {
            operators::note_failure(self.tx, &id, code)?;
            self.tell(TopicView::Operators);
        }
        match setback {
            None => Ok(()),
            Some(Setback::SignInNeeded) => {
                operators::require_sign_in(self.tx, &id)?;
                self.tell(TopicView::Operators);
                Ok(())
            }
            Some(Setback::StreamLost) => {
                operators::update_stream(self.tx, &id, None)?;
                Ok(())
            }
            Some(Setback::GivenUp(want)) => self.on_given_up(&want),
            Some(Setback::Delivery(effect)) => self.on_delivery_effect(effect, failure),
        }
    }

    fn note_contact(&mut self) -> Result<(), AppError> {
        let was_failing = self.operator.last_failure.is_some();
        operators::note_contact(self.tx, &self.operator.operator_id, self.now)?;
        if was_failing {
            self.tell(TopicView::Operators);
        }
        Ok(())
    }
}

/// Whether an answer could be believed and was stored.
enum Taken {
    Stored,
    NotUnderstood(&'static str),
}

/// What is left of something after an answer, or why it was not believed.
enum Fetched {
    Rest(Rest),
    NotUnderstood(&'static str),
}

impl Fetched {
    const ALL: Self = Self::Rest(Rest::Nothing);
}

/// Returns the code under which trouble with the whole connection is remembered.
const fn connection_trouble(failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::Offline | Failure::TimedOut => Some("unreachable"),
        Failure::Untrusted | Failure::ForeignAddress => Some("not_trusted"),
        Failure::NotUnderstood { .. } | Failure::TooLarge | Failure::WrongContentType => {
            Some("not_understood")
        }
        Failure::ServerTrouble { .. } | Failure::Busy { .. } => Some("unreachable"),
        Failure::Unauthorised | Failure::Refused(_) | Failure::Interrupted => None,
    }
}
