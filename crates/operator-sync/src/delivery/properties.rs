//! Whatever the operator answers, in whatever order: nothing is lost, doubled or overtaken.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::backoff::RetryAfter;

/// What one round of the test's own operator does.
#[derive(Clone, Debug)]
enum Move {
    Reply(Reply),
    /// The operator takes the message, and its answer is lost on the way.
    LoseAnswer,
    /// The app dies, and starts again from its rows.
    Restart,
    /// The person decides something.
    Decide(u128, Precedence),
    /// Time goes by.
    Wait(u16),
}

/// The world around a delivery: the stored rows, and what the operator has.
struct World {
    delivery: Delivery,
    rows: BTreeMap<u64, Item>,
    taken: Vec<StatementId>,
    now: Timestamp,
    drawn: u128,
}

impl World {
    fn new() -> Self {
        Self {
            delivery: Delivery::default(),
            rows: BTreeMap::new(),
            taken: Vec::new(),
            now: Timestamp::UNIX_EPOCH,
            drawn: 0,
        }
    }

    fn draw(&mut self) -> StatementId {
        self.drawn += 1;
        StatementId::from_uuid(Uuid::from_u128(self.drawn))
    }

    fn decide(&mut self, consent: u128, precedence: Precedence) {
        let item = Item {
            message: self.draw(),
            consent: ConsentId::from_uuid(Uuid::from_u128(consent)),
            kind: Kind::Statement,
            precedence,
            position: u64::try_from(self.drawn).unwrap(),
            standing: Standing::Owed,
        };
        self.rows.insert(item.position, item);
        self.delivery.enqueue(item);
    }

    fn play(&mut self, action: Move) {
        match action {
            Move::Decide(consent, precedence) => self.decide(consent, precedence),
            Move::Wait(seconds) => {
                self.now = self
                    .now
                    .checked_add(Duration::from_secs(seconds.into()))
                    .unwrap();
            }
            Move::Restart => {
                self.delivery = Delivery::from_rows(self.rows.values().copied());
            }
            Move::Reply(reply) => self.exchange(reply, true),
            Move::LoseAnswer => self.exchange(Reply::Unreachable, false),
        }
    }

    fn exchange(&mut self, reply: Reply, is_answer_heard: bool) {
        let Step::Send(parcel) = self.delivery.poll(self.now) else {
            return;
        };
        self.assert_nothing_is_overtaken(parcel);
        let taken = reply == Reply::Accepted || !is_answer_heard;
        if let (Parcel::Message(message), true) = (parcel, taken)
            && !self.taken.contains(&message)
        {
            self.taken.push(message);
        }
        let effect = self
            .delivery
            .on_reply(parcel, reply, self.now, Jitter(1234));
        self.store(effect);
    }

    fn store(&mut self, effect: Option<Effect>) {
        match effect {
            None => {}
            Some(Effect::Settled(message)) => {
                assert!(self.taken.contains(&message), "settled but never taken");
                self.rows.retain(|_, row| row.message != message);
            }
            Some(Effect::SetAside(message)) => {
                for row in self.rows.values_mut().filter(|row| row.message == message) {
                    row.standing = Standing::SetAside;
                }
            }
            Some(Effect::Resign { consent, .. }) => {
                let mut pairs = Vec::new();
                for position in self.positions_of(consent) {
                    let new = self.draw();
                    let row = self.rows.get_mut(&position).unwrap();
                    pairs.push((row.message, new));
                    row.message = new;
                }
                self.delivery.replace(consent, &pairs);
            }
        }
    }

    fn positions_of(&self, consent: ConsentId) -> Vec<u64> {
        self.rows
            .values()
            .filter(|row| row.consent == consent)
            .map(|row| row.position)
            .collect()
    }

