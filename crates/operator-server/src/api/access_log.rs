//! The log of uses of data: which paths, by whom, when, by which permission. Never a value.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Query, State},
};
use consent::{ConsentId, Language, PersonId};
use jiff::{Timestamp, tz::TimeZone};
use operator_protocol::{
    access_log::{AccessEntry, ClaimsOf, PartyIdentifier, TransactionResult},
    api::AccessLogPage,
    event::EventKind,
    service::{PRIVACY_POLICY, Policy, lang_strings, local_text},
};
use rusqlite::Transaction;
use serde::Deserialize;

use super::{PAGE, draw_id};
use crate::{
    announce::News,
    api::{
        matching,
        statements::checks::{read_request, read_terms},
    },
    operator::{Caller, Operator, work},
    refusal::Refusal,
    standing,
    store::{StoreError, accesses, consents, requests},
};

/// After which entry the page starts.
#[derive(Debug, Deserialize)]
pub(crate) struct AccessLogQuery {
    #[serde(default)]
    after: i64,
}

/// Why no data flowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoAccess {
    /// There is no such record, or it answers no request.
    Unknown,
    /// The permission is not in force.
    NotInForce,
}

/// Answers with the uses of data that concern the person.
pub(crate) async fn list(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    Query(query): Query<AccessLogQuery>,
) -> Result<Json<AccessLogPage>, Refusal> {
    work(&operator, move |operator, _| {
        let found = operator
            .store
            .read(|conn| accesses::list_of(conn, caller.person(), query.after, PAGE))?;
        let is_full = found.len() == PAGE as usize;
        let next = found.last().filter(|_| is_full).map(|(seq, _)| *seq);
        let corrupt = StoreError::Corrupt {
            table: "access",
            column: "entry",
        };
        let items = found
            .into_iter()
            .map(|(seq, entry)| {
                let entry: AccessEntry = serde_json::from_str(&entry)?;
                Ok(AccessEntry {
                    seq: Some(seq),
                    ..entry
                })
            })
            .collect::<Result<_, serde_json::Error>>()
            .map_err(|_| corrupt)?;
        Ok(Json(AccessLogPage { items, next }))
    })
    .await
}

impl Operator {
    /// Lets the service use the data that a permission allows, if it is in force, and logs it.
    ///
    /// Of `paths` only those flow that the record includes; with none given, all that it includes.
    pub(crate) fn access(
        &self,
        tx: &Transaction<'_>,
        consent: ConsentId,
        paths: Option<&[String]>,
        now: Timestamp,
    ) -> Result<Result<String, NoAccess>, Refusal> {
        let Some(record) = consents::find(tx, consent)? else {
            return Ok(Err(NoAccess::Unknown));
        };
        let request = match &record.request {
            Some(id) => requests::find(tx, id)?,
            None => None,
        };
        let Some(request) = request else {
            return Ok(Err(NoAccess::Unknown));
        };
        let (request, asked) = read_request(request)?;
        if !standing::is_in_force(tx, &record, &asked, now)? {
            return Ok(Err(NoAccess::NotInForce));
        }
        let terms = read_terms(&record)?;
        let included = terms.fields.iter().map(|field| field.path.clone());
        let presented: Vec<String> = included
            .filter(|path| paths.is_none_or(|wanted| wanted.contains(path)))
            .collect();
        let wanted = matching::detail(&asked)
            .map(|detail| {
                detail
                    .fields
                    .iter()
                    .map(|field| field.path.clone())
                    .collect()
            })
            .unwrap_or_default();
        let source = matching::detail(&asked)
            .and_then(|detail| slug_of_schema(&detail.schema))
            .unwrap_or_default();
        let id = draw_id("acc", now)?;
        let claims = |claims| {
            vec![ClaimsOf {
                credential_identifier: source.clone(),
                claims,
            }]
        };
        let entry = AccessEntry {
            list_of_claims_requested: claims(wanted),
            list_of_claims_presented: claims(presented),
            cr_id: Some(consent),
            ..self.entry_of(&id, asked.service.as_str(), &asked.intended_use, now)?
        };
        let people = requests::list_people(tx, &request.id)?;
        self.log(
            tx,
            &id,
            Some(consent),
            &entry,
            &people,
            &record.subject,
            now,
        )?;
        Ok(Ok(id))
    }

    /// Describes who uses data and what for, as the service registered it (EUDI TS10).
    fn entry_of(
        &self,
        id: &str,
        service: &str,
        intended_use: &str,
        now: Timestamp,
    ) -> Result<AccessEntry, Refusal> {
        let description = self
            .city
            .services
            .iter()
            .map(|known| &known.description)
            .find(|known| known.mydata_service.id.as_str() == service)
            .ok_or(Refusal::Internal("describe a service"))?;
        let of_service = &description.mydata_service;
        let registered = description.find_use(intended_use);
        let authority = description.supervisory_authority.as_ref();
        let contact = of_service.controller_contact.email.clone();
        Ok(AccessEntry {
            transaction_identifier: id.to_owned(),
            time: now.to_zoned(TimeZone::UTC).datetime(),
            transaction_type: "Presentation".to_owned(),
            transaction_result: TransactionResult::Completed,
            reason_of_noncompletion: None,
            interacting_party_identifier: PartyIdentifier {
                kind: "http://data.europa.eu/eudi/id/EUID".to_owned(),
                identifier: of_service.controller.to_string(),
            },
            interacting_party_type: "ServiceProvider".to_owned(),
            interacting_party_name: of_service
                .controller_name
                .pick(Language::Fi)
                .unwrap_or_default()
                .to_owned(),
            interacting_party_contact: std::iter::once("FI".to_owned()).chain(contact).collect(),
            is_intermediary: description.is_intermediary,
            registrar_url: description.registry_uri.clone(),
            purpose: registered
                .map(|registered| lang_strings(&local_text(&registered.purpose)))
                .unwrap_or_default(),
            privacy_policy: registered.map(|registered| Policy {
                kind: PRIVACY_POLICY.to_owned(),
                policy_uri: registered.privacy_policy.policy_uri.clone(),
            }),
            dpa_name: authority.map(|authority| authority.name.clone()),
            dpa_country: authority.map(|authority| authority.country.clone()),
            dpa_contact: authority
                .map(|authority| authority.form_uri.clone())
                .unwrap_or_default(),
            list_of_claims_requested: Vec::new(),
            list_of_claims_presented: Vec::new(),
            cr_id: None,
            seq: None,
        })
    }

    #[expect(clippy::too_many_arguments, reason = "one row, written in one place")]
    fn log(
        &self,
        tx: &Transaction<'_>,
        id: &str,
        consent: Option<ConsentId>,
        entry: &AccessEntry,
        people: &[PersonId],
        subject: &PersonId,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let text =
            serde_json::to_string(entry).map_err(|_| Refusal::Internal("write an access"))?;
        accesses::insert(tx, id, consent, &text, people, now)?;
        let news = News {
            kind: EventKind::DataAccessed,
            about: id.to_owned(),
            href: Some(self.url("/v1/access-log")),
            transaction: consent.map(|consent| consent.to_string()),
            subject: Some(subject.clone()),
        };
        self.announce_to(tx, people, &news, now)?;
        tracing::info!(access = id, "Data used");
        Ok(())
    }
}

/// Returns the short name of the source in a schema's address.
fn slug_of_schema(schema: &str) -> Option<String> {
    let (_, rest) = schema.split_once("/v1/sources/")?;
    Some(rest.split_once('/')?.0.to_owned())
}
