//! The registry, and what is asked of it.

use anyhow::{Context as _, Result, anyhow, bail};
use luban_registry::{
    Answer, Credentials, Manifest, Reference, Registry, Repository, Request, Transport,
    TransportError,
};
use reqwest::blocking::Client;
use reqwest::header::AUTHORIZATION;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Who logs in.
pub(super) const LOGIN: (&str, &str) = ("user", "s3cr3t-of-the-registry");

/// A registry as a process, which ends with its standard input, and so with this value.
pub(super) struct Server {
    process: Child,
    /// Where it listens.
    pub(super) host: String,
}

impl Server {
    /// Starts tests/conformance/registry, which writes its log to that file.
    ///
    /// # Errors
    /// When it does not start.
    pub(super) fn start(program: &Path, log: &Path) -> Result<Self> {
        let mut process = Command::new(program)
            .arg(LOGIN.1)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // It calls each question about what it does not have an error.
            .stderr(File::create(log)?)
            .spawn()
            .with_context(|| format!("cannot run `{}`", program.display()))?;
        let output = process.stdout.take().context("the registry says nothing")?;
        let mut host = String::new();
        BufReader::new(output).read_line(&mut host)?;
        if host.is_empty() {
            bail!("the registry does not start: {}", fs::read_to_string(log)?);
        }
        Ok(Self {
            process,
            host: host.trim().to_owned(),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        // One that does not end with its input has ended already.
        let _ = self.process.wait();
    }
}

/// Asks over HTTP.
pub(super) struct Plain(Client);

impl Plain {
    /// A client that follows nobody elsewhere.
    ///
    /// # Errors
    /// When there can be none.
    pub(super) fn new() -> Result<Self> {
        // That another part of the program has chosen one already is no matter.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none());
        Ok(Self(client.no_proxy().build()?))
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
        Ok(Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: response.bytes()?.to_vec(),
        })
    }
}

/// The manifest of a tag or digest.
///
/// # Errors
/// When the registry has none, or does not say.
pub(super) fn manifest(
    repository: &str,
    reference: &str,
    credentials: &Credentials,
) -> Result<Manifest> {
    let plain = Plain::new()?;
    let registry = Registry::new(&plain, credentials);
    let repository = Repository::new(repository)?;
    let reference = match luban_registry::Digest::new(reference) {
        Ok(digest) => digest.into(),
        Err(_) => Reference::tag(reference)?,
    };
    registry
        .manifest(&repository, &reference)?
        .ok_or_else(|| anyhow!("the registry has no `{}`", repository.image(&reference)))
}
