//! BuildKit, by its command `buildctl`: a build is tried again where that may help, and its digest is what BuildKit says.

mod outcome;

use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;

use luban_command::Value;
use luban_registry::Credentials;
use serde_json::Value as Json;
use tempfile::NamedTempFile;

use crate::failure::{Exit, Failure};
use crate::process::{Tool, ToolError};
use crate::retry;
use crate::secret::Secret;
use crate::world::World;

/// How long buildctl waits for a daemon, in seconds: the pod's is ready before, another's may be restarting.
const CONNECT_SECONDS: &str = "60";

/// `buildctl`, with what it needs to reach registries.
pub(crate) struct BuildKit<'a> {
    program: &'a Path,
    docker: Option<&'a OsStr>,
    authorities: Option<NamedTempFile>,
    world: &'a World<'a>,
}

impl<'a> BuildKit<'a> {
    /// The program, with the directory of Docker's configuration and a file of authorities to trust. Nothing that is printed later
    /// shows the credentials there.
    ///
    /// # Errors
    /// When there is a directory, and no configuration in it: buildctl would go on without, and fail when it pushes.
    pub(crate) fn new(
        program: &'a Path,
        docker: Option<&'a OsStr>,
        authorities: Option<NamedTempFile>,
        world: &'a World<'a>,
    ) -> Result<Self, Failure> {
        if let Some(docker) = docker {
            let path = Path::new(docker).join("config.json");
            Secret::read(&path)?;
            let credentials = Credentials::load(&path).map_err(|error| {
                Failure::new(Exit::Usage, error.to_string())
                    .help("it is a Secret's key `.dockerconfigjson`: make it by `kubectl create secret docker-registry`")
            })?;
            for secret in credentials.secrets() {
                world.redactor.hide(&Secret::new(secret));
            }
        }
        Ok(Self {
            program,
            docker,
            authorities,
            world,
        })
    }

    /// Builds, and gives the digest of what was pushed; `late` says what to do about a build that takes longer than `limit`.
    ///
    /// # Errors
    /// When it cannot be built or pushed, with the class of fault in front.
    pub(crate) fn build(
        &self,
        arguments: &[String],
        metadata: &Path,
        limit: Duration,
        late: &str,
    ) -> Result<String, Failure> {
        retry::until(self.world, limit, |left| {
            let ran = self
                .tool(arguments)
                .limit(left)
                .run(self.world)
                .map_err(|error| {
                    let is_late = matches!(error, ToolError::Timeout { .. });
                    let failure = Failure::from(error);
                    match is_late {
                        true => failure.help(late),
                        false => failure,
                    }
                })?;
            match ran.is_fine() {
                true => digest_in(metadata),
                false => Err(outcome::of_build(&ran.errors, &ran.ending())),
            }
        })
    }

    fn tool(&self, arguments: &[String]) -> Tool {
        let mut tool = Tool::new(self.program).args(arguments).logs_output();
        if let Some(docker) = self.docker {
            tool = tool.variable("DOCKER_CONFIG", docker);
        }
        if let Some(directory) = std::env::var_os("SSL_CERT_DIR") {
            tool = tool.variable("SSL_CERT_DIR", directory);
        }
        if let Some(file) = &self.authorities {
            tool = tool.variable("SSL_CERT_FILE", file.path());
        }
        tool
    }
}

/// The arguments that every build begins with.
pub(crate) fn first_arguments(address: &str) -> Vec<String> {
    let all = [
        "--addr",
        address,
        "--timeout",
        CONNECT_SECONDS,
        "--wait",
        "build",
        "--progress",
        "plain",
    ];
    all.map(str::to_owned).into()
}

/// The digest of what was pushed, which BuildKit says: never from a log, never from a tag.
fn digest_in(metadata: &Path) -> Result<String, Failure> {
    let refuse = |why: String| {
        let message = format!("BuildKit ended well and gave no digest: {why}");
        Failure::new(Exit::Failed, message)
            .help("nothing is released without one; buildctl and buildkitd must be of one version")
    };
    let bytes = std::fs::read(metadata).map_err(|error| refuse(error.to_string()))?;
    let metadata: Json =
        serde_json::from_slice(&bytes).map_err(|error| refuse(error.to_string()))?;
    match metadata.get("containerimage.digest").and_then(Json::as_str) {
        Some(digest) if Value::Digest.check(digest).is_ok() => Ok(digest.to_owned()),
        _ => Err(refuse("`containerimage.digest` is none".to_owned())),
    }
}
