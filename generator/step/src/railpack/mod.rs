//! Plans by railpack, and builds of them by BuildKit: `luban step railpack-prepare` and `luban step railpack-build`.

mod buildctl;
mod outcome;
mod prepare;
#[cfg(test)]
mod tests;

use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use luban_command::{Parsed, Value, railpack_build as flag};
use serde_json::Value as Json;
use tempfile::{NamedTempFile, TempDir};

use crate::authorities;
use crate::build_inputs::{BuildInputs, built_directory, plain_context, read_plan, secrets_of};
use crate::build_key::{self, BuildKey};
use crate::buildkit::BuildKit;
use crate::failure::{Exit, Failure};
use crate::files::unwritable;
use crate::results::Results;
use crate::world::World;
use buildctl::{Build, RESERVED_ANNOTATIONS};

/// What the tools are called; they are found in `PATH`.
const RAILPACK: &str = "railpack";
const BUILDCTL: &str = "buildctl";
/// What to do about a build that took too long.
const LATE: &str = "the build was cancelled: give `builders.railpack.timeoutMinutes` more, or the build less to do";
/// Results of a build.
const RESULTS: [&str; 4] = ["image", "digest", "buildDuration", "reused"];

/// Writes the plan of a directory.
pub(crate) fn prepare(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    prepare::run(call, Path::new(RAILPACK), world)
}

/// Builds a plan and pushes the image, or gives out what the lookup found.
pub(crate) fn build(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let docker = std::env::var_os("DOCKER_CONFIG");
    build_with(call, Path::new(BUILDCTL), docker.as_deref(), world)
}

fn build_with(
    call: &Parsed,
    buildctl: &Path,
    docker: Option<&OsStr>,
    world: &World<'_>,
) -> Result<(), Failure> {
    let results = Results::of(call, &RESULTS)?;
    let image = call.get(&flag::IMAGE).unwrap_or_default();
    let path = |flag| call.get(flag).map(PathBuf::from);
    if let Some(found) = path(&flag::FOUND)
        .map(|path| found(&path))
        .transpose()?
        .flatten()
    {
        world.say(format!("the same was built before: `{image}` is {found}"));
        return write(&results, image, &found, Duration::ZERO, true);
    }
    let names = image_names(image, call.list(&flag::TAG))?;
    let annotations = annotations(call.list(&flag::LABEL))?;
    let source = path(&flag::SOURCE).unwrap_or_default();
    let context = call.get(&flag::CONTEXT).unwrap_or_default();
    let directory = built_directory(&source, context)?;
    let plan_directory = path(&flag::PLAN_DIRECTORY).unwrap_or_default();
    let plan = read_plan(&plan_directory)?;
    let secrets_directory = path(&flag::SECRETS_DIRECTORY);
    let inputs = BuildInputs::read(
        call.list(&flag::SECRET),
        secrets_directory.as_deref(),
        call.list(&flag::BUILD_ARG),
        world.redactor,
    )?;
    check_secrets(&plan, &inputs)?;
    let hash_key = path(&flag::SECRETS_HASH_KEY);
    let secrets_hash = inputs.secrets_hash(hash_key.as_deref(), world.redactor)?;
    let key = BuildKey {
        revision: call.get(&flag::REVISION).unwrap_or_default(),
        context: &plain_context(context),
        plan: &plan,
        frontend: call.get(&flag::FRONTEND).unwrap_or_default(),
        platform: call.get(&flag::PLATFORM).unwrap_or_default(),
        secrets_hash: secrets_hash.as_deref(),
        variables: &inputs.variables,
    };
    let scratch = Scratch::new(&inputs, secrets_directory.as_deref())?;
    let buildkit = BuildKit::new(
        buildctl,
        docker,
        certificates(path(&flag::CERTIFICATE_AUTHORITY))?,
        world,
    )?;
    let build = Build {
        address: call.get(&flag::ADDRESS).unwrap_or_default(),
        frontend: key.frontend,
        context: &directory,
        plan_directory: &plan_directory,
        platform: key.platform,
        cache_key: call.get(&flag::CACHE_KEY).unwrap_or_default(),
        invalidation: buildctl::invalidation(secrets_hash.as_deref(), &inputs.variables),
        variables: &inputs.variables,
        secrets: &scratch.secrets,
        names,
        annotations,
        key: key.key(),
        cache: call.get(&flag::CACHE).unwrap_or_default(),
        caches_from: call.list(&flag::CACHE_FROM).collect(),
        provenance: call.get(&flag::PROVENANCE),
        metadata: &scratch.metadata(),
    };
    let arguments = build.arguments()?;
    let start = world.clock.instant();
    let digest = buildkit.build(&arguments, &scratch.metadata(), timeout(call), LATE)?;
    let duration = world.clock.instant().duration_since(start);
    world.say(format!(
        "built `{image}`, {digest}, in {} s",
        duration.as_secs()
    ));
    write(&results, image, &digest, duration, false)
}

fn timeout(call: &Parsed) -> Duration {
    let seconds = call.get(&flag::TIMEOUT).and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(3600))
}

fn write(
    results: &Results,
    image: &str,
    digest: &str,
    duration: Duration,
    is_reused: bool,
) -> Result<(), Failure> {
    results.write("image", image)?;
    results.write("digest", digest)?;
    results.write("buildDuration", &duration.as_secs().to_string())?;
    results.write("reused", if is_reused { "true" } else { "false" })
}

