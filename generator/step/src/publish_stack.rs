//! `luban step publish-stack`: kpack's stack, built and published when its base or its sources changed.
//!
//! What the images were made of is noted on them as one key over the sources and the digests of the base: the same key, and there
//! is nothing to build. The ClusterStack then names the images by digest, which lets kpack rebuild every application on them.

mod sources;

use std::path::{Path, PathBuf};
use std::time::Duration;

use luban_command::{Parsed, publish_stack as flag};
use luban_registry::{Digest, Reference, Registry, Repository, image};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::buildkit::{BuildKit, first_arguments};
use crate::cluster::{Place, Stacks};
use crate::failure::{Exit, Failure};
use crate::registry::{Registries, failure};
use crate::results::Results;
use crate::world::World;
use sources::Sources;

/// The results of this verb.
const RESULTS: [&str; 2] = ["buildDigest", "runDigest"];
/// The annotation of an image with the key of what it was made of.
const KEY: &str = "dev.luban.stack-key";
/// One image; the pod's own deadline ends all three.
const LIMIT: Duration = Duration::from_secs(50 * 60);
/// What to do about a build that takes longer.
const LATE: &str = "nothing of the stack has changed; look at what the base's packages come from";

/// Publishes what a call says.
pub(crate) fn run(call: &Parsed, stacks: &dyn Stacks, world: &World<'_>) -> Result<(), Failure> {
    let registries = Registries::of_docker(None, world)?;
    run_with(call, stacks, &registries, Path::new("buildctl"), world)
}

/// As [`run`], with registries and a `buildctl` that are known.
fn run_with(
    call: &Parsed,
    stacks: &dyn Stacks,
    registries: &Registries<'_>,
    buildctl: &Path,
    world: &World<'_>,
) -> Result<(), Failure> {
    let results = Results::of(call, &RESULTS)?;
    let text = |flag| call.get(flag).unwrap_or_default();
    let sources = Sources::read(Path::new(text(&flag::SOURCE)))?;
    let repository = text(&flag::REPOSITORY);
    let build = named(&sources.build_image, repository, "build")?;
    let run = named(&sources.run_image, repository, "run")?;
    let registry = registries.client();
    let mut bases = BTreeMap::new();
    for base in sources.bases() {
        let digest = base_digest(&registry, base)?;
        world.say(format!("the base `{base}` is `{digest}`"));
        bases.insert(base.to_owned(), digest);
    }
    let key = sources.key(&bases);
    let known =
        |(repository, tag): &(Repository, Reference)| published(&registry, repository, tag, &key);
    let (build_digest, run_digest) = match (known(&build)?, known(&run)?) {
        (Some(build), Some(run)) => {
            world.say("nothing to build: the images are of this base and these sources");
            (build, run)
        }
        _ => {
            let docker = std::env::var_os("DOCKER_CONFIG");
            let builder = Builder {
                buildkit: BuildKit::new(buildctl, docker.as_deref(), None, world)?,
                address: text(&flag::ADDRESS),
                platform: &sources.platform,
                key: &key,
                world,
            };
            let base_image = format!("{repository}-base:{}", build.1.as_str());
            let base = builder.build("base", &sources.base_pinned(&bases), &base_image, None)?;
            let from = format!("{repository}-base@{base}");
            let of =
                |name: &str, text: &str, image: &str| builder.build(name, text, image, Some(&from));
            (
                of("build", &sources.build, &sources.build_image)?,
                of("run", &sources.run, &sources.run_image)?,
            )
        }
    };
    point(
        stacks,
        text(&flag::STACK),
        &format!("{}@{build_digest}", build.0),
        &format!("{}@{run_digest}", run.0),
        world,
    )?;
    results.write("buildDigest", build_digest.as_str())?;
    results.write("runDigest", run_digest.as_str())
}

/// Repository and tag of an image that `builder.toml` names: it must be one that this run may push.
fn named(text: &str, repository: &str, name: &str) -> Result<(Repository, Reference), Failure> {
    let refuse = |why: String| {
        Failure::new(Exit::Usage, format!("`builder.toml`: {why}"))
            .help("let `luban generate` write the sources anew")
    };
    let (found, reference) = image(text).map_err(|error| refuse(error.to_string()))?;
    let expected = format!("{repository}-{name}");
    if found.to_string() != expected || matches!(reference, Reference::Digest(_)) {
        return Err(refuse(format!("`{text}` is no tag of `{expected}`")));
    }
    Ok((found, reference))
}

