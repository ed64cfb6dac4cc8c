//! How long to wait before a call is made again.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::StatusCode;

use super::Reply;

/// A server that asks for longer is not waited for: the pod's own retry is for that.
pub(super) const LONGEST: Duration = Duration::from_secs(120);

/// The pause after the try of that number, when the server says none: a half, one, two, four seconds.
pub(super) fn growing(tries: u32) -> Duration {
    Duration::from_millis(500) * 2_u32.saturating_pow(tries.saturating_sub(1))
}

/// Whether a call is made again after this answer, and how long the server asks to wait.
pub(super) fn of_reply(
    reply: &Reply,
    is_repeatable: bool,
    now: SystemTime,
) -> Option<Option<Duration>> {
    let asked = asked_for(reply, now);
    match reply.status {
        StatusCode::SERVICE_UNAVAILABLE => Some(asked),
        _ if is_limit(reply) => Some(asked),
        StatusCode::INTERNAL_SERVER_ERROR
        | StatusCode::BAD_GATEWAY
        | StatusCode::GATEWAY_TIMEOUT
            if is_repeatable =>
        {
            Some(asked)
        }
        _ => None,
    }
}

/// Whether the server refuses because there were too many calls. GitHub answers 403 too, and says so in these headers only.
pub(super) fn is_limit(reply: &Reply) -> bool {
    reply.status == StatusCode::TOO_MANY_REQUESTS
        || (reply.status == StatusCode::FORBIDDEN
            && asked_for(reply, SystemTime::UNIX_EPOCH).is_some())
}

/// `Retry-After` in seconds or as a date (RFC 9110, 10.2.3); or the moment in which an exhausted rate limit begins anew.
fn asked_for(reply: &Reply, now: SystemTime) -> Option<Duration> {
    if let Some(text) = reply.header("retry-after") {
        if let Ok(seconds) = text.trim().parse() {
            return Some(Duration::from_secs(seconds));
        }
        let date = httpdate::parse_http_date(text.trim()).ok()?;
        return Some(date.duration_since(now).unwrap_or_default());
    }
    let is_exhausted = reply.header("x-ratelimit-remaining") == Some("0");
    let reset = reply.header("x-ratelimit-reset").filter(|_| is_exhausted)?;
    let reset = UNIX_EPOCH.checked_add(Duration::from_secs(reset.parse().ok()?))?;
    Some(reset.duration_since(now).unwrap_or_default())
}
