//! Requests: what is asked of the person, with their own values, and their answer.

mod answer;
mod understand;

pub use answer::{Answer, answer_request};
pub(crate) use understand::{understand, understand_anew};

use consent::{
    LocalText, OperatorId, RequestId,
    request::{AccessRequest, Necessity, Obstacle, RequestedField},
};
use jiff::Timestamp;
use vault::{
    Connection, Vault, notices, operators,
    operators::StoredOperator,
    requests::{self, RequestState, StoredRequest},
};

use crate::{
    AppError,
    copy::{Copies, Found},
    decision::may_decide_for,
    organisations::organisation_name,
    text::moment,
    view::{
        AvailabilityView, FieldView, NoticeView, ObstacleView, RequestStateView,
        RequestSummaryView, RequestView, StorageView, SubjectView, TextView,
    },
};

/// The states in the order in which a list shows them.
const SHOWN: [RequestState; 4] = [
    RequestState::Requested,
    RequestState::Deferred,
    RequestState::Answered,
    RequestState::Cancelled,
];

/// Returns the requests: open and put off first, each part newest first.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn list_requests(vault: &Vault, now: Timestamp) -> Result<Vec<RequestSummaryView>, AppError> {
    vault.read(|conn| {
        let mut contexts = Contexts::new(conn);
        let mut views = Vec::new();
        for state in SHOWN {
            for stored in requests::list(conn, state)? {
                // One that is not understood yet waits for its service's description.
                if let Some(request) = understood(&stored)? {
                    views.push(
                        contexts
                            .of(&stored.operator_id)?
                            .summary(&stored, &request, now)?,
                    );
                }
            }
        }
        Ok(views)
    })
}

/// Returns one request with all that a decision needs.
///
/// # Errors
///
/// Returns [`AppError::NotFound`] if there is no such request.
pub fn find_request(
    vault: &Vault,
    id: &RequestId,
    now: Timestamp,
) -> Result<RequestView, AppError> {
    vault.read(|conn| {
        let stored = requests::find(conn, id)?.ok_or(AppError::NotFound("request"))?;
        let request = understood(&stored)?.ok_or(AppError::NotFound("request"))?;
        Context::of(conn, &stored.operator_id)?.detail(&stored, &request, now)
    })
}

pub(crate) fn understood(stored: &StoredRequest) -> Result<Option<AccessRequest>, AppError> {
    stored
        .request
        .as_ref()
        .map(|json| serde_json::from_str(json.reveal()).map_err(|_| AppError::Stored("request")))
        .transpose()
}

/// What is known of each operator, read once for a whole list.
struct Contexts<'a> {
    conn: &'a Connection,
    known: Vec<Context<'a>>,
}

impl<'a> Contexts<'a> {
    const fn new(conn: &'a Connection) -> Self {
        Self {
            conn,
            known: Vec::new(),
        }
    }

    fn of(&mut self, operator: &OperatorId) -> Result<&Context<'a>, AppError> {
        let at = match self
            .known
            .iter()
            .position(|known| known.operator.operator_id == *operator)
        {
            Some(at) => at,
            None => {
                self.known.push(Context::of(self.conn, operator)?);
                self.known.len() - 1
            }
        };
        self.known.get(at).ok_or(AppError::NotFound("operator"))
    }
}

/// What a request's view needs besides the request.
pub(crate) struct Context<'a> {
    conn: &'a Connection,
    operator: StoredOperator,
    copies: Copies,
}

impl<'a> Context<'a> {
    pub(crate) fn of(conn: &'a Connection, operator: &OperatorId) -> Result<Self, AppError> {
        Ok(Self {
            conn,
            operator: operators::find(conn, operator)?.ok_or(AppError::NotFound("operator"))?,
            copies: Copies::of(conn, operator)?,
        })
    }

    pub(crate) fn subject(&self, request: &AccessRequest) -> SubjectView {
        SubjectView {
            is_self: self.operator.person_id.as_ref() == Some(&request.subject),
            name: self.copies.name_of(&request.subject),
        }
    }

    fn summary(
        &self,
        stored: &StoredRequest,
        request: &AccessRequest,
        now: Timestamp,
    ) -> Result<RequestSummaryView, AppError> {
        let is_open = matches!(
            stored.state,
            RequestState::Requested | RequestState::Deferred
        );
        let has_authority = may_decide_for(self.conn, &self.operator, &request.subject, now)?;
        Ok(RequestSummaryView {
            id: request.id.to_string(),
            service: request.service_name.clone().into(),
            requester: request.controller.name.clone().into(),
            purpose: request.purpose_title.clone().into(),
            subject: self.subject(request),
            state: match stored.state {
                RequestState::Answered => RequestStateView::Answered,
                RequestState::Cancelled => RequestStateView::Cancelled,
                RequestState::Requested | RequestState::Deferred if now >= stored.expires_at => {
                    RequestStateView::Expired
                }
                RequestState::Requested => RequestStateView::Open,
                RequestState::Deferred => RequestStateView::Deferred,
            },
            received_at: moment(stored.received_at),
            reply_by: request.reply_by.map(moment),
            can_give: is_open && has_authority && request.may_be_given(now),
        })
    }

