//! Questions to a registry.

use crate::Credentials;
use crate::challenge::Challenge;
use luban_platform::names::ImageRef;
use reqwest::blocking::{Client as Http, RequestBuilder, Response};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::sync::Once;
use std::time::Duration;
use thiserror::Error;

/// Manifests that are asked for: an index first, so that the digest serves every platform.
const MANIFESTS: &str = "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, \
     application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

/// A whole question, with the body.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Until a connection stands.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Pauses before a question is asked again.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// The largest manifest that registries must accept (distribution specification 1.1).
const LARGEST_MANIFEST: u64 = 4 << 20;

/// Why a registry did not answer.
#[derive(Debug, Error)]
pub enum RegistryError {
    /// No connection, or it broke.
    #[error("`{host}` cannot be reached: {source}")]
    Unreachable {
        /// The registry's host.
        host: String,
        /// Why.
        source: reqwest::Error,
    },
    /// There is no such image.
    #[error("there is no image `{0}`")]
    NotFound(String),
    /// Credentials are missing or wrong.
    #[error("`{host}` refuses to show `{image}`; log in with `docker login {host}`")]
    Refused {
        /// The registry's host.
        host: String,
        /// The image.
        image: String,
    },
    /// Another answer.
    #[error("`{host}` answered {status} for `{image}`")]
    Status {
        /// The registry's host.
        host: String,
        /// What it answered.
        status: StatusCode,
        /// The image.
        image: String,
    },
    /// An answer that is none.
    #[error("`{host}` gave no digest of `{image}`: {why}")]
    Nonsense {
        /// The registry's host.
        host: String,
        /// The image.
        image: String,
        /// What is wrong with the answer.
        why: String,
    },
}

/// A client of any registry.
#[derive(Clone, Debug)]
pub struct Client {
    http: Http,
    credentials: Credentials,
}

#[derive(Deserialize)]
struct Token {
    #[serde(alias = "access_token")]
    token: String,
}

impl Client {
    /// A client with credentials.
    ///
    /// # Errors
    /// When the system's certificates cannot be loaded.
    pub fn new(credentials: Credentials) -> Result<Self, reqwest::Error> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Fails only where another part of the program has chosen a provider already, which serves as well.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let http = Http::builder()
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            .user_agent(concat!("luban/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { http, credentials })
    }

    /// The digest that the tag of `image` has now.
    ///
    /// # Errors
    /// When the registry cannot be reached, refuses, or has no such image.
    pub fn digest(&self, image: &ImageRef) -> Result<String, RegistryError> {
        let (host, repository) = image
            .repository()
            .split_once('/')
            .unwrap_or(("", image.repository()));
        let question = Question {
            client: self,
            host,
            repository,
            reference: image.tag().unwrap_or("latest"),
            image: image.as_str(),
        };
        let response = question.ask(Method::HEAD)?;
        match digest_of(&response) {
            Some(digest) => Ok(digest),
            None => question.digest_of_body(),
        }
    }
}

/// One manifest of one registry.
struct Question<'a> {
    client: &'a Client,
    host: &'a str,
    repository: &'a str,
    reference: &'a str,
    image: &'a str,
}

