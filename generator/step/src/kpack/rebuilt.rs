//! `luban step kpack-rebuilt`: what a rebuild that kpack started by itself made, and whether it is to be released.

use luban_command::{Parsed, kpack_rebuilt as flag};

use super::object::API_VERSION;
use super::seen::{self, Build, Image, Progress};
use crate::cluster::Place;
use crate::cluster::observe::Observe;
use crate::failure::{Exit, Failure};
use crate::results::Results;
use crate::world::World;

/// Why kpack builds by itself (v0.17 `BuildReason…`); a commit, a changed Image and a trigger are a run's business.
const OWN_REASONS: [&str; 3] = ["STACK", "BUILDPACK", "LIFECYCLE"];

/// The settings of an application that its Image holds as annotations, for the delivery of rebuilds; `true` for those that a
/// delivery cannot do without.
const SETTINGS: [(&str, bool); 15] = [
    ("project", true),
    ("application", true),
    ("provider", true),
    ("source", true),
    (SOURCE_BRANCH, true),
    ("source-secret", true),
    ("source-ca-secret", true),
    ("image", true),
    (GITOPS_PATH, false),
    ("push-secret", true),
    ("scan", true),
    ("fail-on", false),
    ("ignore-unfixed", true),
    ("sign", true),
    ("signing-secret", true),
];
const SOURCE_BRANCH: &str = "source-branch";
const GITOPS_PATH: &str = "gitops-path";

/// What is known of a rebuild.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rebuild {
    pub(super) revision: String,
    /// Empty if there is nothing to release.
    pub(super) digest: String,
    pub(super) reason: String,
    /// Whether it is released, and if not, why.
    pub(super) release: Result<(), String>,
    /// Whether the Build failed, and what kpack says of it.
    pub(super) failed: Option<String>,
    /// The settings, by name.
    pub(super) settings: Vec<(&'static str, String)>,
}

/// The names of all results.
pub(super) fn results() -> Vec<&'static str> {
    let own = ["revision", "digest", "reason", "release"].into_iter();
    own.chain(SETTINGS.iter().map(|(name, _)| *name)).collect()
}

