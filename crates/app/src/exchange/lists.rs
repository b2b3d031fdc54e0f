//! What the operator publishes: services, sources, schemas, notices; and what the sources hold.

use consent::{Language, LocalText};
use jiff::tz::TimeZone;
use operator_protocol::{
    access_log::AccessEntry,
    canonical,
    service::ServiceDescription,
    source::{Snapshot, SourceEntry, SourceSchema},
};
use operator_sync::{
    Answer, Listed,
    wants::{Rest, Want},
};
use pii::Personal;
use url::Url;
use vault::{
    accesses::{self, StoredAccess},
    notices::{self, StoredNotice},
    operators,
    requests::{self, RequestState},
    services::{self, StoredService},
    snapshots,
    sources::{self, StoredSource},
};

use super::{Fetched, Intake, task::snapshot_url};
use crate::{
    AppError,
    copy::take_in_snapshot,
    requests::{understand_anew, understood},
    view::TopicView,
};

impl Intake<'_, '_> {
    /// Takes in the answer to something that was to be fetched.
    pub(super) fn on_fetched(&mut self, want: &Want, answer: Answer) -> Result<Fetched, AppError> {
        match (want, answer) {
            (Want::Services, Answer::Services(listed)) => self.on_services(listed),
            (Want::Sources, Answer::Sources(entries)) => self.on_sources(&entries),
            (Want::Schema(_), Answer::Schema(schema)) => self.on_schema(&schema),
            (Want::Snapshot(_), Answer::Snapshot { etag, snapshot }) => {
                self.on_snapshot(etag, &snapshot)
            }
            (Want::Snapshot(url), Answer::NotModified) => self.on_not_modified(url),
            (Want::Notice(uri, language), Answer::Notice(body)) => {
                self.on_notice(uri, *language, body)
            }
            (Want::AccessLog, Answer::AccessLog { entries, next }) => {
                self.on_access_log(&entries, next)
            }
            (Want::Delegations, Answer::Delegations(items)) => self.on_delegations(&items),
            (Want::Requests, Answer::Requests(listed)) => {
                for jws in &listed.items {
                    self.take_in_request(jws)?;
                }
                Ok(page(listed.next))
            }
            (Want::Request(_), Answer::Request(jws)) => {
                self.take_in_request(&jws)?;
                Ok(Fetched::ALL)
            }
            (Want::OfferAnswer(id), Answer::Request(jws)) => self.on_offer_answer(id, &jws),
            (Want::Offers, Answer::Offers(catalogue)) => self.on_offers(&catalogue),
            (Want::Receipt(_), Answer::Receipt(jws)) => {
                let holds = self.take_in_receipt(&jws, None)?;
                Ok(if holds {
                    Fetched::ALL
                } else {
                    Fetched::NotUnderstood("a receipt that does not hold")
                })
            }
            (Want::Consents, Answer::Consents(listed)) => {
                for entry in &listed.items {
                    self.reconcile(entry)?;
                }
                Ok(page(listed.next))
            }
            (_, Answer::NotModified) => Ok(Fetched::ALL),
            (_, _) => Ok(Fetched::NotUnderstood("another answer than asked for")),
        }
    }

    fn on_services(&mut self, listed: Listed<ServiceDescription>) -> Result<Fetched, AppError> {
        for service in &listed.items {
            let stored = StoredService {
                operator_id: self.operator.operator_id.clone(),
                service_id: service.mydata_service.id.clone(),
                description: serde_json::to_string(service)
                    .map_err(|_| AppError::Stored("service"))?,
                fetched_at: self.now,
            };
            services::put(self.tx, &stored)?;
        }
        self.understand_open_requests()?;
        // Offers are verified with their services' keys.
        operators::set_offers_version(self.tx, &self.operator.operator_id, 0)?;
        self.known.plan.wants.add(Want::Offers);
        Ok(page(listed.next))
    }

    fn on_sources(&mut self, entries: &[SourceEntry]) -> Result<Fetched, AppError> {
        let operator = self.operator.operator_id.clone();
        for entry in entries {
            let before = sources::find(self.tx, &operator, &entry.id)?;
            let text = serde_json::to_string(entry).map_err(|_| AppError::Stored("source"))?;
            let is_known = before
                .as_ref()
                .is_some_and(|before| before.schema_url == entry.schema && before.schema.is_some());
            let stored = StoredSource {
                operator_id: operator.clone(),
                source_id: entry.id.clone(),
                entry: text,
                schema_url: entry.schema.clone(),
                schema: before.and_then(|before| before.schema).filter(|_| is_known),
            };
            sources::put(self.tx, &stored)?;
            if !is_known && let Ok(url) = entry.schema.parse() {
                self.known.plan.wants.add(Want::Schema(url));
            }
            if let Ok(url) = entry.snapshot.parse() {
                self.known.plan.wants.add(Want::Snapshot(url));
            }
        }
        Ok(Fetched::ALL)
    }