impl Question<'_> {
    /// Asks for the manifest, with authentication if the registry wants it.
    fn ask(&self, method: Method) -> Result<Response, RegistryError> {
        // Docker Hub's API is on another host than its images' names say.
        let api = if self.host == "docker.io" {
            "registry-1.docker.io"
        } else {
            self.host
        };
        let scheme = if is_loopback(self.host) {
            "http"
        } else {
            "https"
        };
        let url = format!(
            "{scheme}://{api}/v2/{}/manifests/{}",
            self.repository, self.reference
        );
        let request = || {
            self.client
                .http
                .request(method.clone(), &url)
                .header(ACCEPT, HeaderValue::from_static(MANIFESTS))
        };
        let response = self.send(request)?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return self.judge(response);
        }
        let authorization = self.authorization(&response)?;
        let response = self.send(|| request().header(AUTHORIZATION, authorization.clone()))?;
        self.judge(response)
    }

    /// The header that answers the registry's challenge.
    fn authorization(&self, response: &Response) -> Result<HeaderValue, RegistryError> {
        let header = response
            .headers()
            .get(WWW_AUTHENTICATE)
            .and_then(|value| value.to_str().ok());
        let credentials = self.client.credentials.get(self.host);
        let text = match header.and_then(Challenge::parse) {
            Some(Challenge::Bearer { realm, query }) => {
                format!("Bearer {}", self.token(&realm, &query)?)
            }
            Some(Challenge::Basic) => {
                use base64::Engine;
                let (user, password) = credentials.ok_or_else(|| self.refused())?;
                format!(
                    "Basic {}",
                    base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"))
                )
            }
            None => return Err(self.refused()),
        };
        let mut value =
            HeaderValue::from_str(&text).map_err(|_| self.nonsense("its token is no header"))?;
        value.set_sensitive(true);
        Ok(value)
    }

    fn token(&self, realm: &str, query: &[(String, String)]) -> Result<String, RegistryError> {
        let url = reqwest::Url::parse_with_params(realm, query)
            .map_err(|_| self.nonsense("its token service is no URL"))?;
        let is_safe = url.scheme() == "https"
            || (is_loopback(self.host) && url.host_str().is_some_and(is_loopback));
        if !is_safe {
            return Err(self.nonsense("its token service is not on https"));
        }
        let response = self.send(|| {
            let request = self.client.http.get(url.clone());
            match self.client.credentials.get(self.host) {
                Some((user, password)) => request.basic_auth(user, Some(password)),
                None => request,
            }
        })?;
        let response = self.judge(response)?;
        response
            .json::<Token>()
            .map(|token| token.token)
            .map_err(|_| self.nonsense("its token service gave no token"))
    }

    /// Sends a request, again after a pause where it may help.
    fn send(&self, request: impl Fn() -> RequestBuilder) -> Result<Response, RegistryError> {
        let mut pauses = PAUSES.into_iter();
        loop {
            let answer = request().send();
            let may_help = match &answer {
                Ok(response) => {
                    response.status().is_server_error()
                        || response.status() == StatusCode::TOO_MANY_REQUESTS
                }
                Err(error) => error.is_timeout() || error.is_connect(),
            };
            match pauses.next().filter(|_| may_help) {
                Some(pause) => std::thread::sleep(pause),
                None => {
                    return answer.map_err(|source| RegistryError::Unreachable {
                        host: self.host.to_owned(),
                        source: source.without_url(),
                    });
                }
            }
        }
    }

    fn judge(&self, response: Response) -> Result<Response, RegistryError> {
        match response.status() {
            status if status.is_success() => Ok(response),
            StatusCode::NOT_FOUND => Err(RegistryError::NotFound(self.image.to_owned())),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(self.refused()),
            status => Err(RegistryError::Status {
                host: self.host.to_owned(),
                status,
                image: self.image.to_owned(),
            }),
        }
    }

    /// The digest of the manifest itself, for registries that do not say it in a header.
    fn digest_of_body(&self) -> Result<String, RegistryError> {
        let response = self.ask(Method::GET)?;
        let said = digest_of(&response);
        let mut body = Vec::new();
        response
            .take(LARGEST_MANIFEST)
            .read_to_end(&mut body)
            .map_err(|_| self.nonsense("its manifest broke off"))?;
        let digest = format!("sha256:{:x}", Sha256::digest(&body));
        match said {
            Some(said) if said != digest => {
                Err(self.nonsense("its manifest is not the one that its digest names"))
            }
            _ => Ok(digest),
        }
    }

    fn refused(&self) -> RegistryError {
        RegistryError::Refused {
            host: self.host.to_owned(),
            image: self.image.to_owned(),
        }
    }

    fn nonsense(&self, why: &str) -> RegistryError {
        RegistryError::Nonsense {
            host: self.host.to_owned(),
            image: self.image.to_owned(),
            why: why.to_owned(),
        }
    }
}

fn digest_of(response: &Response) -> Option<String> {
    let digest = response
        .headers()
        .get("docker-content-digest")?
        .to_str()
        .ok()?;
    let hex = digest.strip_prefix("sha256:")?;
    (hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| digest.to_owned())
}

/// Whether a registry is on this machine, where there is no TLS.
fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}
