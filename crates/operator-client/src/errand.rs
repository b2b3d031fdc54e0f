//! Carries out one order: asks the operator what the task says, and reads the answer.

mod stream;
#[cfg(test)]
mod tests;

use operator_protocol::access_log::AccessEntry;
use operator_protocol::api::{AccessLogPage, JWT, OfferAcceptance, Page, RECORD};
use operator_protocol::discovery::Endpoints;
use operator_protocol::offer::OfferCatalogue;
use operator_protocol::source::{SourceEntry, SourceSchema};
use operator_sync::{Answer, Discovered, Failure, Listed, Order, Outcome, Refusal, Task};
use pii::{Personal, Secret};
use reqwest::{Method, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::http::{Ask, Authorization, Http, Kind, Response, address};
use crate::oauth;

const JSON: &str = "application/json";

/// Carries out `order`. Never panics; every way to fail is in the outcome.
#[tracing::instrument(skip_all, fields(task = order.task.name()))]
pub async fn carry_out(http: &Http, order: &Order) -> Outcome {
    let errand = Errand {
        http,
        operator: &order.operator,
        access: order.access.as_ref(),
    };
    let outcome = errand.run(&order.task).await;
    match &outcome {
        Ok(answer) => tracing::debug!(answer = answer.name(), "Answered"),
        Err(failure) => tracing::debug!(%failure, "Not answered"),
    }
    outcome
}

struct Errand<'a> {
    http: &'a Http,
    operator: &'a Discovered,
    access: Option<&'a Secret<String>>,
}

impl<'a> Errand<'a> {
    async fn run(&self, task: &Task) -> Outcome {
        match task {
            Task::RefreshTokens { refresh } => {
                oauth::refresh(self.http, &self.operator.server, refresh)
                    .await
                    .map(Answer::Tokens)
            }
            Task::CreateStream => self.create_stream().await,
            Task::PutRecord { consent, body } => {
                let id = consent.to_string();
                let url = address::below(self.endpoint(|e| &e.consents)?, &[&id]);
                let body = body.reveal().clone().into_bytes();
                self.send(Method::PUT, url, RECORD, body, &id)
                    .await?
                    .any_success()?;
                Ok(Answer::RecordStored)
            }
            Task::PostStatement { message, jws } => {
                let url = self.endpoint(|e| &e.status_changes)?.clone();
                let body = jws.reveal().clone().into_bytes();
                self.send(Method::POST, url, JWT, body, &message.to_string())
                    .await?
                    .message("a receipt")
                    .map(|jws| Answer::Receipt(Personal::new(jws)))
            }
            Task::RequestFromOffer {
                offer,
                template,
                subject,
                key,
            } => {
                let acceptance = OfferAcceptance {
                    offer: offer.clone(),
                    template: template.clone(),
                    subject: subject.clone(),
                };
                let url = self.endpoint(|e| &e.requests)?.clone();
                let body = json(&acceptance)?;
                self.send(Method::POST, url, JSON, body, &key.to_string())
                    .await?
                    .message("an access request")
                    .map(|jws| Answer::Request(Personal::new(jws)))
            }
            Task::Poll { endpoint, request } => self.poll(endpoint, request).await,
            Task::FetchDelegations => {
                let url = self.endpoint(|e| &e.delegations)?.clone();
                let page: Page<Personal<String>> = self.fetch(url).await?.page("delegations")?;
                Ok(Answer::Delegations(page.items))
            }
            Task::FetchRequests { page } => {
                let url = self.page(page.as_ref(), |e| &e.requests)?;
                Ok(Answer::Requests(self.list(url, true, "requests").await?))
            }
            Task::FetchConsents { page } => {
                let url = self.page(page.as_ref(), |e| &e.consents)?;
                Ok(Answer::Consents(self.list(url, true, "consents").await?))
            }
            Task::FetchServices { page } => {
                let url = self.page(page.as_ref(), |e| &e.services)?;
                Ok(Answer::Services(self.list(url, false, "services").await?))
            }
            Task::FetchRequest { href } => self
                .fetch_as(href.clone(), JWT)
                .await?
                .message("an access request")
                .map(|jws| Answer::Request(Personal::new(jws))),
            Task::FetchReceipt { href } => self
                .fetch_as(href.clone(), JWT)
                .await?
                .message("a receipt")
                .map(|jws| Answer::Receipt(Personal::new(jws))),
            Task::FetchSources => {
                let url = self.endpoint(|e| &e.sources)?.clone();
                let page: Page<SourceEntry> = self.read(url, JSON).await?.page("sources")?;
                Ok(Answer::Sources(page.items))
            }
            Task::FetchSchema { url } => {
                let schema: SourceSchema = self.read(url.clone(), JSON).await?.json("a schema")?;
                Ok(Answer::Schema(Box::new(schema)))
            }
            Task::FetchSnapshot { url, etag } => self.snapshot(url, etag.as_deref()).await,
            Task::FetchNotice { uri, language } => {
                let url = address::with_query(uri, "lang", language.code());
                let body = self.read(url, "text/plain").await?.success(Kind::Text)?;
                String::from_utf8(body)
                    .map(Answer::Notice)
                    .map_err(|_| not_understood("a notice"))
            }
            Task::FetchOffers { since } => {
                let url = self.endpoint(|e| &e.offers)?;
                let url = address::with_query(url, "since_version", &since.to_string());
                let offers: OfferCatalogue = self.read(url, JSON).await?.page("offers")?;
                Ok(Answer::Offers(offers))
            }
            Task::FetchAccessLog { after } => {
                let url = self.endpoint(|e| &e.access_log)?;
                let url = address::with_query(url, "after", &after.to_string());
                let page: AccessLogPage = self.fetch(url).await?.page("the access log")?;
                let entries: Vec<AccessEntry> = page.items;
                Ok(Answer::AccessLog {
                    entries,
                    next: page.next,
                })
            }
        }
    }

