//! One registry client: requests with the authentication that the registry asks for.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, WWW_AUTHENTICATE};
use reqwest::{Method, StatusCode, Url};
use serde::Deserialize;

use crate::Credentials;
use crate::challenge::Challenge;
use crate::credentials::Login;
use crate::error::{RegistryError, message};
use crate::manifests::LARGEST_MANIFEST;
use crate::name::{Repository, is_loopback};
use crate::transport::{Answer, Request, Transport};

/// Redirects that are followed: registries keep blobs in stores of other hosts.
const REDIRECTS: usize = 5;

/// What a request does with a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Access {
    Pull,
    Push,
}

impl Access {
    fn actions(self) -> &'static str {
        match self {
            Self::Pull => "pull",
            Self::Push => "pull,push",
        }
    }
}

/// A client of any registry, over an HTTP client of whoever uses it.
pub struct Registry<'a> {
    transport: &'a (dyn Transport + 'a),
    credentials: &'a Credentials,
    /// Headers that were accepted, for as long as they are.
    authorizations: Mutex<HashMap<(Repository, Access), HeaderValue>>,
}

/// A request before it is authenticated.
pub(crate) struct Ask<'a> {
    pub(crate) operation: &'a str,
    pub(crate) access: Access,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) accept: Option<&'static str>,
    /// Type and bytes.
    pub(crate) body: Option<(&'a str, &'a [u8])>,
    pub(crate) is_repeatable: bool,
    /// The largest answer that is wanted.
    pub(crate) largest: usize,
}

impl<'a> Ask<'a> {
    /// A question without body; GET, HEAD and PUT are repeatable.
    pub(crate) fn new(operation: &'a str, access: Access, method: Method, url: Url) -> Self {
        Self {
            operation,
            access,
            is_repeatable: method.is_idempotent(),
            method,
            url,
            accept: None,
            body: None,
            largest: LARGEST_MANIFEST,
        }
    }
}

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    token: String,
    #[serde(default)]
    access_token: String,
}

