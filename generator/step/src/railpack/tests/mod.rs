//! The verbs against stand-ins that take what railpack v0.37.0 and buildctl v0.32.2 take, and refuse every other flag.
#![allow(clippy::unwrap_used, clippy::panic)]

mod build;
mod prepare;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::*;
use crate::testing::{Waits, call};
use crate::{Redactor, Stop};

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";
const HOSTILE: &str = "$(touch canary) `id`, \"quoted\", 'x';\n--output=type=local,dest=/ {{x}}";

/// `cli/prepare.go` and `cli/common.go`. A value in an argument would be in the list of processes.
const RAILPACK_STAND_IN: &str = r#"#!/bin/sh
here=$(dirname "$0")
if [ "$1" = --version ]; then echo "railpack version 0.37.0"; exit 0; fi
printf '%s\0' "$@" > "$here/argv"
n=$(($(cat "$here/tries" 2>/dev/null || echo 0) + 1)); echo $n > "$here/tries"
[ "$1" = prepare ] || { echo "no command $1" >&2; exit 3; }
shift
names=
while [ $# -gt 0 ]; do
  case "$1" in
    --plan-out) plan=$2; shift 2;;
    --info-out) info=$2; shift 2;;
    --env) printenv "$2" > "$here/env.$2" && names="$names\"$2\","; shift 2;;
    --show-plan|--hide-pretty-plan|--error-missing-start) shift;;
    --previous|--build-cmd|--start-cmd|--config-file) shift 2;;
    -*) echo "Incorrect Usage: flag provided but not defined: $1" >&2; exit 1;;
    *) echo "$1" > "$here/directory"; shift;;
  esac
done
if [ -f "$here/mode.$n" ]; then . "$here/mode.$n"; fi
printf '{"steps":[],"secrets":[%s]}' "${names%,}" > "$plan"
echo '{"success":true}' > "$info"
"#;

/// `cmd/buildctl/main.go` and `cmd/buildctl/build.go`.
const BUILDCTL_STAND_IN: &str = r##"#!/bin/sh
here=$(dirname "$0")
printf '%s\0' "$@" > "$here/argv"
env > "$here/env"
n=$(($(cat "$here/tries" 2>/dev/null || echo 0) + 1)); echo $n > "$here/tries"
refuse() { echo "Incorrect Usage: flag provided but not defined: $1" >&2; exit 1; }
while [ "$1" != build ]; do
  case "$1" in
    --addr|--timeout|--tlsservername|--tlscacert|--tlscert|--tlskey|--tlsdir|--log-format) shift 2;;
    --wait|--debug) shift;;
    *) refuse "$1";;
  esac
done
shift
while [ $# -gt 0 ]; do
  case "$1" in
    --metadata-file) metadata=$2; shift 2;;
    --secret) src=${2##*src=}; src=${src%\"}; [ -f "$src" ] || { echo "error: failed to stat $src" >&2; exit 1; }
      cp "$src" "$here/secret.$(basename "$src")"; shift 2;;
    --output|--progress|--local|--frontend|--opt|--export-cache|--import-cache|--allow|--ssh) shift 2;;
    --trace|--oci-layout|--source-policy-file|--ref-file|--registry-auth-tlscontext|--debug-json-cache-metrics) shift 2;;
    --no-cache|--proxy-network) shift;;
    *) refuse "$1";;
  esac
done
echo "#1 building" >&2
if [ -f "$here/mode.$n" ]; then . "$here/mode.$n"; fi
printf '{"containerimage.digest":"%s"}' "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" > "$metadata"
"##;

/// A pod: a clone, secrets, credentials, a place for results, and the stand-ins.
struct Pod {
    root: TempDir,
    redactor: Redactor,
    stop: Stop,
    clock: Waits,
}

