//! What deserves a person's attention, when, and in which words.
//!
//! A notification is read by whoever sees the screen, and desktops keep a history of them. So it
//! says that something waits, never what, whose or from whom.
//!
//! **Invariant:** pure. No clock, no bus, no store; and no text in a notification comes from
//! outside this crate.

mod memory;
mod words;

use consent::{ConsentId, LocalText, OfferId, OperatorId, RequestId};
use serde::{Deserialize, Serialize};

pub use memory::Notified;

/// Something that a person may want to know of. Equal ones are one and the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "id")]
pub enum Happening {
    /// An access request came in.
    RequestArrived(RequestId),
    /// The time to answer a request is nearly over.
    RequestEndsSoon(RequestId),
    /// An offer of the catalogue fits, as this device found out by itself.
    OfferMatched(OfferId),
    /// An answer was refused by the operator for good.
    AnswerNotDelivered(ConsentId),
    /// A withdrawal was refused by the operator for good.
    WithdrawalNotDelivered(ConsentId),
    /// A permission ended without the person's doing.
    PermissionEnded(ConsentId),
    /// An operator wants the person to sign in again.
    SignInNeeded(OperatorId),
}

/// What a notification is about. A newer one on a topic takes the place of the older.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Access requests that wait.
    Requests,
    /// Access requests whose time is nearly over.
    Endings,
    /// Offers that fit.
    Offers,
    /// Answers that did not get through.
    Answers,
    /// Withdrawals that did not get through.
    Withdrawals,
    /// Permissions that ended.
    Permissions,
    /// Signing in.
    SignIn,
    /// Several topics at once, or one that must not be named.
    Everything,
}

impl Topic {
    /// Returns the name under which the desktop replaces a notification.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Endings => "endings",
            Self::Offers => "offers",
            Self::Answers => "answers",
            Self::Withdrawals => "withdrawals",
            Self::Permissions => "permissions",
            Self::SignIn => "sign-in",
            Self::Everything => "everything",
        }
    }
}

/// How loudly a notification speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It can wait for the person to look.
    Low,
    /// It is shown as most are.
    Normal,
    /// It stays until it was seen: a person's will was not carried out.
    Critical,
}

/// What opens when the notification is clicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The app, wherever it was.
    Home,
    /// The list of requests.
    Requests,
    /// One request.
    Request(RequestId),
    /// The list of offers.
    Offers,
    /// One offer.
    Offer(OfferId),
    /// The list of permissions.
    Permissions,
    /// One permission.
    Permission(ConsentId),
    /// Signing in at an operator.
    SignIn(OperatorId),
}

/// Whether the vault is open, and so whether the person was there to open it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// The vault is open.
    Open,
    /// The vault is locked: not even the topic is named.
    Locked,
}

/// One notification, as the desktop shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Replaces an older notification of the same topic.
    pub key: &'static str,
    /// The headline.
    pub title: LocalText,
    /// One or two sentences.
    pub body: LocalText,
    /// How loudly it speaks.
    pub urgency: Urgency,
    /// What a click opens.
    pub opens: Target,
}

/// Decides what to show for `happenings`: one notification or none.
///
/// What was shown before is not shown again, and several at once become one. Hand what was
/// shown to [`Notified::remember`].
///
/// ```
/// use consent::{Language, RequestId};
/// use notifications::{Happening, Lock, Notified, decide};
///
/// let request = Happening::RequestArrived(RequestId::parse("req-1").unwrap());
/// let shown = decide(&[request.clone()], &Notified::default(), Lock::Open).unwrap();
/// assert_eq!(shown.body.pick(Language::Fi), Some("Uusi lupapyyntö odottaa vastaustasi."));
///
/// let mut notified = Notified::default();
/// notified.remember([request.clone()]);
/// assert_eq!(decide(&[request], &notified, Lock::Open), None);
/// ```
pub fn decide(happenings: &[Happening], notified: &Notified, lock: Lock) -> Option<Notification> {
    let mut fresh: Vec<&Happening> = happenings
        .iter()
        .filter(|happening| !notified.knows(happening))
        .collect();
    fresh.sort();
    fresh.dedup();

    let urgency = fresh.iter().map(|happening| happening.urgency()).max()?;
    let first = *fresh.first()?;
    let is_one_topic = fresh
        .iter()
        .all(|happening| happening.topic() == first.topic());
    let (topic, opens) = match (lock, is_one_topic) {
        (Lock::Locked, _) | (Lock::Open, false) => (Topic::Everything, Target::Home),
        (Lock::Open, true) if fresh.len() == 1 => (first.topic(), first.opens()),
        (Lock::Open, true) => (first.topic(), first.opens_all()),
    };
    let (urgency, (title, body)) = match lock {
        Lock::Locked => (Urgency::Normal, words::locked()),
        Lock::Open => (urgency, words::of(topic, fresh.len())),
    };
    Some(Notification {
        key: topic.key(),
        title,
        body,
        urgency,
        opens,
    })
}

impl Happening {
    /// Returns what it is about.
    pub const fn topic(&self) -> Topic {
        match self {
            Self::RequestArrived(_) => Topic::Requests,
            Self::RequestEndsSoon(_) => Topic::Endings,
            Self::OfferMatched(_) => Topic::Offers,
            Self::AnswerNotDelivered(_) => Topic::Answers,
            Self::WithdrawalNotDelivered(_) => Topic::Withdrawals,
            Self::PermissionEnded(_) => Topic::Permissions,
            Self::SignInNeeded(_) => Topic::SignIn,
        }
    }

    const fn urgency(&self) -> Urgency {
        match self {
            Self::OfferMatched(_) => Urgency::Low,
            Self::RequestArrived(_)
            | Self::RequestEndsSoon(_)
            | Self::AnswerNotDelivered(_)
            | Self::PermissionEnded(_)
            | Self::SignInNeeded(_) => Urgency::Normal,
            Self::WithdrawalNotDelivered(_) => Urgency::Critical,
        }
    }

    fn opens(&self) -> Target {
        match self {
            Self::RequestArrived(request) | Self::RequestEndsSoon(request) => {
                Target::Request(request.clone())
            }
            Self::OfferMatched(offer) => Target::Offer(offer.clone()),
            Self::AnswerNotDelivered(consent)
            | Self::WithdrawalNotDelivered(consent)
            | Self::PermissionEnded(consent) => Target::Permission(*consent),
            Self::SignInNeeded(operator) => Target::SignIn(operator.clone()),
        }
    }

    const fn opens_all(&self) -> Target {
        match self {
            Self::RequestArrived(_) | Self::RequestEndsSoon(_) => Target::Requests,
            Self::OfferMatched(_) => Target::Offers,
            Self::AnswerNotDelivered(_)
            | Self::WithdrawalNotDelivered(_)
            | Self::PermissionEnded(_) => Target::Permissions,
            Self::SignInNeeded(_) => Target::Home,
        }
    }
}