/// The digest that a base image has now.
fn base_digest(registry: &Registry<'_>, base: &str) -> Result<Digest, Failure> {
    let (repository, reference) = image(base)
        .map_err(|error| Failure::new(Exit::Usage, format!("`base.Dockerfile`: {error}")))?;
    if let Reference::Digest(digest) = reference {
        return Ok(digest);
    }
    let found = registry.head(&repository, &reference).map_err(failure)?;
    let found = found.and_then(|found| Digest::new(&found.digest).ok());
    found.ok_or_else(|| {
        Failure::new(Exit::Failed, format!("there is no image `{base}`"))
            .help("the stack's base is one of the platform's `images`")
    })
}

#[derive(Deserialize)]
struct Annotated {
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

/// The digest of an image that was published with this key; none if it was made of something else, or is not there.
fn published(
    registry: &Registry<'_>,
    repository: &Repository,
    tag: &Reference,
    key: &str,
) -> Result<Option<Digest>, Failure> {
    let Some(manifest) = registry.manifest(repository, tag).map_err(failure)? else {
        return Ok(None);
    };
    let read: Option<Annotated> = serde_json::from_slice(&manifest.bytes).ok();
    let is_same = read.is_some_and(|read| read.annotations.get(KEY).is_some_and(|own| own == key));
    Ok(is_same.then_some(manifest.digest))
}

/// Lets the ClusterStack name images by digest, unless it does.
fn point(
    stacks: &dyn Stacks,
    name: &str,
    build: &str,
    run: &str,
    world: &World<'_>,
) -> Result<(), Failure> {
    let place = Place {
        api_version: "kpack.io/v1alpha2",
        kind: "ClusterStack",
        namespace: String::new(),
    };
    let Some(stack) = stacks.get(&place, name)? else {
        return Err(
            Failure::new(Exit::Failed, format!("there is no ClusterStack `{name}`"))
                .help("let Argo CD sync the folder `kpack`; the images are published, and a second run changes the stack alone"),
        );
    };
    let now = |image: &str| stack.pointer(image).and_then(Value::as_str);
    if now("/spec/buildImage/image") == Some(build) && now("/spec/runImage/image") == Some(run) {
        world.say(format!(
            "nothing to do: ClusterStack `{name}` has these images"
        ));
        return Ok(());
    }
    let patch = json!({"spec": {"buildImage": {"image": build}, "runImage": {"image": run}}});
    stacks.merge(&place, name, &patch)?;
    world.say(format!(
        "ClusterStack `{name}` has `{build}` and `{run}` now"
    ));
    Ok(())
}

/// BuildKit, and what all images have in common.
struct Builder<'a> {
    buildkit: BuildKit<'a>,
    address: &'a str,
    platform: &'a str,
    key: &'a str,
    world: &'a World<'a>,
}

impl Builder<'_> {
    /// Builds and pushes an image of one Dockerfile; gives its digest.
    fn build(
        &self,
        name: &str,
        dockerfile: &str,
        image: &str,
        base: Option<&str>,
    ) -> Result<Digest, Failure> {
        let place = tempfile::tempdir().map_err(|error| {
            let message = format!("cannot make a temporary directory: {error}");
            Failure::new(Exit::Failed, message).help("mount an emptyDir and point TMPDIR to it")
        })?;
        let context: PathBuf = place.path().join("context");
        let metadata = place.path().join("metadata.json");
        std::fs::create_dir(&context)
            .and_then(|()| std::fs::write(context.join("Dockerfile"), dockerfile))
            .map_err(|error| crate::files::unwritable(&context, &error))?;
        let local = |kind: &str| format!("{kind}={}", context.display());
        let output = format!(
            "type=image,name={image},push=true,oci-mediatypes=true,annotation.{KEY}={}",
            self.key
        );
        let mut arguments = first_arguments(self.address);
        let mut add = |flag: &str, value: String| {
            arguments.extend([format!("--{flag}"), value]);
        };
        add("frontend", "dockerfile.v0".to_owned());
        add("local", local("context"));
        add("local", local("dockerfile"));
        add("opt", format!("platform={}", self.platform));
        if let Some(base) = base {
            add("opt", format!("build-arg:BASE={base}"));
        }
        add("output", output);
        add("metadata-file", metadata.display().to_string());
        self.world.say(format!("building `{image}`"));
        let built = self.buildkit.build(&arguments, &metadata, LIMIT, LATE);
        let digest = built.map_err(|failure| Failure {
            message: format!("the image `{name}` could not be built: {}", failure.message),
            ..failure
        })?;
        Digest::new(&digest).map_err(|error| Failure::new(Exit::Failed, error.to_string()))
    }
}

#[cfg(test)]
mod tests;