    fn assert_nothing_is_overtaken(&self, parcel: Parcel) {
        let consent = match parcel {
            Parcel::RecordOf(consent) => consent,
            Parcel::Message(message) => {
                let row = self.rows.values().find(|row| row.message == message);
                row.expect("only stored messages are sent").consent
            }
        };
        let first = self.rows.values().find(|row| row.consent == consent);
        let first = first.expect("a lane without rows is not sent");
        assert_eq!(first.standing, Standing::Owed, "it is behind one set aside");
        if let Parcel::Message(message) = parcel {
            assert_eq!(first.message, message, "it is not the first of its lane");
        }
    }

    /// Lets the operator accept everything from here on, and waits as long as it takes.
    fn settle(&mut self) {
        for _ in 0..10_000 {
            match self.delivery.poll(self.now) {
                Step::Send(_) => self.exchange(Reply::Accepted, true),
                Step::WaitUntil(time) => {
                    assert!(time > self.now, "a wait that is over is no wait");
                    self.now = time;
                }
                Step::Idle => return,
            }
        }
        panic!("it never came to rest");
    }
}

proptest! {
    #[test]
    fn in_the_end_only_what_follows_a_refusal_is_owed(
        moves in proptest::collection::vec(a_move(), 0..120)
    ) {
        let mut world = World::new();
        for action in moves {
            world.play(action);
            prop_assert_eq!(world.delivery.owed(), world.rows.len());
        }

        world.settle();

        let blocked: BTreeSet<ConsentId> = world
            .rows
            .values()
            .filter(|row| row.standing == Standing::SetAside)
            .map(|row| row.consent)
            .collect();
        for row in world.rows.values() {
            prop_assert!(blocked.contains(&row.consent), "lost in its lane: {row:?}");
        }
        let distinct: BTreeSet<_> = world.taken.iter().collect();
        prop_assert_eq!(distinct.len(), world.taken.len());
    }

    #[test]
    fn a_withdrawal_goes_before_every_other_consent_that_could_go(
        others in proptest::collection::vec((1_u128..6, a_reply()), 1..20)
    ) {
        let mut world = World::new();
        for (consent, reply) in others {
            world.decide(consent, Precedence::Ordinary);
            let connection_is_up = !matches!(reply, Reply::Busy(_) | Reply::Unreachable);
            if connection_is_up {
                world.exchange(reply, true);
            }
        }

        world.decide(99, Precedence::Withdrawal);

        let withdrawal = world.rows.values().last().unwrap().message;
        prop_assert_eq!(
            world.delivery.poll(world.now),
            Step::Send(Parcel::Message(withdrawal))
        );
    }

    #[test]
    fn polling_twice_is_polling_once(moves in proptest::collection::vec(a_move(), 0..40)) {
        let mut world = World::new();
        for action in moves {
            world.play(action);
            prop_assert_eq!(world.delivery.poll(world.now), world.delivery.poll(world.now));
        }
    }
}

fn a_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        4 => (1_u128..5, any::<bool>()).prop_map(|(consent, withdraws)| {
            Move::Decide(
                consent,
                if withdraws { Precedence::Withdrawal } else { Precedence::Ordinary },
            )
        }),
        8 => a_reply().prop_map(Move::Reply),
        2 => Just(Move::LoseAnswer),
        1 => Just(Move::Restart),
        3 => any::<u16>().prop_map(Move::Wait),
    ]
}

fn a_reply() -> impl Strategy<Value = Reply> {
    let retry_after = proptest::option::of(
        any::<u32>().prop_map(|s| RetryAfter::After(Duration::from_secs(s.into()))),
    );
    prop_oneof![
        3 => Just(Reply::Accepted),
        1 => Just(Reply::Refused),
        1 => Just(Reply::ChainConflict(None)),
        1 => Just(Reply::RecordUnknown),
        1 => Just(Reply::Underway),
        1 => retry_after.clone().prop_map(Reply::Trouble),
        1 => retry_after.prop_map(Reply::Busy),
        1 => Just(Reply::Unreachable),
        1 => Just(Reply::Unauthorised),
        1 => Just(Reply::Unsound),
        1 => Just(Reply::Interrupted),
    ]
}
