//! How long to wait after something failed. Reads no clock and draws no random number.

use std::time::Duration;

use jiff::Timestamp;

/// The wait after the first failure; each further failure doubles it.
pub const FIRST_RETRY: Duration = Duration::from_secs(5);
/// The longest wait, whatever failed and whatever the operator asked for.
pub const LAST_RETRY: Duration = Duration::from_secs(60 * 60);

const SHORTEST: Duration = Duration::from_secs(1);

/// Spreads the waits of many devices, so that they do not all come back in the same second.
///
/// Zero keeps a wait as it is; the largest value halves it. The driver draws it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Jitter(pub u16);

impl Jitter {
    /// Returns `wait`, shortened by up to one half.
    pub fn spread(self, wait: Duration) -> Duration {
        let cut = (wait / 2).saturating_mul(u32::from(self.0)) / u32::from(u16::MAX);
        wait.saturating_sub(cut)
    }
}

/// What the operator asked for in a `Retry-After` header (RFC 9110 §10.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// A number of seconds.
    After(Duration),
    /// A date.
    At(Timestamp),
}

impl RetryAfter {
    /// Returns the wait from `now`, never shorter than a second nor longer than [`LAST_RETRY`].
    pub fn wait_from(self, now: Timestamp) -> Duration {
        let wait = match self {
            Self::After(wait) => wait,
            Self::At(time) => Duration::try_from(time.duration_since(now)).unwrap_or_default(),
        };
        wait.clamp(SHORTEST, LAST_RETRY)
    }
}

/// A count of failures and the time before which nothing is tried again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
    not_before: Option<Timestamp>,
}

impl Backoff {
    /// Returns the time to wait for, unless it has come.
    pub fn wait(&self, now: Timestamp) -> Option<Timestamp> {
        self.not_before.filter(|time| now < *time)
    }

    /// Returns how often it has failed since it last worked.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// Takes in a failure: waits twice as long each time, or as long as the operator asked.
    pub fn on_failure(&mut self, retry_after: Option<RetryAfter>, now: Timestamp, jitter: Jitter) {
        let wait = retry_after.map_or_else(
            || {
                let doubled = FIRST_RETRY.saturating_mul(1 << self.failures.min(10));
                jitter.spread(doubled.min(LAST_RETRY))
            },
            |asked| asked.wait_from(now),
        );
        self.failures = self.failures.saturating_add(1);
        self.pause(wait, now);
    }

    /// Waits for `wait` without counting a failure.
    pub fn pause(&mut self, wait: Duration, now: Timestamp) {
        self.not_before = Some(now.checked_add(wait).unwrap_or(Timestamp::MAX));
    }

    /// Takes in that it worked.
    pub fn on_success(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn each_failure_doubles_the_wait_up_to_an_hour() {
        let mut backoff = Backoff::default();
        let mut waits = Vec::new();

        for _ in 0..12 {
            backoff.on_failure(None, at(0), Jitter::default());
            waits.push(backoff.wait(at(0)).unwrap().as_second());
        }

        assert_eq!(
            waits,
            [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]
        );
    }

    #[rstest]
    #[case::nothing(0, 10)]
    #[case::half(u16::MAX, 5)]
    fn jitter_only_shortens_and_at_most_halves(#[case] jitter: u16, #[case] seconds: u64) {
        let wait = Jitter(jitter).spread(Duration::from_secs(10));

        assert_eq!(wait.as_secs(), seconds);
    }

    #[rstest]
    #[case::as_asked(RetryAfter::After(Duration::from_secs(120)), 120)]
    #[case::never_at_once(RetryAfter::After(Duration::ZERO), 1)]
    #[case::never_for_days(RetryAfter::After(Duration::from_secs(900_000)), 3600)]
    #[case::until_a_date(RetryAfter::At(at(1030)), 30)]
    #[case::a_date_gone_by(RetryAfter::At(at(3)), 1)]
    #[case::a_date_out_of_reach(RetryAfter::At(Timestamp::MAX), 3600)]
    fn the_operators_wish_is_honoured_within_bounds(
        #[case] asked: RetryAfter,
        #[case] seconds: u64,
    ) {
        assert_eq!(asked.wait_from(at(1000)).as_secs(), seconds);
    }

    #[test]
    fn a_wait_at_the_end_of_time_does_not_overflow() {
        let mut backoff = Backoff::default();

        backoff.on_failure(None, Timestamp::MAX, Jitter::default());

        assert_eq!(backoff.wait(Timestamp::MAX), None, "that time has come");
    }

    #[test]
    fn what_worked_starts_anew() {
        let mut backoff = Backoff::default();
        backoff.on_failure(None, at(0), Jitter::default());

        backoff.on_success();

        assert_eq!(backoff, Backoff::default());
    }
}
