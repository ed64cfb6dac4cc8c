//! How requests reach a registry: whoever uses this crate brings the HTTP client.

use std::error::Error;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode, Url};

/// A request to a registry or its token service.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is being done, for messages: ``push the manifest of `acme/app` ``.
    pub operation: String,
    /// The permission that it takes, for messages.
    pub permission: String,
    /// Method.
    pub method: Method,
    /// URL.
    pub url: Url,
    /// The header `Authorization`, which nothing may print.
    pub authorization: Option<HeaderValue>,
    /// Other headers, the type of the body among them.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Body.
    pub body: Option<Vec<u8>>,
    /// Whether it can be made twice with the result of once.
    pub is_repeatable: bool,
    /// The largest answer that is wanted, in bytes.
    pub largest: usize,
}

/// The answer to a request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body. One that is larger than was wanted may be cut off behind the first byte too many.
    pub body: Vec<u8>,
}

/// Why there was no answer: a message that names operation and host.
pub type TransportError = Box<dyn Error + Send + Sync>;

/// An HTTP client.
pub trait Transport {
    /// Makes a request, again after 429, 5xx and broken connections where that may help. Every other answer is given back,
    /// redirects to other hosts too: they are not followed here.
    ///
    /// # Errors
    /// When there is no answer, or after the last try still one of 429 or 5xx. It may be an error too that the answer is larger than
    /// was wanted; a part of it is never given back as if it were all.
    fn send(&self, request: &Request) -> Result<Answer, TransportError>;
}