impl Pod {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let at = |path: &str| root.path().join(path);
        for directory in ["source/web", "plan", "secrets", "key", "docker", "results"] {
            fs::create_dir_all(at(directory)).unwrap();
        }
        fs::write(at("secrets/NPM_TOKEN"), "s3cr3t-token\n").unwrap();
        fs::write(at("secrets/RAILPACK_START_CMD"), "node, server.js").unwrap();
        fs::write(at("key/key"), "project key\n").unwrap();
        fs::write(
            at("docker/config.json"),
            r#"{"auths":{"registry.example.com":{"auth":"bHViYW46cGFzcw=="}}}"#,
        )
        .unwrap();
        fs::write(
            at("plan/railpack-plan.json"),
            r#"{"steps":[],"secrets":["NPM_TOKEN","A"]}"#,
        )
        .unwrap();
        for (name, script) in [
            ("railpack", RAILPACK_STAND_IN),
            ("buildctl", BUILDCTL_STAND_IN),
        ] {
            fs::create_dir(at(name)).unwrap();
            // Written by another process: a program that this one has open for writing cannot be run.
            let mut child = Command::new("/bin/sh")
                .args(["-c", "cat > \"$0\" && chmod 755 \"$0\""])
                .arg(at(name).join(name))
                .stdin(Stdio::piped())
                .spawn()
                .unwrap();
            std::io::Write::write_all(&mut child.stdin.take().unwrap(), script.as_bytes()).unwrap();
            assert!(child.wait().unwrap().success());
        }
        Self {
            root,
            redactor: Redactor::default(),
            stop: Stop::default(),
            clock: Waits::default(),
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// What the stand-in of that name does in a try, before it ends well.
    fn mode(&self, tool: &str, attempt: u32, script: &str) {
        fs::write(self.path(&format!("{tool}/mode.{attempt}")), script).unwrap();
    }

    fn arguments(&self, tool: &str) -> Vec<String> {
        let text = self.text(&format!("{tool}/argv"));
        text.trim_end_matches('\0')
            .split('\0')
            .map(str::to_owned)
            .collect()
    }

    fn values(&self, flag: &str) -> Vec<String> {
        let arguments = self.arguments("buildctl");
        let pairs = arguments.windows(2).filter(|pair| pair[0] == flag);
        pairs.map(|pair| pair[1].clone()).collect()
    }

    fn world(&self) -> World<'_> {
        World {
            clock: &self.clock,
            redactor: &self.redactor,
            stop: &self.stop,
        }
    }

    fn run(&self, verb: &str, more: &[&str]) -> Result<(), Failure> {
        let at = |flag: &str, path: &str| format!("--{flag}={}", self.path(path).display());
        let mut arguments = vec![
            verb.to_owned(),
            at("source", "source"),
            at("plan-directory", "plan"),
            at("secrets-directory", "secrets"),
        ];
        let is_prepare = verb == "railpack-prepare";
        if !is_prepare {
            arguments.extend([
                at("secrets-hash-key", "key"),
                at("result=image", "results/image"),
                at("result=digest", "results/digest"),
                at("result=buildDuration", "results/buildDuration"),
                at("result=reused", "results/reused"),
            ]);
            let fixed = [
                &format!("--revision={COMMIT}"),
                "--frontend=ghcr.io/railwayapp/railpack-frontend:v0.37.0",
                "--image=registry.example.com/acme/web:1",
                "--platform=linux/amd64",
                "--cache-key=acme",
                "--cache=registry.example.com/acme/web:cache",
                "--address=unix:///run/buildkit/buildkitd.sock",
                "--timeout-seconds=600",
            ];
            arguments.extend(fixed.map(ToOwned::to_owned));
        } else {
            arguments.extend([
                at("result=planPath", "results/planPath"),
                at("result=infoPath", "results/infoPath"),
            ]);
        }
        if !more
            .iter()
            .any(|argument| argument.starts_with("--context="))
        {
            arguments.push("--context=web".to_owned());
        }
        if is_prepare
            && !more
                .iter()
                .any(|argument| argument.starts_with("--railpack-version"))
        {
            arguments.push("--railpack-version=v0.37.0".to_owned());
        }
        arguments.extend(more.iter().map(|argument| (*argument).to_owned()));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let parsed = call(&arguments);
        let program = |name: &str| self.path(name).join(name);
        if is_prepare {
            crate::railpack::prepare::run(&parsed, &program("railpack"), &self.world())
        } else {
            let docker = self.path("docker");
            build_with(
                &parsed,
                &program("buildctl"),
                Some(docker.as_os_str()),
                &self.world(),
            )
        }
    }

    fn prepare(&self, more: &[&str]) -> Result<(), Failure> {
        self.run("railpack-prepare", more)
    }

    fn build(&self, more: &[&str]) -> Result<(), Failure> {
        let secrets = ["--secret=NPM_TOKEN", "--build-arg=A=1"];
        self.run("railpack-build", &[&secrets, more].concat())
    }

    fn tries(&self, tool: &str) -> String {
        self.text(&format!("{tool}/tries")).trim().to_owned()
    }
}
