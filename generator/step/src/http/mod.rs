//! The one HTTP client: a time limit and retries on each call, and errors that say what was being done, where, and what is missing.

mod error;
mod pause;

pub(crate) use error::HttpError;

use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::sync::Once;
use std::time::{Duration, Instant};

use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{Method, StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::authorities;
use crate::failure::{Exit, Failure};
use crate::world::World;

/// A whole call, with the body. Tests wait for silence in earnest, so they have less of it.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(if cfg!(test) { 3 } else { 30 });
/// Until a connection stands.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A call is made at most so often.
const TRIES: u32 = 5;
/// The largest answer that is read.
const LARGEST: u64 = 16 << 20;
/// So many redirects are followed, and only on the same host: a renamed repository answers one.
const REDIRECTS: u32 = 5;

/// The client.
#[derive(Clone, Debug)]
pub(crate) struct Http {
    client: Client,
}

/// A call of an API.
#[derive(Clone, Debug)]
pub(crate) struct Call<'a> {
    /// What is being done, for messages: `create the pull request`.
    pub(crate) operation: &'a str,
    /// The permission that it takes, for messages: `the token needs the scope 'repo'`.
    pub(crate) permission: &'a str,
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// The header `Authorization`.
    pub(crate) authorization: Option<HeaderValue>,
    /// Other headers.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Option<Body>,
    /// Whether it can be made twice with the result of once, so that it is made again when nobody knows whether it arrived.
    pub(crate) is_repeatable: bool,
}

/// What a call sends.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Json(Value),
    Bytes {
        media_type: &'static str,
        bytes: Vec<u8>,
    },
    /// Bytes whose type is among the headers.
    Raw(Vec<u8>),
}

impl<'a> Call<'a> {
    /// A call without body; GET, HEAD, PUT and DELETE are repeatable.
    pub(crate) fn new(method: Method, url: Url, operation: &'a str) -> Self {
        let is_repeatable = method.is_idempotent();
        Self {
            operation,
            permission: "",
            method,
            url,
            authorization: None,
            headers: Vec::new(),
            body: None,
            is_repeatable,
        }
    }

    /// With the permission that it takes.
    #[must_use]
    pub(crate) fn needs(mut self, permission: &'a str) -> Self {
        self.permission = permission;
        self
    }

    /// With a JSON body.
    #[must_use]
    pub(crate) fn json(mut self, body: Value) -> Self {
        self.body = Some(Body::Json(body));
        self
    }

    /// With a body of any kind.
    #[must_use]
    pub(crate) fn bytes(mut self, media_type: &'static str, bytes: Vec<u8>) -> Self {
        self.body = Some(Body::Bytes { media_type, bytes });
        self
    }

    /// With a header.
    #[must_use]
    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// With credentials.
    #[must_use]
    pub(crate) fn authorized(mut self, authorization: Option<HeaderValue>) -> Self {
        self.authorization = authorization;
        self
    }

    fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().to_owned()
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as a value of the type that the API documents.
    pub(crate) fn json<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<T, HttpError> {
        serde_json::from_slice(&self.body).map_err(|error| HttpError::Nonsense {
            operation: call.operation.to_owned(),
            host: call.host(),
            why: error.to_string(),
        })
    }
}

