//! Events to devices: each signed for its stream, numbered, and put there in the transaction
//! that makes it true.

use consent::PersonId;
use jiff::Timestamp;
use operator_protocol::event::{self, Event, EventKind, SetPayload, SubjectId, Urgency};
use rusqlite::Transaction;

use crate::{
    operator::Operator,
    refusal::Refusal,
    store::{
        StoreError,
        events::{self, Stream},
    },
};

/// Something that happened: identifiers and addresses, no personal data.
#[derive(Clone, Debug)]
pub(crate) struct News {
    pub(crate) kind: EventKind,
    /// The request, record, receipt or offer that it is about.
    pub(crate) about: String,
    /// Where that can be fetched.
    pub(crate) href: Option<String>,
    /// What it belongs to.
    pub(crate) transaction: Option<String>,
    /// Whom it concerns.
    pub(crate) subject: Option<PersonId>,
}

impl Operator {
    /// Puts `news` into the streams of the people's devices.
    pub(crate) fn announce_to(
        &self,
        tx: &Transaction<'_>,
        people: &[PersonId],
        news: &News,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        for person in people {
            for stream in events::list_streams_of(tx, person)? {
                self.announce_in(tx, &stream, news, now)?;
            }
        }
        Ok(())
    }

    /// Puts `news` into every stream: the same for everybody.
    pub(crate) fn announce_to_all(
        &self,
        tx: &Transaction<'_>,
        news: &News,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        for stream in events::list_all_streams(tx)? {
            self.announce_in(tx, &stream, news, now)?;
        }
        Ok(())
    }

    fn announce_in(
        &self,
        tx: &Transaction<'_>,
        stream: &Stream,
        news: &News,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let wanted: Vec<String> =
            serde_json::from_str(&stream.wanted).map_err(|_| StoreError::Corrupt {
                table: "stream",
                column: "wanted",
            })?;
        if !wanted.is_empty() && !wanted.contains(&news.kind.uri()) {
            return Ok(());
        }
        let seq = stream.last_seq.saturating_add(1);
        // Sorted by name, events are in the order of their numbers.
        let id = format!("ev-{}-{seq:08}", stream.id);
        let payload = SetPayload {
            iss: self.issuer.clone(),
            aud: device_of(&stream.kid),
            jti: id.clone(),
            iat: now,
            txn: news.transaction.clone(),
            sub_id: news.subject.clone().map(SubjectId::opaque),
            events: Event {
                kind: news.kind.clone(),
                seq,
                about: Some(news.about.clone()),
                href: news.href.clone(),
                urgency: Urgency::Normal,
            }
            .into_events(),
        };
        let jws =
            event::sign(&self.key, &payload).map_err(|_| Refusal::Internal("sign an event"))?;
        let event = events::Event {
            stream: stream.id.clone(),
            seq,
            id,
            jws,
        };
        events::append(tx, &event, now)?;
        Ok(())
    }
}

/// Returns the identifier of the device with the key `kid`, as the protocol spells it.
pub(crate) fn device_of(kid: &str) -> String {
    format!("urn:mdc:device:{kid}")
}

#[cfg(test)]
mod tests {
    use operator_protocol::key::{SigningKey, device_id};
    use pii::Secret;

    use super::*;

    #[test]
    fn a_device_is_called_as_the_protocol_says() {
        let key = SigningKey::from_seed(Secret::new([7; 32])).public();

        assert_eq!(device_of(&key.thumbprint()), device_id(&key));
    }
}
