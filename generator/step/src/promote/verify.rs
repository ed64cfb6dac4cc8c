//! What must be true of a release before it is promoted.

use std::path::Path;

use luban_command::{Parsed, promote as flag};

use super::application::{self, revisions};
use super::images::Images;
use super::records::{Both, release_at};
use super::route::Route;
use crate::cluster::{Objects, Place};
use crate::failure::{Exit, Failure};
use crate::release::gitops::Gitops;
use crate::signature::{PublicKeys, signatures, tag};

/// What the platform requires; `generator/compile` writes these words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Requirements {
    pub(super) is_healthy: bool,
    pub(super) is_signed: bool,
    /// File with the key of signatures.
    key: Option<String>,
}

impl Requirements {
    pub(super) fn of(call: &Parsed) -> Result<Self, Failure> {
        let mut all = Self {
            key: call.get(&flag::PUBLIC_KEY).map(str::to_owned),
            ..Self::default()
        };
        for word in call.list(&flag::REQUIRE).filter(|word| !word.is_empty()) {
            match word {
                "healthy" => all.is_healthy = true,
                "signed" => all.is_signed = true,
                _ => {
                    let message = format!("`--require={word}`: expected one of healthy, signed");
                    return Err(Failure::new(Exit::Usage, message));
                }
            }
        }
        Ok(all)
    }
}

/// Something that was found to be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Check {
    /// What was looked at.
    pub(super) what: &'static str,
    /// What was found, in Markdown.
    pub(super) result: String,
}

/// Whom to ask.
pub(super) struct Verifier<'a> {
    pub(super) requirements: &'a Requirements,
    /// There if health is required.
    pub(super) cluster: Option<&'a dyn Objects>,
    pub(super) images: &'a dyn Images,
}

impl Verifier<'_> {
    /// Checks all of it.
    ///
    /// # Errors
    /// Says everything that is not so, at once.
    pub(super) fn verify(
        &self,
        gitops: &Gitops<'_>,
        both: &Both,
        route: &Route,
    ) -> Result<Vec<Check>, Failure> {
        let mut results = vec![self.exists(both)];
        if self.requirements.is_healthy {
            results.push(self.is_healthy(gitops, both, route));
        }
        if self.requirements.is_signed {
            results.push(self.is_signed(both));
        }
        let mut checks = Vec::new();
        let mut failures = Vec::new();
        for result in results {
            match result {
                Ok(check) => checks.push(check),
                Err(failure) => failures.push(failure),
            }
        }
        joined(failures).map_or(Ok(checks), Err)
    }

    fn exists(&self, both: &Both) -> Result<Check, Failure> {
        let release = &both.from;
        if !self.images.has(&release.image, &release.digest)? {
            return Err(Failure::new(
                Exit::Refused,
                format!("the registry has no `{}@{}`", release.image, release.digest),
            )
            .help("it may have been removed since: build and release the commit again"));
        }
        Ok(Check {
            what: "Registry",
            result: "has the digest".to_owned(),
        })
    }

    fn is_healthy(
        &self,
        gitops: &Gitops<'_>,
        both: &Both,
        route: &Route,
    ) -> Result<Check, Failure> {
        let name = route.argo_cd_application();
        let cluster = self.cluster.ok_or_else(|| {
            Failure::new(
                Exit::Usage,
                "there is no cluster to ask for Argo CD's Application",
            )
        })?;
        let place = Place {
            api_version: application::API_VERSION,
            kind: application::KIND,
            namespace: application::NAMESPACE.to_owned(),
        };
        let found = cluster.get(&place, &name)?;
        let mut seen = None;
        for revision in revisions(found.as_ref(), route)? {
            let is_there = revision == both.head || gitops.fetch_commit(&revision)?;
            if !is_there {
                continue;
            }
            let there = release_at(gitops, &revision, route, &route.from)?;
            let is_same = there.as_ref().is_some_and(|there| {
                (&there.image, &there.digest) == (&both.from.image, &both.from.digest)
            });
            if is_same {
                let short = revision.get(..10).unwrap_or_default();
                return Ok(Check {
                    what: "Argo CD",
                    result: format!("`{name}` is synced and healthy at `{short}`"),
                });
            }
            seen = Some(revision);
        }
        let at = match seen {
            Some(revision) => format!("it is at commit `{revision}`"),
            None => "the commit that it is at is not in the GitOps repository".to_owned(),
        };
        Err(Failure::new(
            Exit::Transient,
            format!(
                "Argo CD's Application `{name}` does not run `{}` of `{}` yet: {at}",
                both.from.digest, route.from
            ),
        )
        .help(format!(
            "wait until `argocd app get {name}` shows the release, then promote again"
        )))
    }

    fn is_signed(&self, both: &Both) -> Result<Check, Failure> {
        let (image, digest) = (&both.from.image, &both.from.digest);
        let refuse = |why: String| {
            Err(Failure::new(
                Exit::Refused,
                format!("`{image}@{digest}` is not signed with the project's key: {why}"),
            )
            .help("runs sign what they build where `policies.sign` is set; build and release the commit again"))
        };
        let keys = match self.requirements.key.as_deref().map(Path::new) {
            // A project that signs nothing has no key.
            Some(path) if path.exists() => PublicKeys::read(path)?,
            _ => return refuse("there is no key to check it with".to_owned()),
        };
        let tag = tag(digest);
        let Some(manifest) = self.images.manifest(image, &tag)? else {
            return refuse(format!("there is no `{image}:{tag}`"));
        };
        let found = match signatures(&manifest) {
            Ok(found) => found,
            Err(why) => return refuse(why.to_string()),
        };
        let mut reasons = Vec::new();
        for signature in &found {
            let text = match self.images.blob(image, &signature.payload) {
                Ok(text) => text,
                Err(failure) if matches!(failure.exit, Exit::Transient | Exit::Cancelled) => {
                    return Err(failure);
                }
                // One that cannot be had hides no good one behind it.
                Err(failure) => {
                    reasons.push(failure.message);
                    continue;
                }
            };
            match signature.verify(&keys, digest, &text) {
                Ok(()) => {
                    return Ok(Check {
                        what: "Signature",
                        result: "is good, and of the project's key".to_owned(),
                    });
                }
                Err(why) => {
                    let why = why.to_string();
                    if !reasons.contains(&why) {
                        reasons.push(why);
                    }
                }
            }
        }
        if reasons.is_empty() {
            return refuse(format!("`{image}:{tag}` holds no signature"));
        }
        refuse(reasons.join(", and of another: "))
    }
}

/// All failures as one: it may pass only if all of them may.
fn joined(failures: Vec<Failure>) -> Option<Failure> {
    let lasting = failures
        .iter()
        .find(|failure| failure.exit != Exit::Transient)
        .or(failures.first())?;
    let exit = lasting.exit;
    let mut messages: Vec<&str> = Vec::new();
    let mut helps: Vec<&str> = Vec::new();
    for failure in &failures {
        messages.push(&failure.message);
        helps.extend(failure.help.as_deref().filter(|help| !helps.contains(help)));
    }
    let mut failure = Failure::new(exit, messages.join("; and "));
    if !helps.is_empty() {
        failure = failure.help(helps.join("; "));
    }
    Some(failure)
}
