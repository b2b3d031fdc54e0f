//! From a job of the plan to a task that carries everything it needs.

use consent::StatementId;
use operator_protocol::source::SourceEntry;
use operator_sync::{
    Task,
    delivery::Parcel,
    plan::Job,
    wants::{Rest, Want},
};
use url::Url;
use vault::{
    consents, offers,
    offers::OfferState,
    outbox::{self, MessageKind},
    snapshots, sources,
};

use super::Intake;
use crate::AppError;

impl Intake<'_, '_> {
    /// Returns the task for `job`; nothing if what it is about is not in the vault any more.
    pub(super) fn task(&self, job: &Job) -> Result<Option<Task>, AppError> {
        Ok(match job {
            Job::Refresh => self
                .operator
                .refresh_token
                .clone()
                .map(|refresh| Task::RefreshTokens { refresh }),
            Job::CreateStream => Some(Task::CreateStream),
            Job::Poll(endpoint, request) => Some(Task::Poll {
                endpoint: endpoint.clone(),
                request: request.clone(),
            }),
            Job::Send(Parcel::Message(message)) => self.message(*message)?,
            Job::Send(Parcel::RecordOf(consent)) => {
                consents::find(self.tx, *consent)?.map(|standing| Task::PutRecord {
                    consent: *consent,
                    body: standing.consent.record,
                })
            }
            Job::Fetch(want, page) => self.fetch(want, page.clone())?,
        })
    }

    /// Wants something at once. A wish for all sources means what they hold as well.
    pub(super) fn insist(&mut self, want: Want) -> Result<(), AppError> {
        if want == Want::Sources {
            for source in sources::list(self.tx, &self.operator.operator_id)? {
                if let Some(url) = snapshot_url(&source.entry) {
                    self.known.plan.wants.insist(Want::Snapshot(url));
                }
            }
        }
        self.known.plan.wants.insist(want);
        Ok(())
    }

    /// Takes a job off the plan whose matter is gone from the vault.
    pub(super) fn give_up(&mut self, job: &Job) -> Result<(), AppError> {
        let plan = &mut self.known.plan;
        match job {
            Job::Send(_) => return self.renew_delivery(),
            Job::Fetch(want, _) => {
                plan.wants
                    .on_stored(want, Rest::Nothing, self.now, operator_sync::Jitter(0));
            }
            Job::Refresh | Job::CreateStream | Job::Poll(..) => {
                plan.access = operator_sync::Access::SignInNeeded;
            }
        }
        Ok(())
    }

    fn message(&self, id: StatementId) -> Result<Option<Task>, AppError> {
        let Some(message) = outbox::find(self.tx, id.as_uuid())? else {
            return Ok(None);
        };
        outbox::mark_sending(self.tx, message.message_id)?;
        Ok(Some(match message.kind {
            MessageKind::Record => Task::PutRecord {
                consent: message.consent_id,
                body: message.body,
            },
            MessageKind::Statement => Task::PostStatement {
                message: id,
                jws: message.body,
            },
        }))
    }

    fn fetch(&self, want: &Want, page: Option<Url>) -> Result<Option<Task>, AppError> {
        Ok(Some(match want {
            Want::OfferAnswer(id) => {
                let Some(offer) = offers::find(self.tx, id)? else {
                    return Ok(None);
                };
                let (OfferState::Accepting, Some(subject), Some(key)) =
                    (offer.state, offer.subject_id, offer.accept_key)
                else {
                    return Ok(None);
                };
                let payload: operator_protocol::offer::OfferPayload =
                    serde_json::from_str(&offer.payload).map_err(|_| AppError::Stored("offer"))?;
                Task::RequestFromOffer {
                    offer: id.clone(),
                    template: payload.on_accept.request_template,
                    subject,
                    key: StatementId::from_uuid(key),
                }
            }
            Want::Delegations => Task::FetchDelegations,
            Want::Request(href) => Task::FetchRequest { href: href.clone() },
            Want::Requests => Task::FetchRequests { page },
            Want::Receipt(href) => Task::FetchReceipt { href: href.clone() },
            Want::Consents => Task::FetchConsents { page },
            Want::AccessLog => Task::FetchAccessLog {
                after: self.operator.access_log_after,
            },
            Want::Services => Task::FetchServices { page },
            Want::Sources => Task::FetchSources,
            Want::Schema(url) => Task::FetchSchema { url: url.clone() },
            Want::Notice(uri, language) => Task::FetchNotice {
                uri: uri.clone(),
                language: *language,
            },
            Want::Snapshot(url) => Task::FetchSnapshot {
                url: url.clone(),
                etag: self.etag_of(url)?,
            },
            Want::Offers => Task::FetchOffers {
                since: self.operator.offers_version,
            },
        }))
    }

    fn etag_of(&self, url: &Url) -> Result<Option<String>, AppError> {
        let operator = &self.operator.operator_id;
        let source = sources::list(self.tx, operator)?
            .into_iter()
            .find(|source| snapshot_url(&source.entry).as_ref() == Some(url));
        let Some(source) = source else {
            return Ok(None);
        };
        let newest = snapshots::latest_per_source(self.tx)?
            .into_iter()
            .find(|snapshot| {
                snapshot.source_id == source.source_id
                    && snapshot.operator_id.as_ref() == Some(operator)
            });
        Ok(newest.and_then(|snapshot| snapshot.etag))
    }
}

/// Returns where what a source holds is fetched.
pub(super) fn snapshot_url(entry: &str) -> Option<Url> {
    let entry: SourceEntry = serde_json::from_str(entry).ok()?;
    entry.snapshot.parse().ok()
}
