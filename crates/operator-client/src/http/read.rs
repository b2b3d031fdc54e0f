//! Reads the body of an answer, for as long as it is worth it.

use std::time::Duration;

use operator_sync::Failure;
use tokio::time::{Instant, timeout_at};

use super::{Limits, Response, failure_of};

/// The most bytes of the account that an operator gives of a refusal.
const MOST_PROBLEM_BYTES: usize = 64 * 1024;

pub(super) async fn response(
    answer: reqwest::Response,
    limits: &Limits,
) -> Result<Response, Failure> {
    let mut response = Response::head(&answer);
    let is_refusal = answer.status().is_client_error() || answer.status().is_server_error();
    if is_refusal {
        // A refusal that cannot be read is still a refusal.
        response.body = body(answer, limits, MOST_PROBLEM_BYTES)
            .await
            .unwrap_or_default();
    } else {
        response.body = body(answer, limits, limits.most_bytes).await?;
    }
    Ok(response)
}

/// Reads at most `most_bytes`, counted after decompression. The bytes so far buy time at the
/// least rate, so that who sends one byte a second does not keep us.
async fn body(
    mut answer: reqwest::Response,
    limits: &Limits,
    most_bytes: usize,
) -> Result<Vec<u8>, Failure> {
    let most = u64::try_from(most_bytes).unwrap_or(u64::MAX);
    if answer.content_length().is_some_and(|length| length > most) {
        return Err(Failure::TooLarge);
    }
    let start = Instant::now();
    let end = start + limits.body;
    let mut bytes = Vec::new();
    loop {
        let earned = Duration::from_secs(1)
            .saturating_mul(u32::try_from(bytes.len()).unwrap_or(u32::MAX))
            / limits.least_rate.max(1);
        let deadline = end.min(start + limits.grace + earned);
        let chunk = match timeout_at(deadline, answer.chunk()).await {
            Err(_) => return Err(Failure::TimedOut),
            Ok(Err(error)) => return Err(failure_of(&error)),
            Ok(Ok(None)) => return Ok(bytes),
            Ok(Ok(Some(chunk))) => chunk,
        };
        if bytes.len().saturating_add(chunk.len()) > most_bytes {
            return Err(Failure::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
}
