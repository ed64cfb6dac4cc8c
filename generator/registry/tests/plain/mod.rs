//! An HTTP client for tests.

use luban_registry::{Answer, Request, Transport, TransportError};
use reqwest::blocking::Client;
use reqwest::header::AUTHORIZATION;

/// A client that does no more than it must.
pub(crate) struct Plain(Client);

impl Plain {
    pub(crate) fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none());
        Self(client.build().unwrap())
    }
}

impl Transport for Plain {
    fn send(&self, request: &Request) -> Result<Answer, TransportError> {
        let mut builder = self.0.request(request.method.clone(), request.url.clone());
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        if let Some(value) = &request.authorization {
            builder = builder.header(AUTHORIZATION, value);
        }
        if let Some(body) = &request.body {
            builder = builder.body(body.clone());
        }
        let response = builder.send()?;
        if response.status().is_server_error() {
            return Err(format!("cannot {}: {}", request.operation, response.status()).into());
        }
        Ok(Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: response.bytes()?.to_vec(),
        })
    }
}
