//! Why a call failed, in words that say what to do.

use reqwest::StatusCode;
use serde_json::Value;
use thiserror::Error;

use super::{Call, Reply, pause};
use crate::failure::{Exit, Failure};
use crate::world::World;

/// So much of what a server says is shown.
const SHOWN: usize = 300;
/// What to do about a server's certificate.
const UNTRUSTED: &str = "name the authority that signed it as the platform's `trust.certificateAuthority`; one that has expired, or is of another name, the server's owner must replace";

/// Why a call failed.
#[derive(Debug, Error)]
pub(crate) enum HttpError {
    /// No connection, or no answer.
    #[error("cannot {operation}: `{host}` does not answer: {}", causes(source))]
    Unreachable {
        /// What was being done.
        operation: String,
        /// Where.
        host: String,
        /// Why.
        source: reqwest::Error,
    },
    /// A server that this program does not trust, or that does not trust it.
    #[error("cannot {operation}: the certificate of `{host}` is not accepted: {why}")]
    Untrusted {
        /// What was being done.
        operation: String,
        /// Where.
        host: String,
        /// Why.
        why: String,
    },
    /// An answer that is larger than is read.
    #[error("cannot {operation}: `{host}` answered more than {} MiB", largest >> 20)]
    TooLarge {
        /// What was being done.
        operation: String,
        /// Where.
        host: String,
        /// So many bytes are read.
        largest: u64,
    },
    /// This pod was asked to stop before there was an answer.
    #[error("stopped before `{host}` answered: {operation}")]
    Stopped {
        /// What was being done.
        operation: String,
        /// Where.
        host: String,
    },
    /// Any answer but the expected ones.
    #[error("cannot {operation}: `{host}` answered {status}{}", said(message))]
    Status {
        /// What was being done.
        operation: String,
        /// Where.
        host: String,
        /// What it answered.
        status: StatusCode,
        /// What the server says about it.
        message: String,
        /// The permission that it takes.
        permission: String,
        /// Whether it refuses because there were too many calls.
        is_limited: bool,
    },
    /// An answer that is not what the API documents.
    #[error("cannot {operation}: `{host}` answered something else than its API documents: {why}")]
    Nonsense {
        /// What was being done.
        operation: String,
        /// Where.
        host: String,
        /// What is wrong with it.
        why: String,
    },
}

impl HttpError {
    pub(super) fn of_reply(call: &Call<'_>, reply: &Reply, world: &World<'_>) -> Self {
        Self::Status {
            operation: call.operation.to_owned(),
            host: call.host(),
            status: reply.status,
            message: world.redactor.text(&message(&reply.body)),
            permission: call.permission.to_owned(),
            is_limited: pause::is_limit(reply),
        }
    }

    /// A call that got no answer: one whose certificate is wrong gets none later either.
    pub(super) fn of_network(call: &Call<'_>, source: reqwest::Error) -> Self {
        let (operation, host) = (call.operation.to_owned(), call.host());
        match certificate_fault(&source) {
            Some(why) => Self::Untrusted {
                operation,
                host,
                why,
            },
            None => Self::Unreachable {
                operation,
                host,
                source,
            },
        }
    }

    pub(super) fn too_large(call: &Call<'_>) -> Self {
        Self::TooLarge {
            operation: call.operation.to_owned(),
            host: call.host(),
            largest: call.largest,
        }
    }

    pub(super) fn stopped(call: &Call<'_>) -> Self {
        Self::Stopped {
            operation: call.operation.to_owned(),
            host: call.host(),
        }
    }

    /// The status of the answer, if there was one.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Status { status, .. } => Some(*status),
            _ => None,
        }
    }
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        let message = error.to_string();
        match error {
            HttpError::Unreachable { host, .. } => Self::new(Exit::Transient, message).help(
                format!("the NetworkPolicy, the proxy or `{host}` itself may be in the way"),
            ),
            HttpError::Untrusted { .. } => Self::new(Exit::Failed, message).help(UNTRUSTED),
            HttpError::TooLarge { .. } => Self::new(Exit::Failed, message)
                .help("nothing of it is used: what is asked for must be smaller there"),
            HttpError::Stopped { .. } => Self::new(Exit::Cancelled, message),
            HttpError::Nonsense { .. } => Self::new(Exit::Failed, message)
                .help("a proxy or a login page may stand before the API"),
            HttpError::Status {
                status,
                permission,
                is_limited,
                ..
            } => {
                let exit = match status {
                    _ if is_limited => Exit::Transient,
                    status if status.is_server_error() => Exit::Transient,
                    _ => Exit::Failed,
                };
                let failure = Self::new(exit, message);
                match status {
                    _ if is_limited => {
                        failure.help("the server limits how often it is called; call again later")
                    }
                    StatusCode::UNAUTHORIZED => failure.help("the token is wrong or has expired"),
                    StatusCode::FORBIDDEN | StatusCode::NOT_FOUND if !permission.is_empty() => {
                        // Providers answer 404 for what a token may not see.
                        failure.help(permission)
                    }
                    _ => failure,
                }
            }
        }
    }
}

/// What a server says in an error: the fields that the providers' APIs have for that, else the beginning of the text.
fn message(body: &[u8]) -> String {
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let text = |name: &str| json.as_ref()?.get(name)?.as_str().map(str::to_owned);
    let mut message = text("message")
        .or_else(|| text("error_description"))
        .or_else(|| text("error"))
        .unwrap_or_else(|| match &json {
            Some(_) => String::from_utf8_lossy(body).into_owned(),
            None if body.starts_with(b"<") => "a page of HTML".to_owned(),
            None => String::from_utf8_lossy(body).into_owned(),
        });
    // GitHub says what is wrong with a call in a list beside.
    let errors = json
        .as_ref()
        .and_then(|json| json.get("errors")?.as_array());
    for error in errors.into_iter().flatten() {
        let text = |name: &str| error.get(name).and_then(Value::as_str);
        if let Some(text) = text("message").or_else(|| error.as_str()) {
            message.push_str(": ");
            message.push_str(text);
        } else if let (Some(field), Some(code)) = (text("field"), text("code")) {
            message.push_str(&format!(": `{field}` is {code}"));
        }
    }
    let line: String = message.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

fn said(message: &str) -> String {
    if message.is_empty() {
        String::new()
    } else {
        format!(": {message}")
    }
}

/// An error with what caused it.
fn causes(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// Why TLS did not accept a certificate, if that is why there is no answer.
pub(crate) fn certificate_fault(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(tls @ rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return Some(tls.to_string());
        }
        // An `io::Error` does not name what it was made of as its source.
        let made_of = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        cause = match made_of {
            Some(made_of) => Some(made_of),
            None => error.source(),
        };
    }
    None
}
