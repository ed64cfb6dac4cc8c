//! The real buildctl under `luban step railpack-build`: hostile values must arrive at a daemon as they are.
//!
//! The daemon is the program of tests/conformance/tools, which writes down what it is asked for.

use super::cases::Wrong;
use super::judge::Source;
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The folder of tests/conformance with the daemon, whose `go.mod` names buildctl.
pub(crate) const TOOLS: &str = "tools";
const BUILDCTL: &str = "github.com/moby/buildkit/cmd/buildctl";
/// What the daemon answers every build with.
const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
/// How long a daemon may take until it listens.
const PATIENCE: Duration = Duration::from_secs(20);

/// Values that mean something to a shell, to CSV, to flags, to templates.
const HOSTILE: [&str; 12] = [
    "plain",
    "a,b",
    "a\"b",
    "\"quoted\"",
    "two\nlines\n",
    "carriage\rreturn",
    "type=local,dest=/",
    "--output=type=local,dest=/tmp",
    "$(touch canary) `id` ${HOME}; echo",
    "{{workflow.name}} $(params.x)",
    " spaces at both ends ",
    "ünïcödé \u{202e} 🦀",
];

/// Builds the tools and runs a build with each hostile value, and one in a directory with a hostile name.
///
/// # Errors
/// When the tools cannot be built or run, or there is no `luban`.
pub(crate) fn compare(source: &Source, luban: &Path) -> Result<(usize, Vec<Wrong>)> {
    let daemon = source.program(TOOLS, ".")?;
    let buildctl = source.program("buildctl", BUILDCTL)?;
    let luban = fs::canonicalize(luban)
        .with_context(|| format!("there is no `{}`: `make build` makes it", luban.display()))?;
    let mut wrong = Vec::new();
    for value in HOSTILE {
        for name in ["pod", "a,\"b\" c"] {
            let pod = Pod::new(name, value, &buildctl)?;
            if let Some(difference) = pod.difference(&daemon, &luban, value)? {
                let id = format!("{value:?} in `{name}`");
                wrong.push(Wrong { id, difference });
            }
        }
    }
    Ok((HOSTILE.len() * 2, wrong))
}

/// What a build needs, below a directory of that name.
struct Pod {
    _root: tempfile::TempDir,
    path: PathBuf,
}

/// A daemon, which ends with this.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Pod {
    fn new(name: &str, value: &str, buildctl: &Path) -> Result<Self> {
        let root = tempfile::tempdir()?;
        let path = root.path().canonicalize()?.join(name);
        for directory in [
            "source/web",
            "plan",
            "secrets",
            "key",
            "docker",
            "bin",
            "tmp",
        ] {
            fs::create_dir_all(path.join(directory))?;
        }
        fs::write(path.join("secrets/NPM_TOKEN"), value)?;
        fs::write(path.join("key/key"), "project key")?;
        fs::write(path.join("docker/config.json"), "{}")?;
        fs::write(
            path.join("plan/railpack-plan.json"),
            json!({"steps": [], "secrets": ["NPM_TOKEN", "HOSTILE"]}).to_string(),
        )?;
        symlink(buildctl, path.join("bin/buildctl"))?;
        Ok(Self { _root: root, path })
    }

    fn at(&self, flag: &str, path: &str) -> String {
        format!("--{flag}={}", self.path.join(path).display())
    }

    /// What the daemon was asked for that it should not have been; none if all is as it must be.
    fn difference(&self, daemon: &Path, luban: &Path, value: &str) -> Result<Option<String>> {
        // A path of a socket has at most 108 bytes, and buildctl reads an address as a URL.
        let place = tempfile::tempdir()?;
        let (socket, file) = (place.path().join("s"), place.path().join("asked"));
        let _daemon = Daemon(Command::new(daemon).arg(&socket).arg(&file).spawn()?);
        let start = Instant::now();
        while !socket.exists() {
            if start.elapsed() > PATIENCE {
                bail!("`{}` does not listen", daemon.display());
            }
            thread::sleep(Duration::from_millis(10));
        }
        let image = "registry.example.com/acme/web";
        let output = Command::new(luban)
            .args(["step", "railpack-build"])
            .args([
                self.at("source", "source"),
                self.at("plan-directory", "plan"),
                self.at("secrets-directory", "secrets"),
                self.at("secrets-hash-key", "key"),
                self.at("result=digest", "digest"),
                format!("--address=unix://{}", socket.display()),
                format!("--image={image}:1"),
                format!("--cache={image}:cache"),
                format!("--build-arg=HOSTILE={value}"),
                format!("--label=org.example.note={value}"),
            ])
            .args([
                "--context=web",
                "--revision=0123456789abcdef0123456789abcdef01234567",
                "--frontend=ghcr.io/railwayapp/railpack-frontend:v0.37.0",
                "--platform=linux/amd64",
                "--cache-key=acme",
                "--provenance=max",
                "--secret=NPM_TOKEN",
                "--tag=more",
                "--timeout-seconds=120",
            ])
            .env_clear()
            .env("PATH", self.path.join("bin"))
            .env("TMPDIR", self.path.join("tmp"))
            .env("DOCKER_CONFIG", self.path.join("docker"))
            .current_dir(&self.path)
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("cannot run `{}`", luban.display()))?;
        if !output.status.success() {
            return Ok(Some(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        let asked: Value = serde_json::from_slice(&fs::read(&file)?)?;
        let digest = fs::read_to_string(self.path.join("digest"))?;
        Ok(self.unexpected(&asked, &digest, value))
    }

    fn unexpected(&self, asked: &Value, digest: &str, value: &str) -> Option<String> {
        let image = "registry.example.com/acme/web";
        let output = |name: &str| asked["output"][name].as_str().unwrap_or_default();
        let key = output("annotation.dev.luban.build-key");
        let names = format!("{image}:1,{image}:more,{image}:build-{key}");
        let reference = format!("{image}:cache");
        let expected = [
            ("frontend", asked["frontend"].clone(), json!("gateway.v0")),
            (
                "variable",
                asked["options"]["build-arg:HOSTILE"].clone(),
                json!(value),
            ),
            (
                "cache key",
                asked["options"]["build-arg:cache-key"].clone(),
                json!("acme"),
            ),
            (
                "provenance",
                asked["options"]["attest:provenance"].clone(),
                json!("mode=max"),
            ),
            ("exporter", asked["exporter"].clone(), json!("image")),
            ("names", json!(output("name")), json!(names)),
            ("push", json!(output("push")), json!("true")),
            (
                "annotation",
                json!(output("annotation.org.example.note")),
                json!(value),
            ),
            (
                "annotation of the index",
                json!(output("annotation-index.org.example.note")),
                json!(value),
            ),
            ("length of the key", json!(key.len()), json!(64)),
            (
                "attributes of the output",
                json!(asked["output"].as_object().map(serde_json::Map::len)),
                json!(7),
            ),
            (
                "cache to write",
                asked["exports"][0]["attrs"]["ref"].clone(),
                json!(reference),
            ),
            (
                "cache to read",
                asked["imports"][0]["attrs"]["ref"].clone(),
                json!(reference),
            ),
            ("digest", json!(digest), json!(DIGEST)),
            (
                "what was run",
                json!(self.path.join("canary").exists()),
                json!(false),
            ),
        ];
        let wrong = expected.into_iter().find(|(_, is, must)| is != must);
        wrong.map(|(what, is, must)| format!("{what} is {is}, not {must}"))
    }
}
