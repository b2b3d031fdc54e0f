//! Where an operator is reached and what opens it: plain data that the vault stores.

use std::time::Duration;

use consent::{OperatorId, PersonId};
use jiff::Timestamp;
use operator_protocol::discovery::{AuthorizationServerMetadata, ResourceMetadata};
use operator_protocol::event_stream::TransmitterMetadata;
use operator_protocol::key::JwkSet;
use pii::Secret;
use serde::{Deserialize, Serialize};
use url::Url;

/// All that an operator said about itself when it was first trusted, checked and pinned.
///
/// Every address in it has been checked to be the operator's own, or its sign-in server's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Discovered {
    /// The operator, by its identifier.
    pub operator: OperatorId,
    /// Where its interface is and what it offers (RFC 9728).
    pub resource: ResourceMetadata,
    /// Where a person signs in (RFC 8414).
    pub server: AuthorizationServerMetadata,
    /// The operator's keys. They are pinned: what any other key signed is not believed.
    pub keys: JwkSet,
    /// How its events are had (OpenID SSF 1.0), if it has any.
    pub events: Option<TransmitterMetadata>,
}

impl Discovered {
    /// Returns an address of the operator's server, whose origin all its others share.
    pub const fn home(&self) -> &Url {
        &self.resource.jwks_uri
    }
}

/// What a token endpoint gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Opens the operator for a while.
    pub access: Secret<String>,
    /// Buys the next access token, once.
    pub refresh: Option<Secret<String>>,
    /// How long the access token holds, from when it was given.
    pub expires_in: Option<Duration>,
    /// What the token opens.
    pub scope: Option<String>,
    /// How strongly the person was authenticated.
    pub acr: Option<String>,
    /// The person, by the operator's surrogate.
    pub subject: Option<PersonId>,
}

/// Whether we may speak to the operator in the person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// There is an access token.
    Granted {
        /// When it ends, if the operator said so.
        until: Option<Timestamp>,
        /// Whether a refresh token can renew it.
        renewal: Renewal,
    },
    /// The access token is of no use any more, and there is a refresh token.
    Stale,
    /// The person must sign in again.
    SignInNeeded,
}

/// Whether access can be renewed without the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// There is a refresh token.
    Possible,
    /// There is none.
    Impossible,
}

/// An access token that ends this soon is renewed before it is used.
const MARGIN: Duration = Duration::from_secs(60);

/// A token is taken to hold for this long at least, so that renewing it never becomes a loop.
const LEAST_LIFE: Duration = Duration::from_secs(120);

impl Access {
    /// Returns the access that `tokens` give, if they were given at `now`.
    pub fn from_tokens(tokens: &Tokens, now: Timestamp) -> Self {
        let renewal = match tokens.refresh {
            Some(_) => Renewal::Possible,
            None => Renewal::Impossible,
        };
        let until = tokens
            .expires_in
            .and_then(|life| now.checked_add(life.max(LEAST_LIFE)).ok());
        Self::Granted { until, renewal }
    }

    /// Returns what access is left at `now`.
    pub fn at(self, now: Timestamp) -> Self {
        match self {
            Self::Granted {
                until: Some(until),
                renewal,
            } if now.checked_add(MARGIN).unwrap_or(Timestamp::MAX) >= until => match renewal {
                Renewal::Possible => Self::Stale,
                Renewal::Impossible if now >= until => Self::SignInNeeded,
                Renewal::Impossible => self,
            },
            Self::Granted { .. } | Self::Stale | Self::SignInNeeded => self,
        }
    }

    /// Returns what access is left when the operator did not accept the token.
    #[must_use]
    pub const fn refused(self) -> Self {
        match self {
            Self::Granted {
                renewal: Renewal::Possible,
                ..
            } => Self::Stale,
            Self::Granted {
                renewal: Renewal::Impossible,
                ..
            }
            | Self::Stale
            | Self::SignInNeeded => Self::SignInNeeded,
        }
    }

    /// Returns when the access token ends, if the operator said so.
    pub const fn ends_at(self) -> Option<Timestamp> {
        match self {
            Self::Granted { until, .. } => until,
            Self::Stale | Self::SignInNeeded => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[rstest]
    #[case::long_before(Renewal::Possible, 0, Access::Granted { until: Some(at(1000)), renewal: Renewal::Possible })]
    #[case::soon(Renewal::Possible, 950, Access::Stale)]
    #[case::soon_but_no_way_to_renew(Renewal::Impossible, 950, Access::Granted { until: Some(at(1000)), renewal: Renewal::Impossible })]
    #[case::over(Renewal::Impossible, 1000, Access::SignInNeeded)]
    fn access_ends_with_its_token(
        #[case] renewal: Renewal,
        #[case] now: i64,
        #[case] left: Access,
    ) {
        let access = Access::Granted {
            until: Some(at(1000)),
            renewal,
        };

        assert_eq!(access.at(at(now)), left);
    }

    #[rstest]
    #[case::renewable(Renewal::Possible, Access::Stale)]
    #[case::not_renewable(Renewal::Impossible, Access::SignInNeeded)]
    fn a_refused_token_is_renewed_or_the_person_is_asked(
        #[case] renewal: Renewal,
        #[case] left: Access,
    ) {
        let access = Access::Granted {
            until: None,
            renewal,
        };

        assert_eq!(access.refused(), left);
        assert_eq!(left.refused(), Access::SignInNeeded);
    }

    #[rstest]
    #[case::an_hour(3600, 3600)]
    #[case::no_time_at_all(0, 120)]
    fn a_token_that_is_new_is_not_renewed_at_once(#[case] life: u64, #[case] until: i64) {
        let tokens = Tokens {
            access: Secret::new("at-1".to_owned()),
            refresh: Some(Secret::new("rt-1".to_owned())),
            expires_in: Some(Duration::from_secs(life)),
            scope: None,
            acr: None,
            subject: None,
        };

        let access = Access::from_tokens(&tokens, at(0));

        assert_eq!(access.ends_at(), Some(at(until)));
        assert_eq!(access.at(at(0)), access);
    }
}
