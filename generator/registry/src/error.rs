//! Why a registry did not do what it was asked.

use reqwest::StatusCode;
use thiserror::Error;

use crate::transport::TransportError;

/// Why a registry did not do what it was asked.
#[derive(Debug, Error)]
pub enum RegistryError {
    /// No answer, or after the last try still one of 429 or 5xx; the message names operation and host.
    #[error("{0}")]
    Transport(TransportError),
    /// There is no such image.
    #[error("there is no image `{0}`")]
    NotFound(String),
    /// Credentials are missing or wrong, or allow less.
    #[error("cannot {operation}: `{host}` refuses ({status}); {}", remedy(host, *has_credentials, permission))]
    Refused {
        /// What was being done.
        operation: String,
        /// The registry's host.
        host: String,
        /// What it answered.
        status: StatusCode,
        /// The permission that it takes.
        permission: String,
        /// Whether credentials were sent.
        has_credentials: bool,
    },
    /// Another answer.
    #[error("cannot {operation}: `{host}` answered {status}{}", said(message))]
    Status {
        /// What was being done.
        operation: String,
        /// The registry's host.
        host: String,
        /// What it answered.
        status: StatusCode,
        /// What it says about it.
        message: String,
    },
    /// An answer that is not what the specification says.
    #[error("cannot {operation}: `{host}` {why}")]
    Nonsense {
        /// What was being done.
        operation: String,
        /// The registry's host.
        host: String,
        /// What is wrong with the answer.
        why: String,
    },
}

impl RegistryError {
    /// Whether the same may work later.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Transport(_) => true,
            Self::Status { status, .. } => {
                status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS
            }
            _ => false,
        }
    }
}

fn remedy(host: &str, has_credentials: bool, permission: &str) -> String {
    if has_credentials {
        format!("the credentials of Docker's configuration are wrong there or may not {permission}")
    } else {
        format!(
            "Docker's configuration has no credentials for it; log in with `docker login {host}`"
        )
    }
}

fn said(message: &str) -> String {
    if message.is_empty() {
        String::new()
    } else {
        format!(": {message}")
    }
}

/// What a registry says in an error: codes and messages of its list, in at most 300 characters.
pub(crate) fn message(body: &[u8]) -> String {
    let json: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let errors = json
        .as_ref()
        .and_then(|json| json.get("errors")?.as_array());
    let mut parts = Vec::new();
    for error in errors.into_iter().flatten() {
        let text = |name: &str| error.get(name).and_then(serde_json::Value::as_str);
        parts.push(
            [text("code"), text("message")]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(": "),
        );
    }
    let line = parts
        .join("; ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    line.chars().take(300).collect()
}
