//! Digests from a registry on loopback that wants a token, is busy at first, or has no such image.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use luban_platform::names::ImageRef;
use luban_registry::{Client, Credentials, RegistryError};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use tiny_http::{Header, Response, Server, StatusCode};

const DIGEST: &str = "sha256:6f0c0f7ba3aef7d1b9b6a1d5f2a1a9a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1";

/// A registry that gives tokens to `user:secret` and keeps what it was asked.
struct Registry {
    host: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Registry {
    fn start(busy: usize) -> Self {
        let server = Server::http("127.0.0.1:0").unwrap();
        let host = server.server_addr().to_ip().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, own) = (asked.clone(), host.clone());
        let busy = AtomicUsize::new(busy);
        thread::spawn(move || {
            for request in server.incoming_requests() {
                let authorization = request
                    .headers()
                    .iter()
                    .find(|header| header.field.equiv("Authorization"))
                    .map(|header| header.value.to_string());
                log.lock()
                    .unwrap()
                    .push(format!("{} {}", request.method(), request.url()));
                let answer = |status: u16, headers: &[(&str, String)], body: &str| {
                    let mut response =
                        Response::from_string(body).with_status_code(StatusCode(status));
                    for (key, value) in headers {
                        response.add_header(
                            Header::from_bytes(key.as_bytes(), value.as_bytes()).unwrap(),
                        );
                    }
                    response
                };
                let response = if busy.load(Ordering::SeqCst) > 0 {
                    busy.fetch_sub(1, Ordering::SeqCst);
                    answer(503, &[], "")
                } else if request.url().starts_with("/token") {
                    match authorization.as_deref() {
                        Some("Basic dXNlcjpzZWNyZXQ=") => answer(200, &[], r#"{"token":"abc"}"#),
                        _ => answer(401, &[], ""),
                    }
                } else if authorization.as_deref() != Some("Bearer abc") {
                    let challenge = format!(
                        r#"Bearer realm="http://{own}/token",service="test",scope="repository:acme/tool:pull""#
                    );
                    answer(401, &[("WWW-Authenticate", challenge)], "")
                } else if request.url().contains("/acme/tool/manifests/v1") {
                    answer(200, &[("Docker-Content-Digest", DIGEST.to_owned())], "{}")
                } else {
                    answer(404, &[], "")
                };
                request.respond(response).unwrap();
            }
        });
        Self { host, asked }
    }

    fn client(&self, password: &str) -> Client {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("config.json");
        let text = format!(
            r#"{{"auths":{{"{}":{{"username":"user","password":"{password}"}}}}}}"#,
            self.host
        );
        std::fs::write(&path, text).unwrap();
        Client::new(Credentials::read(&path)).unwrap()
    }

    fn image(&self, rest: &str) -> ImageRef {
        ImageRef::new(format!("{}/{rest}", self.host)).unwrap()
    }
}

#[test]
fn a_tag_is_resolved_with_a_token() {
    let registry = Registry::start(0);
    let digest = registry
        .client("secret")
        .digest(&registry.image("acme/tool:v1"))
        .unwrap();
    assert_eq!(digest, DIGEST);
    let asked = registry.asked.lock().unwrap().clone();
    assert_eq!(
        asked[1],
        "GET /token?service=test&scope=repository%3Aacme%2Ftool%3Apull"
    );
}

#[test]
fn a_busy_registry_is_asked_again() {
    let registry = Registry::start(1);
    assert_eq!(
        registry
            .client("secret")
            .digest(&registry.image("acme/tool:v1"))
            .unwrap(),
        DIGEST
    );
}

#[test]
fn an_image_that_is_not_there_is_named() {
    let registry = Registry::start(0);
    let error = registry
        .client("secret")
        .digest(&registry.image("acme/other:v1"))
        .unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
}

#[test]
fn a_wrong_password_is_refused_and_not_shown() {
    let registry = Registry::start(0);
    let client = registry.client("wrong-password");
    let error = client.digest(&registry.image("acme/tool:v1")).unwrap_err();
    assert!(matches!(error, RegistryError::Refused { .. }), "{error}");
    assert!(!format!("{error} {error:?} {client:?}").contains("wrong-password"));
}