    async fn snapshot(&self, url: &Url, etag: Option<&str>) -> Outcome {
        let ask = Ask::get(url.clone(), self.home())
            .accept(JSON)
            .authorized(self.authorized()?)
            .unless(etag);
        let response = self.http.ask(&ask).await?;
        if response.status == StatusCode::NOT_MODIFIED {
            return Ok(Answer::NotModified);
        }
        let etag = response.etag.clone();
        let snapshot = Box::new(response.page("a snapshot")?);
        Ok(Answer::Snapshot { etag, snapshot })
    }

    /// Fetches one page of a list, and checks where it says that the next one is.
    async fn list<T: DeserializeOwned>(
        &self,
        url: Url,
        is_personal: bool,
        what: &'static str,
    ) -> Result<Listed<T>, Failure> {
        let response = if is_personal {
            self.fetch(url).await?
        } else {
            self.read(url, JSON).await?
        };
        let page: Page<T> = response.page(what)?;
        let next = match page.next {
            Some(next) => {
                let next = self.home().join(&next).map_err(|_| not_understood(what))?;
                Some(self.at_home(next)?)
            }
            None => None,
        };
        Ok(Listed {
            items: page.items,
            next,
        })
    }

    /// Fetches in the person's name.
    async fn fetch(&self, url: Url) -> Result<Response, Failure> {
        self.fetch_as(url, JSON).await
    }

    async fn fetch_as(&self, url: Url, media_type: &'static str) -> Result<Response, Failure> {
        let ask = Ask::get(url, self.home())
            .accept(media_type)
            .authorized(self.authorized()?);
        self.http.ask(&ask).await
    }

    /// Fetches what is the same for everybody, and so without saying who asks.
    async fn read(&self, url: Url, media_type: &'static str) -> Result<Response, Failure> {
        let ask = Ask::get(url, self.home()).accept(media_type);
        self.http.ask(&ask).await
    }

    async fn send(
        &self,
        method: Method,
        url: Url,
        content_type: &'static str,
        body: Vec<u8>,
        key: &str,
    ) -> Result<Response, Failure> {
        let ask = Ask::send(method, url, self.home(), content_type, body)
            .authorized(self.authorized()?)
            .once(key);
        self.http.ask(&ask).await
    }

    fn home(&self) -> &'a Url {
        self.operator.home()
    }

    fn at_home(&self, url: Url) -> Result<Url, Failure> {
        if address::is_permitted(&url) && address::is_same_origin(&url, self.home()) {
            Ok(url)
        } else {
            Err(Failure::ForeignAddress)
        }
    }

    fn authorized(&self) -> Result<Option<Authorization<'a>>, Failure> {
        let access = self.access.ok_or(Failure::Unauthorised)?;
        Ok(Some(Authorization::bearer(access)))
    }

    fn endpoint(&self, find: impl Fn(&Endpoints) -> &Option<Url>) -> Result<&'a Url, Failure> {
        let endpoints = &self.operator.resource.mydata_operator.endpoints;
        find(endpoints).as_ref().ok_or_else(not_offered)
    }

    fn page(
        &self,
        page: Option<&Url>,
        find: impl Fn(&Endpoints) -> &Option<Url>,
    ) -> Result<Url, Failure> {
        match page {
            Some(page) => Ok(page.clone()),
            None => self.endpoint(find).cloned(),
        }
    }
}

fn json(body: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(body).map_err(|_| not_understood("what was to be asked"))
}

fn not_understood(what: &'static str) -> Failure {
    Failure::NotUnderstood { what }
}

/// An operator lists only what it offers (RFC 9728); asking for the rest is refused here.
fn not_offered() -> Failure {
    Failure::Refused(Refusal {
        status: 404,
        problem: None,
    })
}
