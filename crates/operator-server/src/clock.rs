//! What time it is, as an argument of the server.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// A source of the time. The server asks it once for each request, and never the system.
pub trait Clock: Send + Sync + 'static {
    /// Returns what time it is.
    fn now(&self) -> Timestamp;
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "a shell's clock: handed to the server as an argument"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still until it is moved. For tests and demonstrations.
#[derive(Debug)]
pub struct StandingClock(AtomicI64);

impl StandingClock {
    /// Makes a clock that stands at `now`.
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.as_millisecond()))
    }

    /// Moves the clock to `now`.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_millisecond(), Ordering::SeqCst);
    }

    /// Moves the clock on, or back.
    pub fn advance(&self, by: jiff::SignedDuration) {
        let millis = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for StandingClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn a_standing_clock_moves_only_when_told() {
        let clock = StandingClock::at(Timestamp::UNIX_EPOCH);

        clock.advance(SignedDuration::from_secs(5));

        assert_eq!(clock.now(), Timestamp::from_second(5).unwrap());
        assert_eq!(clock.now(), Timestamp::from_second(5).unwrap());
    }
}
