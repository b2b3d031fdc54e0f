//! Waiting for something to be so, rather than for some time to pass.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long something may take before it counts as not happening. Generous, for a busy machine.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// Looks again and again until there is something, and returns it.
///
/// # Panics
///
/// Says `what` was waited for when `patience` is at an end.
pub async fn until<T>(what: &str, patience: Duration, look: impl AsyncFnMut() -> Option<T>) -> T {
    match within(patience, look).await {
        Some(found) => found,
        None => panic!("waited {patience:?} in vain for {what}"),
    }
}

/// Looks again and again until there is something or `patience` is at an end.
pub(super) async fn within<T>(
    patience: Duration,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> Option<T> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(found) = look().await {
            return Some(found);
        }
        if Instant::now() >= deadline {
            return None;
        }
        sleep(BETWEEN_LOOKS).await;
    }
}
