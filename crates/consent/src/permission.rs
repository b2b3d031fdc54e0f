//! What an answer permits: fields for one purpose, for a time.

use jiff::Timestamp;

use crate::{DataUsingServiceId, record::Event};

/// What one yes permits, with its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Who may use the fields.
    pub service: DataUsingServiceId,
    /// The fields, as JSON pointers into the source's schema.
    pub fields: Vec<String>,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// What happened to it, oldest first.
    pub events: Vec<Event>,
}

impl Permission {
    /// Returns whether data could flow at `moment`, going by the history as it was then.
    pub fn was_in_force(&self, moment: Timestamp) -> bool {
        let last = self.events.iter().rfind(|event| event.at <= moment);
        moment < self.expires_at
            && last
                .is_some_and(|event| event.kind.resulting_status() == crate::record::Status::Given)
    }

    /// Returns whether a use of `fields` at `moment` was permitted.
    pub fn covers<'a>(&self, mut fields: impl Iterator<Item = &'a str>, moment: Timestamp) -> bool {
        self.was_in_force(moment) && fields.all(|field| self.permits_field(field))
    }

    /// A permitted object permits what is inside it; a permitted part does not permit the whole.
    fn permits_field(&self, field: &str) -> bool {
        self.fields.iter().any(|permitted| {
            field
                .strip_prefix(permitted.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;
    use crate::{ConsentId, record::EventKind};

    #[rstest]
    #[case::before_it_was_given(&["/child/birthDate"], 0, false)]
    #[case::while_given(&["/child/birthDate"], 3, true)]
    #[case::while_paused(&["/child/birthDate"], 6, false)]
    #[case::after_it_went_on(&["/child/birthDate"], 9, true)]
    #[case::after_withdrawal(&["/child/birthDate"], 13, false)]
    #[case::a_part_of_what_is_permitted(&["/child/homeAddress/postalCode"], 3, true)]
    #[case::more_than_is_permitted(&["/child"], 3, false)]
    #[case::a_longer_name_is_another_field(&["/child/birthDateOfParent"], 3, false)]
    #[case::one_of_two(&["/child/birthDate", "/child/name"], 3, false)]
    fn a_use_needs_a_permission_in_force_at_that_moment(
        #[case] fields: &[&str],
        #[case] on: i64,
        #[case] expected: bool,
    ) {
        assert_eq!(
            permission().covers(fields.iter().copied(), day(on)),
            expected
        );
    }

    #[test]
    fn a_lapsed_permission_covers_nothing() {
        let permission = Permission {
            expires_at: day(3),
            ..permission()
        };

        assert!(!permission.covers(["/child/birthDate"].into_iter(), day(3)));
    }

    fn permission() -> Permission {
        let event = |on, kind| Event {
            consent: ConsentId::from_uuid(Uuid::from_u128(1)),
            at: day(on),
            kind,
        };
        Permission {
            service: DataUsingServiceId::parse("https://hel.fi/svc/esiopetus").unwrap(),
            fields: vec!["/child/birthDate".into(), "/child/homeAddress".into()],
            expires_at: day(400),
            events: vec![
                event(1, EventKind::Given),
                event(5, EventKind::Paused),
                event(8, EventKind::Resumed),
                event(12, EventKind::Withdrawn),
            ],
        }
    }

    fn day(number: i64) -> Timestamp {
        Timestamp::from_second(1_788_220_800 + number * 86_400).unwrap()
    }
}
