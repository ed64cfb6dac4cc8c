//! The one HTTP client: a time limit and retries on each call, and errors that say what was being done, where, and what is missing.

mod error;
mod pause;
mod time;

pub(crate) use error::{HttpError, certificate_fault};

use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::sync::Once;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{Method, StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::authorities;
use crate::failure::{Exit, Failure};
use crate::world::World;
pub(crate) use time::TIMEOUT;
use time::Time;

/// How often one looks whether the pod is asked to stop.
const GLANCE: Duration = Duration::from_millis(100);
/// Until a connection stands.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A call is made at most so often.
const TRIES: u32 = 5;
/// The largest answer that is read, unless a call says more.
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
    /// The largest answer that is read; a larger one is an error.
    pub(crate) largest: u64,
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
            largest: LARGEST,
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

    /// So many bytes it sends.
    fn length(&self) -> u64 {
        let length = match &self.body {
            None => 0,
            Some(Body::Json(value)) => value.to_string().len(),
            Some(Body::Bytes { bytes, .. } | Body::Raw(bytes)) => bytes.len(),
        };
        length as u64
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
            let (error, wait) = match self.follow(call, world) {
                Ok(reply) if reply.status.is_success() || is_expected(reply.status) => {
                    return Ok(reply);
                }
                Ok(reply) => {
                    let wait = pause::of_reply(&reply, call.is_repeatable, world.clock.now());
                    (HttpError::of_reply(call, &reply, world), wait)
                }
                Err(Broken::Stopped) => return Err(HttpError::stopped(call)),
                Err(Broken::TooLarge) => return Err(HttpError::too_large(call)),
                Err(Broken::Network { source, is_sent }) => {
                    let error = HttpError::of_network(call, source);
                    let may_pass = matches!(error, HttpError::Unreachable { .. });
                    let wait = (may_pass && (call.is_repeatable || !is_sent)).then_some(None);
                    (error, wait)
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
    fn follow(&self, call: &Call<'_>, world: &World<'_>) -> Result<Reply, Broken> {
        let mut url = call.url.clone();
        for _ in 0..REDIRECTS {
            let reply = self.once(call, &url, world)?;
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
        self.once(call, &url, world)
    }

    /// Makes a call once, on a thread of its own: whoever is asked to stop leaves it behind.
    fn once(&self, call: &Call<'_>, url: &Url, world: &World<'_>) -> Result<Reply, Broken> {
        let time = Time::new(call.length());
        let mut request = self.request(call, url);
        if call.body.is_some() {
            // For the whole of the call: what is got has no such end, only one for each piece and that of `read`.
            request = request.timeout(time.to_send());
        }
        let largest = call.largest;
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let ended = request.send().map_err(|source| Broken::Network {
                is_sent: !source.is_connect(),
                source: source.without_url(),
            });
            // Nobody waits for it any more, else.
            let _ = sender.send(ended.and_then(|response| read(response, time, largest)));
        });
        loop {
            match receiver.recv_timeout(GLANCE) {
                Ok(ended) => return ended,
                Err(RecvTimeoutError::Timeout) if !world.stop.is_asked() => {}
                Err(_) => return Err(Broken::Stopped),
            }
        }
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
enum Broken {
    Network {
        source: reqwest::Error,
        /// Whether the server may have got it.
        is_sent: bool,
    },
    /// The answer is larger than the call takes.
    TooLarge,
    /// The pod was asked to stop meanwhile.
    Stopped,
}

/// Reads an answer of at most `largest` bytes, as long as there is `time`: the client's own limit is one of each piece, so a trickle
/// has no end.
fn read(response: Response, time: Time, largest: u64) -> Result<Reply, Broken> {
    let (status, headers) = (response.status(), response.headers().clone());
    let mut reader = response.take(largest.saturating_add(1));
    let mut body = Vec::new();
    let mut piece = [0; 16 << 10];
    let is_whole = loop {
        match reader.read(&mut piece) {
            Ok(0) => break true,
            Ok(length) => body.extend(piece.iter().take(length)),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break false,
        }
        if time.is_up(body.len() as u64) {
            break false;
        }
    };
    if body.len() as u64 > largest {
        return Err(Broken::TooLarge);
    }
    // What breaks in the middle of an answer came after the server had the call; its status is known all the same.
    let status = match status.is_success() && !is_whole {
        true => StatusCode::BAD_GATEWAY,
        false => status,
    };
    Ok(Reply {
        status,
        headers,
        body,
    })
}

#[cfg(test)]
mod tests;