impl<'a> Registry<'a> {
    /// A client that logs in with `credentials`.
    pub fn new(transport: &'a (dyn Transport + 'a), credentials: &'a Credentials) -> Self {
        Self {
            transport,
            credentials,
            authorizations: Mutex::default(),
        }
    }

    /// Asks, with authentication if the registry wants it. Given back are answers of 2xx and 404; others are errors.
    pub(crate) fn ask(
        &self,
        repository: &Repository,
        ask: &Ask<'_>,
    ) -> Result<Answer, RegistryError> {
        let key = (repository.clone(), ask.access);
        let known = self.known(&key);
        let mut answer = self.follow(repository, ask, known.as_ref())?;
        if answer.status == StatusCode::UNAUTHORIZED {
            // None was sent, or what was accepted before has expired.
            let authorization = self.authorization(repository, ask, &answer)?;
            answer = self.follow(repository, ask, Some(&authorization))?;
            if answer.status != StatusCode::UNAUTHORIZED {
                let mut all = self.lock();
                all.insert(key, authorization);
            }
        }
        match answer.status {
            status if status.is_success() || status == StatusCode::NOT_FOUND => Ok(answer),
            status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
                Err(self.refused(repository, ask, status))
            }
            status => Err(RegistryError::Status {
                operation: ask.operation.to_owned(),
                host: repository.host().to_owned(),
                status,
                message: message(&answer.body),
            }),
        }
    }

    fn known(&self, key: &(Repository, Access)) -> Option<HeaderValue> {
        self.lock().get(key).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(Repository, Access), HeaderValue>> {
        self.authorizations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a request and follows redirects of questions; credentials reach the registry's own host only.
    fn follow(
        &self,
        repository: &Repository,
        ask: &Ask<'_>,
        authorization: Option<&HeaderValue>,
    ) -> Result<Answer, RegistryError> {
        let own = repository
            .url("")
            .map_err(|_| self.nonsense(repository, ask, "has a name that is no URL"))?
            .origin();
        let mut url = ask.url.clone();
        for _ in 0..=REDIRECTS {
            let is_own = url.origin() == own;
            let answer = self.send(ask, &url, authorization.filter(|_| is_own))?;
            let is_question = matches!(ask.method, Method::GET | Method::HEAD);
            if !answer.status.is_redirection() || !is_question {
                return Ok(answer);
            }
            let target = header(&answer, &LOCATION).and_then(|target| url.join(target).ok());
            url = target.ok_or_else(|| {
                self.nonsense(repository, ask, "answered with a redirect to nowhere")
            })?;
            if !is_safe(&url, repository) {
                return Err(self.nonsense(repository, ask, "redirects to what is not on https"));
            }
        }
        Err(self.nonsense(repository, ask, "redirects without end"))
    }

    fn send(
        &self,
        ask: &Ask<'_>,
        url: &Url,
        authorization: Option<&HeaderValue>,
    ) -> Result<Answer, RegistryError> {
        let mut headers: Vec<(HeaderName, HeaderValue)> = Vec::new();
        if let Some(accept) = ask.accept {
            headers.push((ACCEPT, HeaderValue::from_static(accept)));
        }
        if let Some((media_type, _)) = ask.body
            && let Ok(value) = HeaderValue::from_str(media_type)
        {
            headers.push((CONTENT_TYPE, value));
        }
        let request = Request {
            operation: ask.operation.to_owned(),
            permission: String::new(),
            method: ask.method.clone(),
            url: url.clone(),
            authorization: authorization.cloned(),
            headers,
            body: ask.body.map(|(_, bytes)| bytes.to_vec()),
            is_repeatable: ask.is_repeatable,
            largest: ask.largest,
        };
        self.transport
            .send(&request)
            .map_err(RegistryError::Transport)
    }

    /// The header that answers the registry's challenge.
    fn authorization(
        &self,
        repository: &Repository,
        ask: &Ask<'_>,
        answer: &Answer,
    ) -> Result<HeaderValue, RegistryError> {
        let mut challenges = answer
            .headers
            .get_all(WWW_AUTHENTICATE)
            .iter()
            .filter_map(|value| Challenge::parse(value.to_str().ok()?));
        let text = match challenges.next() {
            Some(Challenge::Bearer { realm, query }) => {
                let token = self.token(repository, ask, &realm, query)?;
                format!("Bearer {token}")
            }
            Some(Challenge::Basic) => match self.credentials.get(repository) {
                Some(Login::Password { user, password }) => {
                    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
                }
                _ => return Err(self.refused(repository, ask, answer.status)),
            },
            None => return Err(self.refused(repository, ask, answer.status)),
        };
        let mut value = HeaderValue::from_str(&text)
            .map_err(|_| self.nonsense(repository, ask, "gave a token that is no header"))?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// A token of the service that the registry names (distribution v3.1 `docs/content/spec/auth/token.md` and `oauth.md`).
    fn token(
        &self,
        repository: &Repository,
        ask: &Ask<'_>,
        realm: &str,
        mut query: Vec<(String, String)>,
    ) -> Result<String, RegistryError> {
        if !query.iter().any(|(key, _)| key == "scope") {
            let scope = format!("repository:{}:{}", repository.path(), ask.access.actions());
            query.push(("scope".to_owned(), scope));
        }
        let nonsense = |why| self.nonsense(repository, ask, why);
        let mut url =
            Url::parse(realm).map_err(|_| nonsense("names a token service that is no URL"))?;
        if !is_safe(&url, repository) {
            return Err(nonsense("names a token service that is not on https"));
        }
        let operation = format!("log in to `{}` to {}", repository.host(), ask.operation);
        let mut headers = Vec::new();
        let (mut authorization, mut body) = (None, None);
        match self.credentials.get(repository) {
            Some(Login::Identity(token)) => {
                query.extend([
                    ("grant_type".to_owned(), "refresh_token".to_owned()),
                    ("client_id".to_owned(), "luban".to_owned()),
                    ("refresh_token".to_owned(), token.clone()),
                ]);
                let mut form = Url::parse("form:///").map_err(|_| nonsense("has no form"))?;
                form.query_pairs_mut().extend_pairs(&query);
                body = form.query().map(|text| text.as_bytes().to_vec());
                let media_type = HeaderValue::from_static("application/x-www-form-urlencoded");
                headers.push((CONTENT_TYPE, media_type));
            }
            login => {
                url.query_pairs_mut().extend_pairs(&query);
                if let Some(Login::Password { user, password }) = login {
                    let text = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
                    authorization = HeaderValue::from_str(&text).ok();
                }
            }
        }
        let request = Request {
            operation,
            permission: String::new(),
            method: if body.is_some() {
                Method::POST
            } else {
                Method::GET
            },
            url,
            authorization,
            headers,
            body,
            is_repeatable: true,
            largest: LARGEST_MANIFEST,
        };
        let answer = self
            .transport
            .send(&request)
            .map_err(RegistryError::Transport)?;
        match answer.status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                return Err(self.refused(repository, ask, answer.status));
            }
            status if !status.is_success() => {
                return Err(RegistryError::Status {
                    operation: request.operation,
                    host: repository.host().to_owned(),
                    status,
                    message: message(&answer.body),
                });
            }
            _ => {}
        }
        let token: Option<Token> = serde_json::from_slice(&answer.body).ok();
        token
            .into_iter()
            .flat_map(|token| [token.token, token.access_token])
            .find(|token| !token.is_empty())
            .ok_or_else(|| nonsense("has a token service that gave no token"))
    }

    fn refused(&self, repository: &Repository, ask: &Ask<'_>, status: StatusCode) -> RegistryError {
        let permission = match ask.access {
            Access::Pull => format!("pull from `{}`", repository.path()),
            Access::Push => format!("push to `{}`", repository.path()),
        };
        RegistryError::Refused {
            operation: ask.operation.to_owned(),
            host: repository.host().to_owned(),
            status,
            permission,
            has_credentials: self.credentials.get(repository).is_some(),
        }
    }

    pub(crate) fn nonsense(
        &self,
        repository: &Repository,
        ask: &Ask<'_>,
        why: impl Into<String>,
    ) -> RegistryError {
        RegistryError::Nonsense {
            operation: ask.operation.to_owned(),
            host: repository.host().to_owned(),
            why: why.into(),
        }
    }
}

/// A header's text.
pub(crate) fn header<'a>(answer: &'a Answer, name: &HeaderName) -> Option<&'a str> {
    answer.headers.get(name)?.to_str().ok()
}

/// Whether credentials and images may go there: on https, or on this machine where the registry is on it too.
pub(crate) fn is_safe(url: &Url, repository: &Repository) -> bool {
    url.scheme() == "https"
        || (url.scheme() == "http"
            && is_loopback(repository.host())
            && url.host_str().is_some_and(is_loopback))
}
