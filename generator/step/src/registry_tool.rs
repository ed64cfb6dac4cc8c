//! Tools that talk to registries themselves: Trivy and cosign, Go programs both, on the same client of registries.
//!
//! They find credentials through `DOCKER_CONFIG`, as this program does, so that none is in an argument; certificates that the
//! platform trusts are added to the system's.

use std::ffi::OsString;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use crate::authorities;
use crate::failure::{Exit, Failure};
use crate::faults::is_passing;
use crate::files::unwritable;
use crate::process::{Ran, Tool};
use crate::retry;
use crate::world::World;

/// Where Go looks for certificates by itself; a list of one's own takes their place.
const CERTIFICATES: &str = "/etc/ssl/certs:/etc/pki/tls/certs";
/// The largest file that a tool writes for us.
const LARGEST: u64 = 64 << 20;
/// So many lines at the end of what a tool said tell why it failed.
const LAST_LINES: usize = 12;

/// What these tools say when the same call will not work later, and what to do then.
const LASTING: [(&str, &str); 6] = [
    (
        "x509:",
        "name the authority that signed the server's certificate as the platform's `trust.certificateAuthority`",
    ),
    (
        "no space left on device",
        "the pod's temporary volume is full: the image, or the scanner's database, is larger than it",
    ),
    (
        "unauthorized",
        "the Secret that the platform names as the registry's `push` is mounted as `$DOCKER_CONFIG/config.json`",
    ),
    (
        "denied:",
        "the credentials of the registry's `push` may not do this there",
    ),
    (
        "manifest_unknown",
        "the registry has no such image: build again, and look at its retention rules",
    ),
    (
        "decryption failed",
        "`cosign.password` is not the password of `cosign.key`",
    ),
];

/// A tool, and a directory of its own for what it reads and writes.
pub(crate) struct RegistryTool {
    program: PathBuf,
    directory: TempDir,
    variables: Vec<(OsString, OsString)>,
    limit: Duration,
}

impl RegistryTool {
    /// The tool `program`, which gets the variables of this process whose names start with `prefix`.
    ///
    /// # Errors
    /// When there is no room for its directory, or the certificates at `trusted` cannot be read.
    pub(crate) fn new(
        program: &Path,
        trusted: Option<&Path>,
        prefix: &str,
        limit: Duration,
    ) -> Result<Self, Failure> {
        let directory =
            tempfile::tempdir().map_err(|error| unwritable(&std::env::temp_dir(), &error))?;
        let mut variables: Vec<_> = std::env::vars_os()
            .filter(|(name, _)| {
                let name = name.as_encoded_bytes();
                name == b"DOCKER_CONFIG" || name.starts_with(prefix.as_bytes())
            })
            .collect();
        if let Some(trusted) = trusted {
            let bundle = authorities::bundle(trusted)?;
            let own = directory.path().join("certificates");
            fs::create_dir(&own)
                .and_then(|()| fs::write(own.join("ca.crt"), &bundle))
                .map_err(|error| unwritable(&own, &error))?;
            let mut path = std::env::var_os("SSL_CERT_DIR").unwrap_or_else(|| CERTIFICATES.into());
            path.push(":");
            path.push(own);
            variables.push(("SSL_CERT_DIR".into(), path));
        }
        Ok(Self {
            program: program.to_owned(),
            directory,
            variables,
            limit,
        })
    }

