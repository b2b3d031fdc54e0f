//! The city as a whole, read from the files that are compiled in.

use consent::{LocalText, OrganisationId, PersonId, RequestId};
use jiff::{SignedDuration, Span, Timestamp, civil::Date, tz::TimeZone};
use operator_protocol::{algorithm::AlgorithmEntry, offer::OfferPayload, request::RequestPayload};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    Audience, CityError, Delegation, Notice, OfferTemplate, Organisation, RequestTemplate,
    Resident, Schedule, Service, Source, files, person::People, placeholder,
};

const HOURS_A_DAY: i64 = 24;

/// Everything that an operator needs to play the city.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// The operator's address, without a slash at its end. It is also the operator's identifier.
    pub base: String,
    /// What the operator is called.
    pub operator_name: LocalText,
    /// Whom one can sign in as. The first is the main one.
    pub residents: Vec<Resident>,
    /// Who may decide for whom.
    pub delegations: Vec<Delegation>,
    /// Who answers for sources and services.
    pub organisations: Vec<Organisation>,
    /// The services that are registered with the operator.
    pub services: Vec<Service>,
    /// The sources.
    pub sources: Vec<Source>,
    /// The notices.
    pub notices: Vec<Notice>,
    /// What services ask for.
    pub request_templates: Vec<RequestTemplate>,
    /// What services offer.
    pub offers: Vec<OfferTemplate>,
    /// The entries of the algorithm register, one for each language.
    pub algorithms: Vec<AlgorithmEntry>,
    /// What happens by itself.
    pub schedule: Schedule,
}

impl City {
    /// Reads the city as it is at the operator whose address is `base`.
    ///
    /// # Errors
    ///
    /// Fails only if a file of the city is broken, which its tests exclude.
    pub fn at(base: &str) -> Result<Self, CityError> {
        let base = base.trim_end_matches('/');
        let people: People = placeholder::read(files::PEOPLE, base)?;
        let organisations: Vec<Organisation> = placeholder::read(files::ORGANISATIONS, base)?;
        let algorithms = read_all(files::ALGORITHMS, base)?;
        let services = files::SERVICES
            .iter()
            .map(|file| Service::read(file, base, &organisations, &algorithms))
            .collect::<Result<_, _>>()?;
        let sources = files::SOURCES
            .iter()
            .map(|files| Source::read(files, base))
            .collect::<Result<_, _>>()?;
        let notices = files::NOTICES
            .iter()
            .map(Notice::read)
            .collect::<Result<_, _>>()?;
        Ok(Self {
            base: base.to_owned(),
            operator_name: people.operator_name,
            residents: people.residents,
            delegations: people.delegations,
            organisations,
            services,
            sources,
            notices,
            request_templates: read_all(files::REQUESTS, base)?,
            offers: read_all(files::OFFERS, base)?,
            algorithms,
            schedule: placeholder::read(files::SCHEDULE, base)?,
        })
    }

    /// Finds a resident.
    pub fn find_resident(&self, id: &PersonId) -> Option<&Resident> {
        self.residents.iter().find(|resident| resident.id == *id)
    }

    /// Finds an organisation.
    pub fn find_organisation(&self, id: &OrganisationId) -> Option<&Organisation> {
        self.organisations
            .iter()
            .find(|organisation| organisation.id == *id)
    }

    /// Finds a service by its short name.
    pub fn find_service(&self, slug: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.slug == slug)
    }

    /// Finds a source by its short name.
    pub fn find_source(&self, slug: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.slug == slug)
    }

    /// Finds a notice by its short name and version.
    pub fn find_notice(&self, slug: &str, version: &str) -> Option<&Notice> {
        self.notices
            .iter()
            .find(|notice| notice.slug == slug && notice.version == version)
    }

    /// Finds a request's template.
    pub fn find_template(&self, id: &str) -> Option<&RequestTemplate> {
        self.request_templates
            .iter()
            .find(|template| template.id == id)
    }

    /// Returns the payload of a request, ready to be signed with the key of the template's sender.
    ///
    /// # Errors
    ///
    /// Fails if the template is for children and nobody decides for `subject`, or if the time is
    /// out of range.
    pub fn request(
        &self,
        template: &RequestTemplate,
        id: &RequestId,
        subject: &PersonId,
        at: Timestamp,
    ) -> Result<RequestPayload, CityError> {
        let mut payload = template.payload.clone();
        placeholder::replace(&mut payload, "{subject}", subject.as_str());
        let until = date_of(at).checked_add(Span::new().try_months(template.permission_months)?)?;
        if let Some(process) = payload.pointer_mut("/authorization_details/0") {
            put(process, "valid_until", json!(until));
        }
        let hashes = self
            .notices
            .iter()
            .find(|notice| template.notice_uri() == Some(&notice.uri(&self.base)))
            .map(Notice::hashes);
        if let (Some(hashes), Some(notice)) = (hashes, payload.pointer_mut("/notice")) {
            put(notice, "hash", json!(hashes));
        }
        let participants = self.participants(template.audience, subject)?;
        put(&mut payload, "participants", participants);
        put(&mut payload, "jti", json!(id));
        put(&mut payload, "iat", json!(at.as_second()));
        let exp = later(at, template.lapses_after_days)?;
        put(&mut payload, "exp", json!(exp.as_second()));
        let reply_by = later(at, template.reply_within_days)?;
        put(&mut payload, "reply_by", json!(reply_by));
        complete(payload)
    }

    /// Returns the payload of an offer, ready to be signed with the key of its issuer.
    ///
    /// # Errors
    ///
    /// Fails if the time is out of range.
    pub fn offer(&self, offer: &OfferTemplate, at: Timestamp) -> Result<OfferPayload, CityError> {
        let mut payload = offer.payload.clone();
        let exp = later(at, offer.lapses_after_days)?;
        let starts = later(at, offer.starts_in_days)?;
        let ends = later(at, offer.ends_in_days)?;
        put(&mut payload, "iat", json!(at.as_second()));
        put(&mut payload, "exp", json!(exp.as_second()));
        put(&mut payload, "starts", json!(date_of(starts)));
        put(&mut payload, "ends", json!(date_of(ends)));
        complete(payload)
    }

    fn participants(&self, audience: Audience, subject: &PersonId) -> Result<Value, CityError> {
        let mut participants = vec![json!({"id": subject, "role": "data_subject"})];
        if audience == Audience::Child {
            let delegation = self
                .delegations
                .iter()
                .find(|delegation| delegation.subject == *subject)
                .ok_or_else(|| CityError::NoGuardian(subject.clone()))?;
            let guardians =
                std::iter::once(&delegation.guardian).chain(&delegation.other_guardians);
            participants.extend(guardians.map(|id| json!({"id": id, "role": "activator"})));
        }
        Ok(Value::Array(participants))
    }
}

fn read_all<T: DeserializeOwned>(
    files: &[(&str, files::File)],
    base: &str,
) -> Result<Vec<T>, CityError> {
    files
        .iter()
        .map(|(_, file)| placeholder::read(*file, base))
        .collect()
}

fn complete<T: DeserializeOwned>(payload: Value) -> Result<T, CityError> {
    serde_json::from_value(payload).map_err(|source| CityError::File {
        file: "requests or offers",
        source,
    })
}

fn put(object: &mut Value, member: &str, value: Value) {
    if let Value::Object(members) = object {
        members.insert(member.to_owned(), value);
    }
}

fn later(at: Timestamp, days: u16) -> Result<Timestamp, CityError> {
    Ok(at.checked_add(SignedDuration::from_hours(i64::from(days) * HOURS_A_DAY))?)
}

fn date_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
