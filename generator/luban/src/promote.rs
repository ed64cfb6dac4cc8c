//! `luban promote`: `luban step promote` for people. What platform.yaml knows is taken from there.

use crate::arguments::Promote as Arguments;
use crate::findings;
use crate::generate::Input;
use anyhow::{Context as _, Result, bail};
use luban_command::{Call, PROMOTE, Parsed, parser, promote as flag};
use luban_platform::model::{
    Application, Approval, Environment, Project, ProviderKind, Requirement,
};
use luban_platform::{Platform, derived};
use luban_step::{Redactor, Stop, SystemClock, World};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tempfile::TempDir;

/// The variable with the token for the GitOps repository; those that providers' own tools read come after it.
const TOKEN: &str = "LUBAN_TOKEN";
/// The variable with the user of the token, where the provider needs one.
const USER: &str = "LUBAN_USERNAME";

/// Promotes, and says why not: 2 for what was asked for wrongly, else the exit codes of steps.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match promote(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("luban: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn promote(arguments: &Arguments) -> Result<ExitCode> {
    let input = Input::read(&arguments.root)?;
    let Some(platform) = &input.platform else {
        findings::show(
            &input.findings,
            &input.sources,
            crate::arguments::Format::Human,
        );
        return Ok(ExitCode::from(1));
    };
    let (project, application) = application(platform, &arguments.application)?;
    let target = target(platform, arguments.to.as_deref())?;
    let credentials = Credentials::of(arguments, &platform.gitops.provider.kind)?;
    let call = call(
        arguments,
        platform,
        (project, application),
        target,
        &credentials,
    )?;
    let stop = Stop::listen().context("cannot listen for signals")?;
    let redactor = Redactor::default();
    let world = World {
        clock: &SystemClock,
        redactor: &redactor,
        stop: &stop,
    };
    let by = ["USER", "LOGNAME"].into_iter().find_map(variable);
    match luban_step::promote(&call, by, &world) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(failure) => {
            eprintln!("luban: {}", redactor.text(&failure.message));
            if let Some(help) = &failure.help {
                eprintln!("  help: {}", redactor.text(help));
            }
            Ok(failure.exit.into())
        }
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// The application that `name` means: `project/application`, or its own name where one project only has such a one.
fn application<'p>(platform: &'p Platform, name: &str) -> Result<(&'p Project, &'p Application)> {
    let (of, own) = match name.split_once('/') {
        Some((project, own)) => (Some(project), own),
        None => (None, name),
    };
    let label = |(project, application): &(&Project, &Application)| {
        format!("{}/{}", project.name, application.name)
    };
    let deployed: Vec<(&Project, &Application)> = platform
        .applications()
        .map(|(project, application)| (&**project, application))
        .filter(|(_, application)| application.deploy.is_some())
        .collect();
    let found: Vec<(&Project, &Application)> = deployed
        .iter()
        .filter(|(project, application)| {
            application.name.as_str() == own && of.is_none_or(|of| project.name.as_str() == of)
        })
        .copied()
        .collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let known: Vec<String> = deployed.iter().map(label).collect();
            bail!(
                "platform.yaml deploys no application `{name}`; it deploys {}",
                known.join(", ")
            )
        }
        several => {
            let labels: Vec<String> = several.iter().map(label).collect();
            bail!("`{name}` may be any of {}: say which", labels.join(", "))
        }
    }
}

/// The environment that gets the release.
fn target<'p>(platform: &'p Platform, name: Option<&str>) -> Result<&'p Environment> {
    let targets: Vec<&Environment> = platform
        .environments
        .iter()
        .map(AsRef::as_ref)
        .filter(|environment: &&Environment| environment.after.is_some())
        .collect();
    let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    match (name, targets.as_slice()) {
        (None, [only]) => Ok(only),
        (None, []) => bail!("platform.yaml has one environment: there is none to promote to"),
        (None, _) => bail!(
            "say with --to which environment gets it: {}",
            names.join(", ")
        ),
        (Some(name), targets) => targets
            .iter()
            .find(|target| target.name.as_str() == name)
            .copied()
            .with_context(|| {
                format!(
                    "nothing is promoted to `{name}`; environments that get promotions: {}",
                    names.join(", ")
                )
            }),
    }
}

