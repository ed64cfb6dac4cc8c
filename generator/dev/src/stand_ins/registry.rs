//! The registry, and what is asked of it.

use anyhow::{Context as _, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use luban_registry::{
    Answer, Credentials, Digest, MANIFEST, Manifest, Reference, Registry, Repository, Request,
    Transport, TransportError, image,
};
use reqwest::blocking::Client;
use reqwest::header::AUTHORIZATION;
use serde_json::{Map, Value, json};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Who logs in.
pub(crate) const LOGIN: (&str, &str) = ("user", "s3cr3t-of-the-registry");

/// A registry as a process, which ends with its standard input, and so with this value.
pub(crate) struct Server {
    process: Child,
    /// Where it listens.
    pub(crate) host: String,
}

impl Server {
    /// Starts tests/conformance/registry, which writes its log to that file.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) fn start(program: &Path, log: &Path) -> Result<Self> {
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

impl Server {
    /// Pushes an image that has nothing but `content`; gives its digest.
    ///
    /// # Errors
    /// When the registry does not take it.
    pub(crate) fn put(&self, repository: &str, tag: &str, content: &[u8]) -> Result<String> {
        let names = [format!("{repository}:{tag}")];
        let image = Image {
            layers: vec![content.to_vec()],
            ..Image::default()
        };
        let digest = push(&credentials(&self.host)?, &names, &image)?;
        Ok(digest.as_str().to_owned())
    }
}

/// What an image is made of.
#[derive(Debug, Default)]
pub(crate) struct Image {
    /// Archives.
    pub(crate) layers: Vec<Vec<u8>>,
    pub(crate) labels: Map<String, Value>,
}

/// Pushes an image of linux/amd64 under all its names, which are of one repository.
///
/// # Errors
/// When the registry does not take it.
pub(crate) fn push(credentials: &Credentials, names: &[String], content: &Image) -> Result<Digest> {
    let plain = Plain::new()?;
    let registry = Registry::new(&plain, credentials);
    let names: Vec<_> = names
        .iter()
        .map(|name| image(name))
        .collect::<Result<_, _>>()?;
    let (repository, _) = names.first().context("an image without a name")?;
    let put = |media: &str, bytes: &[u8]| registry.put_blob(repository, media, bytes);
    let identifiers = content.layers.iter();
    let identifiers = identifiers.map(|layer| Digest::of(layer).as_str().to_owned());
    let config = json!({
        "os": "linux", "architecture": "amd64", "config": {"Labels": content.labels},
        "rootfs": {"type": "layers", "diff_ids": identifiers.collect::<Vec<_>>()},
    });
    let layers = content.layers.iter();
    let layers = layers.map(|layer| put("application/vnd.oci.image.layer.v1.tar", layer));
    let layers: Vec<_> = layers.collect::<Result<_, _>>()?;
    let config = put(
        "application/vnd.oci.image.config.v1+json",
        config.to_string().as_bytes(),
    )?;
    let manifest = json!({
        "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": layers,
    });
    let manifest = Manifest::new(MANIFEST, manifest.to_string().into_bytes());
    for (repository, reference) in &names {
        registry.put_manifest(repository, reference, &manifest)?;
    }
    Ok(manifest.digest)
}

/// Docker's configuration with the registry's login.
pub(crate) fn docker(host: &str) -> String {
    let login = STANDARD.encode(format!("{}:{}", LOGIN.0, LOGIN.1));
    json!({"auths": {host: {"auth": login}}}).to_string()
}

/// Who may read and write the registry.
///
/// # Errors
/// When its configuration cannot be written.
pub(crate) fn credentials(host: &str) -> Result<Credentials> {
    let file = tempfile::NamedTempFile::new()?;
    fs::write(file.path(), docker(host))?;
    Ok(Credentials::load(file.path())?)
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        // One that does not end with its input has ended already.
        let _ = self.process.wait();
    }
}

/// Asks over HTTP.
pub(crate) struct Plain(Client);

impl Plain {
    /// A client that follows nobody elsewhere.
    ///
    /// # Errors
    /// When there can be none.
    pub(crate) fn new() -> Result<Self> {
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
pub(crate) fn manifest(
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