impl Http {
    /// A client that trusts the public authorities and those at `authorities`.
    ///
    /// # Errors
    /// When certificates cannot be read.
    pub(crate) fn new(authorities: Option<&Path>) -> Result<Self, Failure> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Fails only where another part of the program has chosen a provider already, which serves as well.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let mut builder = Client::builder()
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("luban/", env!("CARGO_PKG_VERSION")));
        if let Some(path) = authorities {
            builder = builder.tls_certs_merge(authorities::read(path)?);
        }
        let client = builder
            .build()
            .map_err(|error| Failure::new(Exit::Usage, format!("cannot set up TLS: {error}")))?;
        Ok(Self { client })
    }

    /// Makes a call. Answers of 2xx and those in `expected` are given back; others are errors.
    ///
    /// Made again, with the server's own delay or a growing one: after 429, 503 and a connection that did not stand; after 500, 502,
    /// 504 and a broken or timed out answer only if the call is repeatable.
    ///
    /// # Errors
    /// When the server cannot be reached, refuses, or answers anything else.
    pub(crate) fn send(
        &self,
        call: &Call<'_>,
        expected: &[StatusCode],
        world: &World<'_>,
    ) -> Result<Reply, HttpError> {
        self.send_until(call, &|status| expected.contains(&status), world)
    }

    /// As [`Http::send`], and every answer is expected but 429 and 5xx: for protocols that say more by the others.
    ///
    /// # Errors
    /// When the server cannot be reached, or still answers one of those.
    pub(crate) fn answer(&self, call: &Call<'_>, world: &World<'_>) -> Result<Reply, HttpError> {
        let is_expected = |status: StatusCode| {
            status != StatusCode::TOO_MANY_REQUESTS && !status.is_server_error()
        };
        self.send_until(call, &is_expected, world)
    }

    fn send_until(
        &self,
        call: &Call<'_>,
        is_expected: &dyn Fn(StatusCode) -> bool,
        world: &World<'_>,
    ) -> Result<Reply, HttpError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let (error, wait) = match self.follow(call) {
                Ok(reply) if reply.status.is_success() || is_expected(reply.status) => {
                    return Ok(reply);
                }
                Ok(reply) => {
                    let wait = pause::of_reply(&reply, call.is_repeatable, world.clock.now());
                    (HttpError::of_reply(call, &reply, world), wait)
                }
                Err(Broken { source, is_sent }) => {
                    let wait = (call.is_repeatable || !is_sent).then_some(None);
                    let host = call.host();
                    (
                        HttpError::Unreachable {
                            operation: call.operation.to_owned(),
                            host,
                            source,
                        },
                        wait,
                    )
                }
            };
            let Some(wait) = wait.filter(|_| tries < TRIES && !world.stop.is_asked()) else {
                return Err(error);
            };
            let wait = wait.unwrap_or_else(|| pause::growing(tries));
            if wait > pause::LONGEST {
                return Err(error);
            }
            world.say(format!("{error}; again in {:.1} s", wait.as_secs_f64()));
            world.pause(wait);
            if world.stop.is_asked() {
                return Err(error);
            }
        }
    }

    /// Makes a call once, and follows redirects on the same host.
    fn follow(&self, call: &Call<'_>) -> Result<Reply, Broken> {
        let mut url = call.url.clone();
        for _ in 0..REDIRECTS {
            let reply = self.once(call, &url)?;
            let target = match reply.status {
                StatusCode::MOVED_PERMANENTLY
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT => reply
                    .header(LOCATION.as_str())
                    .and_then(|target| url.join(target).ok()),
                _ => None,
            };
            let is_same = |target: &Url| target.origin() == url.origin();
            match target.filter(is_same) {
                Some(target) => url = target,
                None => return Ok(reply),
            }
        }
        self.once(call, &url)
    }

    fn once(&self, call: &Call<'_>, url: &Url) -> Result<Reply, Broken> {
        let deadline = Instant::now() + TIMEOUT;
        let sent = self.request(call, url).send();
        let response = sent.map_err(|source| Broken {
            is_sent: !source.is_connect(),
            source: source.without_url(),
        })?;
        Ok(read(response, deadline))
    }

    fn request(&self, call: &Call<'_>, url: &Url) -> RequestBuilder {
        let mut request = self.client.request(call.method.clone(), url.clone());
        if let Some(value) = &call.authorization {
            let mut value = value.clone();
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        match &call.body {
            None => request,
            Some(Body::Json(value)) => request.json(value),
            Some(Body::Bytes { media_type, bytes }) => request
                .header(CONTENT_TYPE, *media_type)
                .body(bytes.clone()),
            Some(Body::Raw(bytes)) => request.body(bytes.clone()),
        }
    }
}

/// A call without an answer.
struct Broken {
    source: reqwest::Error,
    /// Whether the server may have got it.
    is_sent: bool,
}

/// Reads an answer until `deadline`: the client's own limit is one of each piece, so a trickle has no end.
fn read(response: Response, deadline: Instant) -> Reply {
    let (status, headers) = (response.status(), response.headers().clone());
    let mut reader = response.take(LARGEST);
    let mut body = Vec::new();
    let mut piece = [0; 16 << 10];
    let is_whole = loop {
        match reader.read(&mut piece) {
            Ok(0) => break true,
            Ok(length) => body.extend(piece.iter().take(length)),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break false,
        }
        if Instant::now() > deadline {
            break false;
        }
    };
    // What breaks in the middle of an answer came after the server had the call; its status is known all the same.
    let status = match status.is_success() && !is_whole {
        true => StatusCode::BAD_GATEWAY,
        false => status,
    };
    Reply {
        status,
        headers,
        body,
    }
}

#[cfg(test)]
mod tests;