/// The digest that the lookup found; none if it found none, or did not run.
fn found(path: &Path) -> Result<Option<String>, Failure> {
    let refuse = |why: String| {
        let message = format!(
            "cannot read what the lookup found in `{}`: {why}",
            path.display()
        );
        Failure::new(Exit::Usage, message).help(
            "`luban step lookup` writes it, a digest or nothing; without it everything is built",
        )
    };
    let mut text = String::new();
    match fs::File::open(path) {
        Ok(file) => file
            .take(1 << 10)
            .read_to_string(&mut text)
            .map_err(|error| refuse(error.to_string()))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refuse(error.to_string())),
    };
    match text.trim() {
        "" => Ok(None),
        digest if Value::Digest.check(digest).is_ok() => Ok(Some(digest.to_owned())),
        other => Err(refuse(format!("`{other}` is no digest"))),
    }
}

/// The image and its further tags, each with the repository.
fn image_names<'a>(
    image: &'a str,
    tags: impl Iterator<Item = &'a str>,
) -> Result<Vec<String>, Failure> {
    let is_tag = |tag: &str| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        !tag.starts_with(['.', '-']) && (1..=128).contains(&tag.len()) && tag.chars().all(is_plain)
    };
    let refuse = |what: &str| {
        let message = format!("`{what}` cannot be pushed: it is no image with a tag");
        Failure::new(Exit::Usage, message)
            .help("a tag has at most 128 letters, digits, `_`, `.` and `-`, and begins with none of the last two")
    };
    let (repository, tag) = image.rsplit_once(':').ok_or_else(|| refuse(image))?;
    let mut names = Vec::new();
    for tag in [tag].into_iter().chain(tags.filter(|tag| !tag.is_empty())) {
        let name = format!("{repository}:{tag}");
        if !is_tag(tag) || repository.contains('@') {
            return Err(refuse(&name));
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// Annotations by name; what is there twice counts as it is there last.
fn annotations<'a>(pairs: impl Iterator<Item = &'a str>) -> Result<Vec<(String, String)>, Failure> {
    let mut annotations: Vec<(String, String)> = Vec::new();
    for pair in pairs.filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let refuse = |why: &str, help: &str| {
            let message = format!("the label `{name}` {why}");
            Err(Failure::new(Exit::Usage, message).help(help))
        };
        if name.chars().any(|c| c.is_ascii_uppercase()) {
            return refuse(
                "has capital letters, which buildctl makes small",
                "write it in small letters, as names of annotations are",
            );
        }
        if RESERVED_ANNOTATIONS.contains(&name) {
            return refuse("is Luban's", "give it another name");
        }
        annotations.retain(|(other, _)| other != name);
        annotations.push((name.to_owned(), value.to_owned()));
    }
    Ok(annotations)
}

/// What the plan asks for must be there: BuildKit fails late and says less.
fn check_secrets(plan: &Json, inputs: &BuildInputs) -> Result<(), Failure> {
    let missing: Vec<&str> = secrets_of(plan)
        .filter(|name| !inputs.secrets.contains_key(*name) && !inputs.variables.contains_key(*name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!(
        "the plan asks for `{}`, which the build is not given",
        missing.join("`, `")
    );
    Err(Failure::new(Exit::Failed, message).help(
        "name it in `build.railpack.secrets` or `build.railpack.args`, or take it out of the repository's railpack.json",
    ))
}

/// Certificates for tools that read `SSL_CERT_FILE`; none if there are none beside the public ones.
fn certificates(path: Option<PathBuf>) -> Result<Option<NamedTempFile>, Failure> {
    match path {
        Some(path) if !authorities::read(&path)?.is_empty() => {
            authorities::with_public(&path).map(Some)
        }
        _ => Ok(None),
    }
}

/// Files that a build needs and that go with it.
struct Scratch {
    directory: TempDir,
    /// Name and file of each secret and variable.
    secrets: Vec<(String, PathBuf)>,
}

impl Scratch {
    /// Variables become files here; secrets are where they are mounted, and are copied nowhere.
    fn new(inputs: &BuildInputs, secrets: Option<&Path>) -> Result<Self, Failure> {
        let directory = TempDir::new().map_err(|error| {
            Failure::new(
                Exit::Failed,
                format!("cannot make a temporary directory: {error}"),
            )
            .help("mount an emptyDir and point TMPDIR to it")
        })?;
        let mut files = Vec::new();
        for name in inputs.secrets.keys() {
            files.push((name.clone(), secrets.unwrap_or(Path::new("")).join(name)));
        }
        for (name, value) in &inputs.variables {
            let path = directory.path().join(format!("variable-{name}"));
            fs::write(&path, value).map_err(|error| unwritable(&path, &error))?;
            files.push((name.clone(), path));
        }
        Ok(Self {
            directory,
            secrets: files,
        })
    }

    /// Where buildctl writes what it made.
    fn metadata(&self) -> PathBuf {
        self.directory.path().join("metadata.json")
    }
}

/// The tag that the image of a key has beside its own.
fn key_tag(image: &str, key: &str) -> String {
    let repository = image
        .rsplit_once(':')
        .map_or(image, |(repository, _)| repository);
    format!("{repository}:{}", build_key::tag(key))
}