/// The call of the step, with what platform.yaml says.
fn call(
    arguments: &Arguments,
    platform: &Platform,
    (project, application): (&Project, &Application),
    target: &Environment,
    credentials: &Credentials,
) -> Result<Parsed> {
    let gitops = &platform.gitops;
    let from = platform
        .before(target)
        .unwrap_or(platform.first_environment());
    let needs_signature = target.require.contains(&Requirement::Signed);
    if needs_signature && project.sign.is_some() && arguments.public_key.is_none() {
        let secret = project.sign.as_ref().map(|sign| sign.key.to_string());
        bail!(
            "`{}` requires a signature: name the file with the public key, `cosign.pub` of Secret `{}` in `{}`, with --public-key",
            target.name,
            secret.unwrap_or_default(),
            derived::ci_namespace(project)
        );
    }
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let call = Call::new(&PROMOTE)
        .flag(&flag::GITOPS, gitops.repository.to_string())
        .flag(&flag::BRANCH, gitops.branch.clone())
        .flag(
            &flag::CREDENTIALS,
            credentials.directory().display().to_string(),
        )
        .flag(&flag::PROVIDER, gitops.provider.kind.as_str())
        .flag(&flag::PROJECT, project.name.to_string())
        .flag(&flag::APPLICATION, application.name.to_string())
        .flag(&flag::FROM, from.name.to_string())
        .flag(&flag::TO, target.name.to_string())
        .flag(
            &flag::APPROVAL,
            match target.approval {
                Approval::PullRequest => "pull-request",
                Approval::None => "none",
            },
        )
        .each(
            &flag::REQUIRE,
            target.require.iter().map(|requirement| match requirement {
                Requirement::Healthy => "healthy",
                Requirement::Signed => "signed",
            }),
        )
        .maybe(&flag::PUBLIC_KEY, path(&arguments.public_key))
        .maybe(&flag::DIGEST, arguments.digest.clone())
        .maybe(&flag::TAG, arguments.tag.clone())
        .maybe(
            &flag::CERTIFICATE_AUTHORITY,
            path(&arguments.certificate_authority),
        );
    let matches = parser().try_get_matches_from(call.args()?)?;
    Parsed::of(&matches).context("`luban step promote` does not take its own arguments")
}

/// Credentials for the GitOps repository.
enum Credentials {
    /// A directory that the user has.
    There(PathBuf),
    /// One that goes when this does, for this user alone.
    Made(TempDir),
}

impl Credentials {
    /// From `--credentials`, or the environment.
    fn of(arguments: &Arguments, provider: &ProviderKind) -> Result<Self> {
        if let Some(directory) = &arguments.credentials {
            return Ok(Self::There(directory.clone()));
        }
        let names: &[&str] = match provider {
            ProviderKind::GitHub { .. } => &[TOKEN, "GH_TOKEN", "GITHUB_TOKEN"],
            ProviderKind::Gitea { .. } => &[TOKEN, "GITEA_TOKEN"],
            ProviderKind::AzureDevOpsServices { .. } | ProviderKind::AzureDevOpsServer { .. } => {
                &[TOKEN, "AZURE_DEVOPS_EXT_PAT", "SYSTEM_ACCESSTOKEN"]
            }
        };
        let token = names.iter().copied().find_map(variable).with_context(|| {
            format!(
                "no credentials for the GitOps repository: set {} to a token that may push and open pull requests, \
                 or name a directory with the files `username` and `password` with --credentials",
                names.join(" or ")
            )
        })?;
        // In memory where the system has such a place.
        let place = variable("XDG_RUNTIME_DIR").map_or_else(env::temp_dir, PathBuf::from);
        let directory = tempfile::Builder::new()
            .prefix("luban-")
            .tempdir_in(place)
            .context("cannot make a directory for the token")?;
        let write = |name: &str, text: &str| {
            fs::write(directory.path().join(name), text).context("cannot write the token")
        };
        write("password", &token)?;
        if let Some(user) = variable(USER) {
            write("username", &user)?;
        }
        Ok(Self::Made(directory))
    }

    fn directory(&self) -> &Path {
        match self {
            Self::There(directory) => directory,
            Self::Made(directory) => directory.path(),
        }
    }
}