/// Writes what a rebuild made.
pub(crate) fn run(call: &Parsed, cluster: &dyn Observe, world: &World<'_>) -> Result<(), Failure> {
    let results = Results::of(call, &results())?;
    let (image, build) = (
        call.get(&flag::IMAGE).unwrap_or_default(),
        call.get(&flag::BUILD).unwrap_or_default(),
    );
    let fails_with_build = call.get(&flag::FAIL_WITH_BUILD) == Some("true");
    let image: Image = read(cluster, "Image", image)?;
    let build: Build = read(cluster, "Build", build)?;
    let rebuild = rebuild(&image, &build)?;
    let is_released = rebuild.release.is_ok();
    for (name, value) in &rebuild.settings {
        results.write(name, value)?;
    }
    results.write("revision", &rebuild.revision)?;
    results.write("digest", &rebuild.digest)?;
    results.write("reason", &rebuild.reason)?;
    results.write("release", if is_released { "true" } else { "false" })?;
    let name = build.name();
    match (rebuild.failed, rebuild.release) {
        (Some(why), _) if fails_with_build => {
            let message = format!(
                "kpack's rebuild `{name}` ({}) failed: {why}",
                rebuild.reason
            );
            Err(Failure::new(Exit::Failed, message).help(
                "what runs stays as it is; look at the Build's pod, and at the stack and the buildpacks that changed",
            ))
        }
        (_, Ok(())) => {
            world.say(format!(
                "rebuild `{name}` ({}) of commit `{}` made `{}`, which is to be released",
                rebuild.reason, rebuild.revision, rebuild.digest
            ));
            Ok(())
        }
        (_, Err(why)) => {
            world.say(format!("rebuild `{name}` is not released: {why}"));
            Ok(())
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(
    cluster: &dyn Observe,
    kind: &'static str,
    name: &str,
) -> Result<T, Failure> {
    let namespace = cluster.namespace().to_owned();
    let place = Place {
        api_version: API_VERSION,
        kind,
        namespace,
    };
    let found = cluster.get(&place, name)?.ok_or_else(|| {
        let message = format!(
            "there is no {kind} `{name}` in namespace `{}`",
            place.namespace
        );
        Failure::new(Exit::Failed, message)
            .help("it was deleted since its event: there is nothing to release any more")
    })?;
    seen::read(found).map_err(|why| {
        let message = format!("{kind} `{name}` cannot be read: {why}");
        Failure::new(Exit::Failed, message)
            .help("`targets.kpack` of the platform must be the version that the cluster runs")
    })
}

/// What a rebuild made, and whether it is released.
///
/// # Errors
/// When the Image lacks what a delivery needs to know.
pub(super) fn rebuild(image: &Image, build: &Build) -> Result<Rebuild, Failure> {
    let mut settings = Vec::new();
    for (name, is_needed) in SETTINGS {
        let value = image.metadata.annotation(&annotation(name));
        if is_needed && value.is_empty() {
            let message = format!(
                "Image `{}` has no annotation `{}`",
                image.metadata.name,
                annotation(name)
            );
            return Err(Failure::new(Exit::Failed, message).help(
                "it was applied by another version of luban, or changed by hand: the next push to the release branch applies it anew",
            ));
        }
        settings.push((name, value.to_owned()));
    }
    let is_failed = build.progress() == Progress::Failed;
    let said = build.succeeded().map(|condition| condition.message.clone());
    let said = said.filter(|text| !text.is_empty());
    let release = releasable(image, build);
    Ok(Rebuild {
        revision: build.spec.source.git.revision.clone(),
        // What is not released has no digest here, or something further on might take it.
        digest: match (&release, build.digest()) {
            (Ok(()), Some(digest)) => digest.to_owned(),
            _ => String::new(),
        },
        reason: build.reason().to_owned(),
        release,
        failed: is_failed.then(|| said.unwrap_or_else(|| "kpack does not say why".to_owned())),
        settings,
    })
}

/// Whether a rebuild is one of what the Image is at: kpack's own, of the very commit and branch that the release branch's run
/// applied last. An error says why not.
fn releasable(image: &Image, build: &Build) -> Result<(), String> {
    let name = &image.metadata.name;
    match build.progress() {
        Progress::Failed => return Err("the Build failed".to_owned()),
        Progress::Unfinished => return Err("the Build has not ended".to_owned()),
        Progress::Succeeded => {}
    }
    if build.image() != name.as_str() || !build.metadata.is_owned_by(&image.metadata.uid) {
        return Err(format!("it is no Build of Image `{name}`"));
    }
    let reasons = build.reason();
    let is_own = |reason: &str| OWN_REASONS.contains(&reason);
    if reasons.is_empty() || !reasons.split(',').all(is_own) {
        return Err(format!(
            "kpack made it because of `{reasons}`: the run that caused it releases it"
        ));
    }
    let (built, now) = (&build.spec.source.git, &image.spec.source.git);
    if built.revision != now.revision {
        return Err(format!(
            "it is of commit `{}`, and Image `{name}` is at commit `{}` now",
            built.revision, now.revision
        ));
    }
    if built.url != now.url {
        return Err(format!(
            "it is of repository `{}`, not of `{}`",
            built.url, now.url
        ));
    }
    // kpack copies the Image's annotations to a Build when it makes it.
    let branch = annotation(SOURCE_BRANCH);
    let (was, is) = (
        build.metadata.annotation(&branch),
        image.metadata.annotation(&branch),
    );
    if was != is {
        return Err(format!(
            "it was built from branch `{was}`, and `{is}` is released now"
        ));
    }
    if build.digest().is_none() {
        return Err("kpack does not say which digest it made".to_owned());
    }
    if image
        .metadata
        .annotation(&annotation(GITOPS_PATH))
        .is_empty()
    {
        return Err("the application is deployed nowhere".to_owned());
    }
    Ok(())
}

fn annotation(setting: &str) -> String {
    format!("luban.dev/{setting}")
}