    /// A file in its directory.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Writes a file for it.
    ///
    /// # Errors
    /// When there is no room.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let path = self.file(name);
        crate::files::write(&path, bytes)?;
        Ok(path)
    }

    /// Reads a file that it wrote.
    ///
    /// # Errors
    /// When it did not, or wrote more than 64 MiB.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let refuse = |why: String| {
            let program = self.program.display();
            let message = format!("cannot read what `{program}` wrote: {why}");
            Failure::new(Exit::Failed, message)
        };
        let file = fs::File::open(self.file(name)).map_err(|error| refuse(error.to_string()))?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| refuse(error.to_string()))?;
        match bytes.len() as u64 > LARGEST {
            true => Err(refuse("it is larger than 64 MiB".to_owned())),
            false => Ok(bytes),
        }
    }

    /// Runs it with `arguments`, which are told how much time is left; again after a pause where that may help.
    ///
    /// # Errors
    /// When it cannot be run, or does not succeed: `doing` says what was being done.
    pub(crate) fn run(
        &self,
        doing: &str,
        world: &World<'_>,
        arguments: impl Fn(Tool, Duration) -> Tool,
    ) -> Result<Ran, Failure> {
        retry::until(world, self.limit, |left| {
            let mut tool = Tool::new(&self.program)
                .directory(self.directory.path())
                .limit(left);
            for (name, value) in &self.variables {
                tool = tool.variable(name, value);
            }
            let ran = arguments(tool, left).run(world)?;
            if ran.is_fine() {
                Ok(ran)
            } else {
                Err(self.failure(doing, &ran))
            }
        })
    }

    fn failure(&self, doing: &str, ran: &Ran) -> Failure {
        let lines: Vec<&str> = ran
            .errors
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let last = lines.last().copied().unwrap_or("it said nothing");
        let said: String = last.chars().take(500).collect();
        let message = format!(
            "cannot {doing}: `{}` ended with {}: {said}",
            self.program.display(),
            ran.ending()
        );
        let end = lines.len().saturating_sub(LAST_LINES);
        let tail = lines.get(end..).unwrap_or_default().join("\n");
        let (exit, help) = meaning(&tail);
        let failure = Failure::new(exit, message);
        match help {
            Some(help) => failure.help(help),
            None => failure,
        }
    }
}

/// What the last words of a tool mean: whether to try again, and what to do.
fn meaning(said: &str) -> (Exit, Option<&'static str>) {
    let said = said.to_lowercase();
    let lasting = LASTING.iter().find(|(words, _)| said.contains(words));
    match lasting {
        // A registry that limits rates may call it `denied` too.
        _ if said.contains("toomanyrequests") => (Exit::Transient, None),
        Some((_, help)) => (Exit::Failed, Some(help)),
        None if is_passing(&said) => (Exit::Transient, None),
        None => (Exit::Failed, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_of_rates_and_a_network_in_trouble_may_pass_and_wrong_credentials_do_not() {
        for (said, exit) in [
            (
                "ERROR\t[vulndb] Failed to download artifact\trepo=\"ghcr.io/aquasecurity/trivy-db:2\" err=\"oci download error: failed to fetch the layer: GET https://ghcr.io/v2/: TOOMANYREQUESTS: retry-after: 1.1ms, allowed: 44000/minute\"\nFATAL\tFatal error\tinit error: DB error: failed to download vulnerability DB: OCI artifact error: failed to download artifact from any source",
                Exit::Transient,
            ),
            (
                "FATAL\tDB error: failed to download vulnerability DB: Get \"https://ghcr.io/v2/\": dial tcp 192.0.2.1:443: i/o timeout",
                Exit::Transient,
            ),
            (
                "error during command execution: signing digest: PUT https://r.example.org/v2/: unexpected status code 503 Service Unavailable",
                Exit::Transient,
            ),
            (
                "FATAL\tDB error: Get \"https://ghcr.io/v2/\": tls: failed to verify certificate: x509: certificate signed by unknown authority",
                Exit::Failed,
            ),
            (
                "FATAL\tunable to find the specified image: GET https://r.example.org/v2/a/manifests/sha256:1: UNAUTHORIZED: authentication required",
                Exit::Failed,
            ),
            (
                "error during command execution: signing: getting signer: reading key: decrypt: encrypted: decryption failed",
                Exit::Failed,
            ),
            ("panic: something new", Exit::Failed),
            ("", Exit::Failed),
        ] {
            assert_eq!(meaning(said).0, exit, "{said}");
        }
    }
}