    fn on_schema(&mut self, schema: &SourceSchema) -> Result<Fetched, AppError> {
        let known = sources::list(self.tx, &self.operator.operator_id)?;
        let source = known.iter().find(|source| {
            source.schema_url == schema.id() && schema.source().as_ref() == Some(&source.source_id)
        });
        let Some(source) = source else {
            return Ok(Fetched::NotUnderstood("a schema of another source"));
        };
        sources::set_schema(
            self.tx,
            &source.operator_id,
            &source.source_id,
            &source.schema_url,
            &schema.as_value().to_string(),
        )?;
        self.understand_open_requests()?;
        self.tell(TopicView::Offers);
        Ok(Fetched::ALL)
    }

    fn on_snapshot(
        &mut self,
        etag: Option<String>,
        snapshot: &Snapshot,
    ) -> Result<Fetched, AppError> {
        for outcome in &snapshot.services {
            let mut outcome = outcome.clone();
            if let [_] = snapshot.services.as_slice() {
                outcome.etag = etag.clone().or(outcome.etag);
            }
            let id = (self.draw)();
            take_in_snapshot(self.tx, &self.operator.operator_id, &outcome, id, self.now)?;
        }
        for topic in [TopicView::Data, TopicView::Requests, TopicView::Offers] {
            self.tell(topic);
        }
        Ok(Fetched::ALL)
    }

    fn on_not_modified(&mut self, url: &Url) -> Result<Fetched, AppError> {
        let operator = &self.operator.operator_id;
        let source = sources::list(self.tx, operator)?
            .into_iter()
            .find(|source| snapshot_url(&source.entry).as_ref() == Some(url));
        let newest = snapshots::latest_per_source(self.tx)?
            .into_iter()
            .find(|it| {
                it.operator_id.as_ref() == Some(operator)
                    && source
                        .as_ref()
                        .is_some_and(|source| source.source_id == it.source_id)
            });
        if let Some(newest) = newest {
            snapshots::set_fetched_at(self.tx, newest.snapshot_id, self.now)?;
            self.tell(TopicView::Data);
        }
        Ok(Fetched::ALL)
    }

    /// Keeps a notice that some request names by its hash; any other is not the one to be shown.
    fn on_notice(
        &mut self,
        uri: &Url,
        language: Language,
        body: String,
    ) -> Result<Fetched, AppError> {
        let hash = canonical::sha256_tag(body.as_bytes());
        let named = |hashes: &LocalText| hashes.in_language(language) == Some(hash.as_str());
        let mut version = None;
        for state in [RequestState::Requested, RequestState::Deferred] {
            for stored in requests::list(self.tx, state)? {
                let request = understood(&stored)?;
                version = version.or(request
                    .filter(|it| it.notice.uri == uri.as_str() && named(&it.notice.hashes))
                    .map(|it| it.notice.version));
            }
        }
        if let Some(version) = version {
            let notice = StoredNotice {
                uri: uri.to_string(),
                version,
                language,
                hash,
                body,
            };
            notices::put(self.tx, &notice)?;
            self.understand_open_requests()?;
        }
        Ok(Fetched::ALL)
    }

    fn on_access_log(
        &mut self,
        entries: &[AccessEntry],
        next: Option<u64>,
    ) -> Result<Fetched, AppError> {
        let operator = self.operator.operator_id.clone();
        let mut after = self.operator.access_log_after;
        for entry in entries {
            let happened_at = entry.time.to_zoned(TimeZone::UTC);
            let stored = StoredAccess {
                operator_id: operator.clone(),
                access_id: entry.transaction_identifier.clone(),
                consent_id: entry.cr_id,
                happened_at: happened_at.map_or(self.now, |zoned| zoned.timestamp()),
                entry: serde_json::to_string(entry)
                    .map(Personal::new)
                    .map_err(|_| AppError::Stored("use of the data"))?,
            };
            if accesses::insert(self.tx, &stored)? {
                self.tell(TopicView::Uses);
                self.tell(TopicView::Permissions);
            }
            after = after.max(entry.seq.unwrap_or(0));
        }
        let has_grown = after > self.operator.access_log_after;
        operators::set_access_log_after(self.tx, &operator, after)?;
        // An operator that says "more" without giving more would keep us here for ever.
        Ok(match next {
            Some(_) if has_grown => Fetched::Rest(Rest::More),
            Some(_) | None => Fetched::ALL,
        })
    }

    /// Reads the requests that wait for an answer anew, since something they refer to has come.
    pub(super) fn understand_open_requests(&mut self) -> Result<(), AppError> {
        if understand_anew(self.tx, &self.operator, self.now)? {
            self.tell(TopicView::Requests);
        }
        Ok(())
    }
}

pub(super) fn page(next: Option<Url>) -> Fetched {
    Fetched::Rest(next.map_or(Rest::Nothing, Rest::Page))
}
