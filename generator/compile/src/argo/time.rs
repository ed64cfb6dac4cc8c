//! How long things may take. Each limit leaves room for those inside it, so that what is nearest to a fault reports it.

use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use luban_api_argo_workflows::{Backoff, RetryStrategy};

/// A pod that talks to an API or to Git and does little else.
pub(crate) const STEP_SECONDS: i64 = 600;

/// A scan, which may have to fetch the database of vulnerabilities first.
pub(crate) const SCAN_SECONDS: i64 = 900;

/// Further attempts after a fault that may pass.
pub(crate) const RETRIES: i32 = 2;

/// The first pause before another attempt; each further one is twice as long.
const PAUSE_SECONDS: i64 = 30;

/// All pauses of a step together.
const PAUSES_SECONDS: i64 = PAUSE_SECONDS + 2 * PAUSE_SECONDS;

/// All attempts of a pod that may take `seconds` each.
pub(crate) const fn with_retries(seconds: i64) -> i64 {
    (RETRIES as i64 + 1) * seconds + PAUSES_SECONDS
}

/// From a built image to its release: scan and bill of materials side by side, signature, release.
pub(crate) const DELIVER_SECONDS: i64 =
    with_retries(SCAN_SECONDS) + with_retries(STEP_SECONDS) + with_retries(STEP_SECONDS);

/// Tries again what failed by a fault that may pass: `luban step` says so by its exit code, Argo by the status `Error`
/// (the pod was deleted, its node lost). A build that is wrong is wrong again, and is not repeated. With `within_seconds`
/// no further attempt starts later than that after the first.
pub(crate) fn retry(within_seconds: Option<i64>) -> RetryStrategy {
    RetryStrategy {
        limit: Some(IntOrString::Int(RETRIES)),
        retry_policy: Some("Always".to_owned()),
        expression: Some(is_transient()),
        backoff: Some(Backoff {
            duration: Some(format!("{PAUSE_SECONDS}s")),
            factor: Some(IntOrString::Int(2)),
            max_duration: within_seconds.map(|seconds| format!("{seconds}s")),
            ..Backoff::default()
        }),
        ..RetryStrategy::default()
    }
}

/// The expression that tells faults which may pass from all others.
pub(crate) fn is_transient() -> String {
    let code = luban_command::TRANSIENT;
    format!("lastRetry.exitCode == \"{code}\" || lastRetry.status == \"Error\"")
}
