//! `luban step railpack-prepare`: the plan of a directory, outside the clone.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use luban_command::{Parsed, railpack_prepare as flag};

use super::{certificates, check_secrets, outcome};
use crate::build_inputs::{BuildInputs, INFO_FILE, PLAN_FILE, built_directory, read_plan};
use crate::failure::{Exit, Failure};
use crate::files::unwritable;
use crate::process::{Tool, ToolError};
use crate::results::Results;
use crate::retry;
use crate::world::World;

/// How long a plan may take with all its tries: it takes seconds, and minutes where railpack has to fetch its tools.
const LIMIT: Duration = Duration::from_secs(15 * 60);
/// How long a version may take.
const VERSION_LIMIT: Duration = Duration::from_secs(60);

pub(super) fn run(call: &Parsed, railpack: &Path, world: &World<'_>) -> Result<(), Failure> {
    let results = Results::of(call, &["planPath", "infoPath"])?;
    let path = |flag| call.get(flag).map(PathBuf::from);
    let inputs = BuildInputs::read(
        call.list(&flag::SECRET),
        path(&flag::SECRETS_DIRECTORY).as_deref(),
        call.list(&flag::BUILD_ARG),
        world.redactor,
    )?;
    let source = path(&flag::SOURCE).unwrap_or_default();
    let directory = built_directory(&source, call.get(&flag::CONTEXT).unwrap_or_default())?;
    let plans = plan_directory(&path(&flag::PLAN_DIRECTORY).unwrap_or_default(), &source)?;
    check_version(
        railpack,
        call.get(&flag::VERSION).unwrap_or_default(),
        world,
    )?;
    let authority = certificates(path(&flag::CERTIFICATE_AUTHORITY))?;
    let tool = || {
        let mut tool = Tool::new(railpack)
            .arg("prepare")
            .arg("--plan-out")
            .arg(plans.join(PLAN_FILE))
            .arg("--info-out")
            .arg(plans.join(INFO_FILE));
        let secrets = inputs.secrets.iter();
        let secrets = secrets.map(|(name, value)| (name, value.expose()));
        let variables = inputs.variables.iter();
        let variables = variables.map(|(name, value)| (name, value.as_bytes()));
        // Names alone: values steer the plan from railpack's environment, where no list of processes shows them and no comma
        // parts them.
        for (name, value) in secrets.chain(variables) {
            tool = std::mem::replace(&mut tool, Tool::new(railpack))
                .arg("--env")
                .arg(name)
                .variable(name, os_text(value));
        }
        if let Some(file) = &authority {
            tool = tool.variable("SSL_CERT_FILE", file.path());
        }
        tool.arg(&directory).logs_output()
    };
    let plan = retry::until(world, LIMIT, |left| {
        for file in [PLAN_FILE, INFO_FILE] {
            remove(&plans.join(file))?;
        }
        let ran = tool().limit(left).run(world)?;
        if !ran.is_fine() {
            let (errors, ending) = (&ran.errors, ran.ending());
            return Err(outcome::of_plan(ran.status.code(), errors, &ending));
        }
        // Who wrote it is railpack, and it would again.
        read_plan(&plans).map_err(|failure| Failure {
            exit: Exit::Failed,
            ..failure
        })
    })?;
    check_secrets(&plan, &inputs)?;
    let name = plans.file_name().map(Path::new).unwrap_or(Path::new(""));
    for (result, file) in [("planPath", PLAN_FILE), ("infoPath", INFO_FILE)] {
        results.write(result, &name.join(file).to_string_lossy())?;
    }
    world.say(format!("planned `{}`", directory.display()));
    Ok(())
}

fn os_text(bytes: &[u8]) -> &std::ffi::OsStr {
    std::os::unix::ffi::OsStrExt::from_bytes(bytes)
}

/// The directory for the plan, made if it is missing. Inside the clone it would get into the image and into its cache.
fn plan_directory(directory: &Path, source: &Path) -> Result<PathBuf, Failure> {
    fs::create_dir_all(directory).map_err(|error| unwritable(directory, &error))?;
    let real = |path: &Path| {
        let found = path.canonicalize();
        found.map_err(|error| unwritable(path, &error))
    };
    let found = real(directory)?;
    if found.starts_with(real(source)?) {
        let message = format!(
            "the plan directory `{}` is in the clone",
            directory.display()
        );
        return Err(Failure::new(Exit::Usage, message)
            .help("a plan in the clone becomes part of the image: choose a directory beside it"));
    }
    Ok(found)
}

fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

/// The command must have the version of the frontend: another plan would lose fields there without a word.
fn check_version(railpack: &Path, expected: &str, world: &World<'_>) -> Result<(), Failure> {
    let ran = Tool::new(railpack)
        .arg("--version")
        .limit(VERSION_LIMIT)
        .run(world)
        .map_err(|error| {
            let is_missing = matches!(error, ToolError::Start { .. });
            let failure = Failure::from(error);
            match is_missing {
                true => failure.help("this step must run in the image of the railpack command, which its Dockerfile in pipelines/delivery/tekton/railpack-cli makes"),
                false => failure,
            }
        })?;
    let text = ran.text();
    let words = text.lines().next().unwrap_or_default();
    let version = words.rsplit(' ').next().unwrap_or_default();
    let plain = |version: &str| version.trim_start_matches('v').to_owned();
    if ran.is_fine() && plain(version) == plain(expected) {
        return Ok(());
    }
    let said: String = words.chars().take(200).collect();
    let message = format!("the railpack command is not version `{expected}`: it says `{said}`");
    Err(Failure::new(Exit::Failed, message).help(
        "command and frontend have one version, `builders.railpack.version`: build the image of the command again",
    ))
}
