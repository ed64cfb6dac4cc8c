//! The arguments of `buildctl build`, as version 0.32 takes them (`cmd/buildctl/build.go`). No shell and no list reads them: each
//! is one argument, and what stands in a CSV value is quoted there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::key_tag;
use crate::build_inputs::PLAN_FILE;
use crate::build_key;
use crate::buildkit::first_arguments;
use crate::failure::{Exit, Failure};
use crate::hmac::hex;
use crate::secrets_hash::append;

/// Annotations that are written here.
pub(super) const RESERVED_ANNOTATIONS: [&str; 1] = [build_key::ANNOTATION];

/// A build.
#[derive(Debug)]
pub(super) struct Build<'a> {
    pub(super) address: &'a str,
    pub(super) frontend: &'a str,
    pub(super) context: &'a Path,
    pub(super) plan_directory: &'a Path,
    pub(super) platform: &'a str,
    pub(super) cache_key: &'a str,
    /// What changes when a secret or variable does; none without any.
    pub(super) invalidation: Option<String>,
    pub(super) variables: &'a BTreeMap<String, String>,
    /// Name and file of each secret and variable: the plan lists both as secrets.
    pub(super) secrets: &'a [(String, PathBuf)],
    /// Images to push.
    pub(super) names: Vec<String>,
    pub(super) annotations: Vec<(String, String)>,
    pub(super) key: String,
    pub(super) cache: &'a str,
    pub(super) caches_from: Vec<&'a str>,
    pub(super) provenance: Option<&'a str>,
    pub(super) metadata: &'a Path,
}

impl Build<'_> {
    /// All arguments.
    ///
    /// # Errors
    /// When a path is no UTF-8 text.
    pub(super) fn arguments(&self) -> Result<Vec<String>, Failure> {
        let mut arguments = first_arguments(self.address);
        let mut add = |flag: &str, value: String| {
            arguments.extend([format!("--{flag}"), value]);
        };
        add("frontend", "gateway.v0".to_owned());
        add("local", format!("context={}", text(self.context)?));
        add(
            "local",
            format!("dockerfile={}", text(self.plan_directory)?),
        );
        for (name, value) in self.options() {
            add("opt", format!("{name}={value}"));
        }
        for (name, path) in self.secrets {
            add("secret", csv(&[("id", name), ("src", text(path)?)]));
        }
        add("output", self.output());
        let cache = [
            ("type", "registry"),
            ("ref", self.cache),
            ("mode", "max"),
            ("image-manifest", "true"),
            ("oci-mediatypes", "true"),
            // A cache that cannot be written costs time, no build.
            ("ignore-error", "true"),
        ];
        add("export-cache", csv(&cache));
        for cache in self.caches() {
            add("import-cache", csv(&[("type", "registry"), ("ref", cache)]));
        }
        add("metadata-file", text(self.metadata)?.to_owned());
        Ok(arguments)
    }

    /// Options of the frontend and of the solver.
    fn options(&self) -> Vec<(String, String)> {
        let mut options = vec![
            ("source".to_owned(), self.frontend.to_owned()),
            ("filename".to_owned(), PLAN_FILE.to_owned()),
            ("platform".to_owned(), self.platform.to_owned()),
        ];
        // The frontend takes its own from among these, and leaves the rest to the provenance.
        for (name, value) in self.variables {
            options.push((format!("build-arg:{name}"), value.clone()));
        }
        options.push(("build-arg:cache-key".to_owned(), self.cache_key.to_owned()));
        if let Some(hash) = &self.invalidation {
            options.push(("build-arg:secrets-hash".to_owned(), hash.clone()));
        }
        if let Some(mode) = self.provenance {
            options.push(("attest:provenance".to_owned(), format!("mode={mode}")));
        }
        options
    }

    /// Where the image goes. The key is a tag, for the lookup to find it by, and an annotation, to make sure of it.
    fn output(&self) -> String {
        let mut names = self.names.clone();
        if let Some(image) = self.names.first() {
            names.push(key_tag(image, &self.key));
        }
        let names = names.join(",");
        let key = [(build_key::ANNOTATION.to_owned(), self.key.clone())];
        // Attestations make an index of the image; without one, BuildKit refuses annotations of it.
        let kinds: &[&str] = match self.provenance {
            Some(_) => &["annotation", "annotation-index"],
            None => &["annotation"],
        };
        let annotations: Vec<(String, &str)> = kinds
            .iter()
            .flat_map(|kind| {
                let all = self.annotations.iter().chain(&key);
                all.map(move |(name, value)| (format!("{kind}.{name}"), value.as_str()))
            })
            .collect();
        let mut attributes = vec![
            ("type", "image"),
            ("name", names.as_str()),
            ("push", "true"),
            ("oci-mediatypes", "true"),
        ];
        attributes.extend(
            annotations
                .iter()
                .map(|(name, value)| (name.as_str(), *value)),
        );
        csv(&attributes)
    }

    /// Caches to read, each once.
    fn caches(&self) -> Vec<&str> {
        let mut caches = vec![self.cache];
        for cache in &self.caches_from {
            if !cache.is_empty() && !caches.contains(cache) {
                caches.push(cache);
            }
        }
        caches
    }
}

/// What the frontend mounts so that steps run again when a secret or variable changes: it makes secrets of both.
pub(super) fn invalidation(
    secrets_hash: Option<&str>,
    variables: &BTreeMap<String, String>,
) -> Option<String> {
    if variables.is_empty() {
        return secrets_hash.map(str::to_owned);
    }
    let mut bytes = Vec::new();
    append(&mut bytes, secrets_hash.unwrap_or_default().as_bytes());
    for (name, value) in variables {
        append(&mut bytes, name.as_bytes());
        append(&mut bytes, value.as_bytes());
    }
    Some(hex(&Sha256::digest(&bytes)))
}

/// One CSV record of `name=value` fields, as buildctl's reader takes it: quoted where a comma, a quote or a line break stands.
fn csv(fields: &[(&str, &str)]) -> String {
    let quoted = fields.iter().map(|(name, value)| {
        let field = format!("{name}={value}");
        match field.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{}\"", field.replace('"', "\"\"")),
            false => field,
        }
    });
    quoted.collect::<Vec<_>>().join(",")
}

fn text(path: &Path) -> Result<&str, Failure> {
    path.to_str().ok_or_else(|| {
        let message = format!("the path `{}` is no UTF-8 text", path.display());
        Failure::new(Exit::Usage, message).help("rename the directory")
    })
}
