//! An HTTP client for those who have none: a person's command that asks a few questions.

use std::io::Read;
use std::sync::Once;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::blocking::{Client as Http, RequestBuilder};
use reqwest::header::AUTHORIZATION;

use crate::transport::{Answer, Request, Transport, TransportError};

/// A whole question with its answer, where both are small.
const TIMEOUT: Duration = Duration::from_secs(30);
/// So many bytes a second are the least that a large body is sent with.
const SLOWEST: u64 = 256 << 10;
/// Until a connection stands.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Pauses before a question is asked again.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// The client.
#[derive(Clone, Debug)]
pub(crate) struct Direct(Http);

impl Direct {
    pub(crate) fn new() -> Result<Self, reqwest::Error> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Fails only where another part of the program has chosen a provider already, which serves as well.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let http = Http::builder()
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("luban/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self(http))
    }

    fn builder(&self, request: &Request) -> RequestBuilder {
        let mut builder = self.0.request(request.method.clone(), request.url.clone());
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        if let Some(value) = &request.authorization {
            let mut value = value.clone();
            value.set_sensitive(true);
            builder = builder.header(AUTHORIZATION, value);
        }
        match &request.body {
            Some(bytes) => {
                let more = Duration::from_secs(bytes.len() as u64 / SLOWEST);
                builder.timeout(TIMEOUT + more).body(bytes.clone())
            }
            None => builder,
        }
    }
}

impl Transport for Direct {
    fn send(&self, request: &Request) -> Result<Answer, TransportError> {
        let host = request.url.host_str().unwrap_or_default();
        let mut pauses = PAUSES.into_iter();
        loop {
            let answer = self.builder(request).send();
            let may_help = match &answer {
                Ok(response) => is_busy(response.status()),
                Err(error) => error.is_timeout() || error.is_connect(),
            };
            if may_help && let Some(pause) = pauses.next() {
                std::thread::sleep(pause);
                continue;
            }
            let operation = &request.operation;
            let response = answer.map_err(|error| {
                format!(
                    "cannot {operation}: `{host}` cannot be reached: {}",
                    error.without_url()
                )
            })?;
            let (status, headers) = (response.status(), response.headers().clone());
            if is_busy(status) {
                return Err(format!("cannot {operation}: `{host}` answered {status}").into());
            }
            let mut body = Vec::new();
            response
                .take((request.largest as u64).saturating_add(1))
                .read_to_end(&mut body)
                .map_err(|_| format!("cannot {operation}: the answer of `{host}` broke off"))?;
            return Ok(Answer {
                status,
                headers,
                body,
            });
        }
    }
}

fn is_busy(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}