    fn detail(
        &self,
        stored: &StoredRequest,
        request: &AccessRequest,
        now: Timestamp,
    ) -> Result<RequestView, AppError> {
        let summary = self.summary(stored, request, now)?;
        let is_open = matches!(
            summary.state,
            RequestStateView::Open | RequestStateView::Deferred | RequestStateView::Expired
        );
        let has_authority = may_decide_for(self.conn, &self.operator, &request.subject, now)?;
        let recipients = request
            .recipients
            .iter()
            .map(|recipient| organisation_name(self.conn, &self.operator.operator_id, recipient))
            .map(|name| name.map(TextView::from))
            .collect::<Result<_, _>>()?;

        Ok(RequestView {
            is_verified: !request.obstacles.contains(&Obstacle::UnregisteredRequester)
                && !request.obstacles.contains(&Obstacle::BadSignature),
            is_public_body: request.controller.is_public,
            contact: request.controller.email.clone(),
            operator: self.operator.name.clone().into(),
            source: request.source_title.clone().into(),
            legal_basis: article(&request.legal_basis).to_owned(),
            valid_until: request.valid_until.map(|day| day.to_string()),
            frequency: request.frequency.clone(),
            storage: StorageView {
                countries: request
                    .storage
                    .locations
                    .iter()
                    .map(|term| term.strip_prefix("loc:").unwrap_or(term).to_owned())
                    .collect(),
                kept_for: request.storage.duration.clone(),
                deleted_within: request.storage.deletion.clone(),
            },
            recipients,
            automated_decision: request.automated_decision.clone(),
            if_yes: request.consequences.of_yes.clone().into(),
            if_no: request.consequences.of_no.clone().into(),
            if_withdrawn: request.consequences.of_withdrawing.clone().into(),
            notice: self.notice(request)?,
            fields: request
                .fields
                .iter()
                .map(|field| self.field(request, field))
                .collect(),
            obstacles: obstacles(request, has_authority, now),
            can_refuse: is_open && has_authority,
            can_defer: is_open && summary.state != RequestStateView::Expired,
            permission_id: stored.consent_id.map(|id| id.to_string()),
            summary,
        })
    }

    fn field(&self, request: &AccessRequest, field: &RequestedField) -> FieldView {
        let found = field.node_path.as_deref().map_or(Found::Absent, |path| {
            self.copies.find(&request.source, path, &request.subject)
        });
        let (availability, values) = match found {
            Found::Values(values) => (AvailabilityView::Known, values),
            Found::Absent => (AvailabilityView::Absent, Vec::new()),
            Found::NotFetched => (AvailabilityView::NotFetched, Vec::new()),
        };
        FieldView {
            path: field.path.clone(),
            label: field.label.clone().into(),
            is_required: field.necessity == Necessity::Required,
            is_sensitive: field.is_sensitive,
            availability,
            values,
        }
    }

    fn notice(&self, request: &AccessRequest) -> Result<NoticeView, AppError> {
        let mut text = LocalText::default();
        for language in consent::Language::ALL {
            let Some(hash) = request.notice.hashes.in_language(language) else {
                continue;
            };
            let kept = notices::find(
                self.conn,
                &request.notice.uri,
                &request.notice.version,
                language,
                hash,
            )?;
            if let Some(notice) = kept {
                text.set(language, notice.body);
            }
        }
        Ok(NoticeView {
            version: request.notice.version.clone(),
            text: text.into(),
        })
    }
}

/// Returns the article of an `eu-gdpr:` term, such as `A6-1-a`.
pub(crate) fn article(legal_basis: &str) -> &str {
    legal_basis.strip_prefix("eu-gdpr:").unwrap_or(legal_basis)
}

fn obstacles(request: &AccessRequest, has_authority: bool, now: Timestamp) -> Vec<ObstacleView> {
    let mut obstacles: Vec<_> = request.obstacles.iter().map(|it| (*it).into()).collect();
    if now >= request.expires_at && !obstacles.contains(&ObstacleView::Expired) {
        obstacles.push(ObstacleView::Expired);
    }
    if !has_authority {
        obstacles.push(ObstacleView::NoAuthority);
    }
    obstacles
}

impl From<Obstacle> for ObstacleView {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::UnregisteredRequester => Self::UnregisteredRequester,
            Obstacle::BadSignature => Self::BadSignature,
            Obstacle::UnknownPurpose => Self::UnknownPurpose,
            Obstacle::UnknownCategory => Self::UnknownCategory,
            Obstacle::UnknownLegalBasis => Self::UnknownLegalBasis,
            Obstacle::UnknownField => Self::UnknownField,
            Obstacle::TermsDiffer => Self::TermsDiffer,
            Obstacle::NoticeDiffers => Self::NoticeDiffers,
            Obstacle::Expired => Self::Expired,
            Obstacle::SeveralPurposes => Self::SeveralPurposes,
        }
    }
}
