//! The verbs against stand-ins that take what railpack v0.37.0 and buildctl v0.32.2 take, and refuse every other flag.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

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
            super::prepare::run(&parsed, &program("railpack"), &self.world())
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

/// Defect 12: `--env NAME=NAME` gave the plan junk, `--env NAME=VALUE` showed values to every process.
#[test]
fn railpack_gets_names_as_arguments_and_values_in_its_environment() {
    let pod = Pod::new();
    let hostile = format!("--build-arg=HOSTILE={HOSTILE}");
    pod.prepare(&[
        "--secret=NPM_TOKEN",
        "--secret=RAILPACK_START_CMD",
        &hostile,
    ])
    .unwrap();
    let plan = pod.path("plan").canonicalize().unwrap();
    let plan_file = |name: &str| plan.join(name).display().to_string();
    assert_eq!(
        pod.arguments("railpack"),
        [
            "prepare",
            "--plan-out",
            &plan_file("railpack-plan.json"),
            "--info-out",
            &plan_file("railpack-info.json"),
            "--env",
            "NPM_TOKEN",
            "--env",
            "RAILPACK_START_CMD",
            "--env",
            "HOSTILE",
            &pod.path("source/web")
                .canonicalize()
                .unwrap()
                .display()
                .to_string(),
        ]
    );
    assert_eq!(pod.text("railpack/env.NPM_TOKEN"), "s3cr3t-token\n\n");
    assert_eq!(
        pod.text("railpack/env.RAILPACK_START_CMD"),
        "node, server.js\n"
    );
    assert_eq!(pod.text("railpack/env.HOSTILE"), format!("{HOSTILE}\n"));
    assert_eq!(pod.redactor.text("s3cr3t-token"), "***");
    // Defect 39: paths of one pod are nothing in another.
    assert_eq!(pod.text("results/planPath"), "plan/railpack-plan.json");
    assert_eq!(pod.text("results/infoPath"), "plan/railpack-info.json");
}

#[test]
fn a_plan_is_tried_again_when_railpack_says_that_it_may_pass() {
    let pod = Pod::new();
    pod.mode("railpack", 1, "echo 'mise: HTTP 503' >&2; exit 75");
    pod.mode(
        "railpack",
        2,
        "echo 'ERRO dial tcp: i/o timeout' >&2; exit 1",
    );
    pod.prepare(&[]).unwrap();
    assert_eq!(pod.tries("railpack"), "3");
}

#[test]
fn a_source_without_a_plan_is_said_at_once_and_leaves_no_plan() {
    let pod = Pod::new();
    pod.mode(
        "railpack",
        1,
        "echo '{}' > \"$info\"; echo 'ERRO no provider' >&2; exit 1",
    );
    let failure = pod.prepare(&[]).unwrap_err();
    assert_eq!(
        (failure.exit, pod.tries("railpack").as_str()),
        (Exit::Failed, "1")
    );
    assert!(failure.message.starts_with("plan: "), "{}", failure.message);
    assert!(
        failure.message.contains("no provider"),
        "{}",
        failure.message
    );
    assert!(!pod.path("plan/railpack-plan.json").exists());
    assert!(!pod.path("results/planPath").exists());
}

#[test]
fn a_plan_that_is_none_is_refused_though_railpack_ended_well() {
    let pod = Pod::new();
    pod.mode("railpack", 1, "echo '{\"steps\": [' > \"$plan\"; exit 0");
    let failure = pod.prepare(&[]).unwrap_err();
    assert!(failure.message.contains("no JSON"), "{}", failure.message);
}

/// Defect 23: the version was declared and never used.
#[test]
fn a_command_of_another_version_and_a_missing_one_are_told_apart() {
    let pod = Pod::new();
    let failure = pod.prepare(&["--railpack-version=v0.36.0"]).unwrap_err();
    assert!(failure.message.contains("`v0.36.0`"), "{}", failure.message);
    assert!(failure.message.contains("0.37.0"), "{}", failure.message);
    assert!(!pod.path("railpack/argv").exists());
    fs::remove_file(pod.path("railpack/railpack")).unwrap();
    let failure = pod.prepare(&[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert!(
        failure
            .help
            .unwrap()
            .contains("image of the railpack command")
    );
}

/// Defect 10: a plan in the clone got into the image and into its cache.
#[test]
fn a_plan_is_never_written_into_the_clone() {
    let pod = Pod::new();
    let inside = format!("--plan-directory={}", pod.path("source/plan").display());
    let parsed = call(&[
        "railpack-prepare",
        &format!("--source={}", pod.path("source").display()),
        "--context=.",
        &inside,
        "--railpack-version=v0.37.0",
    ]);
    let railpack = pod.path("railpack/railpack");
    let failure = super::prepare::run(&parsed, &railpack, &pod.world()).unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert!(
        failure.message.contains("in the clone"),
        "{}",
        failure.message
    );
}

#[test]
fn buildctl_gets_exactly_these_arguments() {
    let pod = Pod::new();
    pod.build(&[
        "--provenance=max",
        "--cache-from=registry.example.com/acme/web:cache",
        "--cache-from=registry.example.com/acme/web:main",
    ])
    .unwrap();
    let real = |path: &str| pod.path(path).canonicalize().unwrap().display().to_string();
    let key = pod.values("--output")[0]
        .rsplit('=')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(key.len(), 64);
    let given = |path: &str| pod.path(path).display().to_string();
    let arguments = pod.arguments("buildctl");
    assert_eq!(
        arguments[..arguments.len() - 1],
        [
            "--addr",
            "unix:///run/buildkit/buildkitd.sock",
            "--timeout",
            "60",
            "--wait",
            "build",
            "--progress",
            "plain",
            "--frontend",
            "gateway.v0",
            "--local",
            &format!("context={}", real("source/web")),
            "--local",
            &format!("dockerfile={}", given("plan")),
            "--opt",
            "source=ghcr.io/railwayapp/railpack-frontend:v0.37.0",
            "--opt",
            "filename=railpack-plan.json",
            "--opt",
            "platform=linux/amd64",
            "--opt",
            "build-arg:A=1",
            "--opt",
            "build-arg:cache-key=acme",
            "--opt",
            // Python: sha256 over the hash of secrets_hash.rs' kind and `A`, `1`, each with its length.
            "build-arg:secrets-hash=b82706fde3a45b8c43a69efa49cceeff48c7a263f04cbbdde0458e166f6a356c",
            "--opt",
            "attest:provenance=mode=max",
            "--secret",
            &format!("id=NPM_TOKEN,src={}", given("secrets/NPM_TOKEN")),
            "--secret",
            &arguments[31],
            "--output",
            &format!(
                "type=image,\"name=registry.example.com/acme/web:1,registry.example.com/acme/web:build-{key}\",push=true,oci-mediatypes=true,annotation.dev.luban.build-key={key},annotation-index.dev.luban.build-key={key}"
            ),
            "--export-cache",
            "type=registry,ref=registry.example.com/acme/web:cache,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true",
            "--import-cache",
            "type=registry,ref=registry.example.com/acme/web:cache",
            "--import-cache",
            "type=registry,ref=registry.example.com/acme/web:main",
            "--metadata-file",
        ]
    );
    assert!(arguments[31].starts_with("id=A,src="), "{}", arguments[31]);
    // Defect 5: what the plan asks for is given, variables too, and no value is an argument.
    assert_eq!(pod.text("buildctl/secret.NPM_TOKEN"), "s3cr3t-token\n");
    assert_eq!(pod.text("buildctl/secret.variable-A"), "1");
    assert!(!pod.text("buildctl/argv").contains("s3cr3t"));
    let docker = format!("DOCKER_CONFIG={}", pod.path("docker").display());
    assert!(pod.text("buildctl/env").contains(&docker));
}

#[test]
fn a_build_gives_out_the_digest_that_buildkit_says() {
    let pod = Pod::new();
    pod.mode("buildctl", 1, "echo '#5 pushing sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' >&2");
    pod.build(&[]).unwrap();
    assert_eq!(pod.text("results/digest"), DIGEST);
    assert_eq!(pod.text("results/image"), "registry.example.com/acme/web:1");
    assert_eq!(pod.text("results/reused"), "false");
    assert!(pod.text("results/buildDuration").parse::<u64>().is_ok());
    assert_eq!(
        pod.redactor.text("bHViYW46cGFzcw== s3cr3t-token"),
        "*** ***"
    );
}

#[test]
fn variables_labels_and_paths_with_commas_quotes_and_newlines_stay_what_they_are() {
    let pod = Pod::new();
    let variable = format!("--build-arg=HOSTILE={HOSTILE}");
    let label = format!("--label=org.example.note={HOSTILE}");
    pod.build(&[&variable, &label]).unwrap();
    assert!(
        pod.values("--opt")
            .contains(&format!("build-arg:HOSTILE={HOSTILE}"))
    );
    assert_eq!(pod.text("buildctl/secret.variable-HOSTILE"), HOSTILE);
    let quoted = format!(
        "\"annotation.org.example.note={}\"",
        HOSTILE.replace('"', "\"\"")
    );
    let output = pod.values("--output");
    assert!(output[0].contains(&quoted), "{output:?}");
    assert!(!pod.path("canary").exists() && !Path::new("canary").exists());
}

#[test]
fn names_that_would_change_the_build_are_refused() {
    let pod = Pod::new();
    for argument in [
        "--build-arg=cache-key=other-project",
        "--build-arg=github-token=x",
        "--build-arg=PATH=/tmp",
        "--secret=PATH",
        "--tag=x,push=false",
        "--tag=-x",
        "--label=dev.luban.build-key=1",
        "--label=org.Example=1",
    ] {
        let failure = pod.build(&[argument]).unwrap_err();
        assert_eq!(failure.exit, Exit::Usage, "{argument}: {}", failure.message);
    }
    assert!(!pod.path("buildctl/argv").exists());
}

#[test]
fn what_was_built_before_is_given_out_and_nothing_is_built() {
    let pod = Pod::new();
    fs::write(pod.path("found"), format!("{DIGEST}\n")).unwrap();
    let found = format!("--found={}", pod.path("found").display());
    pod.build(&[&found]).unwrap();
    assert_eq!(pod.text("results/digest"), DIGEST);
    assert_eq!(pod.text("results/reused"), "true");
    assert_eq!(pod.text("results/buildDuration"), "0");
    assert!(!pod.path("buildctl/argv").exists());
    fs::write(pod.path("found"), "unknown").unwrap();
    assert_eq!(pod.build(&[&found]).unwrap_err().exit, Exit::Usage);
    fs::write(pod.path("found"), "").unwrap();
    pod.build(&[&found]).unwrap();
    assert_eq!(pod.text("results/reused"), "false");
}

/// Defects 15 and 16: a pipe hid the exit code, and `unknown` was a digest.
#[test]
fn a_build_that_fails_fails_the_step_and_writes_no_result() {
    for (said, class, exit, tries) in [
        (
            "error: failed to solve: process \"/bin/sh -c npm ci\" did not complete successfully: exit code: 1",
            "build",
            Exit::Failed,
            "1",
        ),
        (
            "error: failed to solve: process \"curl x\" did not complete successfully: exit code: 56: connection reset by peer",
            "build",
            Exit::Failed,
            "1",
        ),
        (
            "error: failed to solve: failed to parse railpack plan: invalid character",
            "plan",
            Exit::Failed,
            "1",
        ),
        (
            "error: failed to solve: failed to push registry.example.com/acme/web:1: unexpected status from POST request to https://registry.example.com/v2/: 403 Forbidden",
            "push",
            Exit::Failed,
            "1",
        ),
        (
            "error: failed to solve: failed to push registry.example.com/acme/web:1: unexpected status from PUT request to https://registry.example.com/v2/: 503 Service Unavailable",
            "transient",
            Exit::Transient,
            "4",
        ),
        (
            "error: failed to list workers: Unavailable: connection error: desc = \"transport: Error while dialing: dial unix /run/buildkit/buildkitd.sock: connect: connection refused\"",
            "transient",
            Exit::Transient,
            "4",
        ),
        (
            "error: failed to solve: ghcr.io/railwayapp/railpack-frontend:v9: failed to resolve source metadata: not found",
            "build",
            Exit::Failed,
            "1",
        ),
        (
            "Incorrect Usage: flag provided but not defined: -x",
            "build",
            Exit::Failed,
            "1",
        ),
    ] {
        let pod = Pod::new();
        for attempt in 1..=4 {
            let script = format!("cat >&2 <<'END'\n#9 0.1 error: i/o timeout\n{said}\nEND\nexit 1");
            pod.mode("buildctl", attempt, &script);
        }
        let failure = pod.build(&[]).unwrap_err();
        assert_eq!(failure.exit, exit, "{said}: {}", failure.message);
        assert!(
            failure.message.starts_with(&format!("{class}: ")),
            "{said}: {}",
            failure.message
        );
        assert_eq!(pod.tries("buildctl"), tries, "{said}");
        assert!(failure.help.is_some());
        assert_eq!(fs::read_dir(pod.path("results")).unwrap().count(), 0);
    }
}

#[test]
fn a_registry_that_comes_back_costs_no_build() {
    let pod = Pod::new();
    pod.mode(
        "buildctl",
        1,
        "echo 'error: failed to solve: failed to push x: 502 Bad Gateway' >&2; exit 1",
    );
    pod.build(&[]).unwrap();
    assert_eq!(pod.tries("buildctl"), "2");
    assert_eq!(pod.text("results/digest"), DIGEST);
}

#[test]
fn without_a_digest_nothing_was_built() {
    let pod = Pod::new();
    for (attempt, metadata) in ["", "{}", "{\"containerimage.digest\":\"unknown\"}"]
        .iter()
        .enumerate()
    {
        let script = format!("printf '%s' '{metadata}' > \"$metadata\"; exit 0");
        pod.mode("buildctl", attempt as u32 + 1, &script);
        let failure = pod.build(&[]).unwrap_err();
        assert!(
            failure.message.contains("gave no digest"),
            "{}",
            failure.message
        );
        assert_eq!(fs::read_dir(pod.path("results")).unwrap().count(), 0);
    }
}

#[test]
fn a_pod_that_is_asked_to_stop_cancels_the_build_and_waits_for_it() {
    let pod = Pod::new();
    pod.mode("buildctl", 1, "trap 'echo > \"$here/cancelled\"; exit 1' TERM\necho > \"$here/started\"\nwhile :; do sleep 0.05; done");
    let started = pod.path("buildctl/started");
    let stop = pod.stop.clone();
    let watcher = thread::spawn(move || {
        while !started.exists() {
            thread::sleep(Duration::from_millis(10));
        }
        stop.ask();
    });
    let failure = pod.build(&[]).unwrap_err();
    watcher.join().unwrap();
    assert_eq!(failure.exit, Exit::Cancelled);
    assert!(pod.path("buildctl/cancelled").exists());
    assert_eq!(fs::read_dir(pod.path("results")).unwrap().count(), 0);
}

/// Defect 5: the plan asked for secrets that the build was not given, and BuildKit said so late.
#[test]
fn a_secret_that_the_plan_asks_for_and_nobody_gives_is_named_before_the_build() {
    let pod = Pod::new();
    fs::write(
        pod.path("plan/railpack-plan.json"),
        r#"{"secrets":["OTHER"]}"#,
    )
    .unwrap();
    let failure = pod.build(&[]).unwrap_err();
    assert!(failure.message.contains("`OTHER`"), "{}", failure.message);
    assert!(!pod.path("buildctl/argv").exists());
}

#[test]
fn credentials_that_nobody_can_read_are_said_and_not_shown() {
    let pod = Pod::new();
    fs::write(pod.path("docker/config.json"), "{\"auths\": s3cr3t").unwrap();
    let failure = pod.build(&[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert!(!failure.message.contains("s3cr3t"), "{}", failure.message);
    fs::remove_file(pod.path("docker/config.json")).unwrap();
    assert_eq!(pod.build(&[]).unwrap_err().exit, Exit::Usage);
}

/// The file name's case is the frontend's; a secret or variable that changes makes the frontend run steps again.
#[test]
fn a_variable_that_changes_makes_steps_run_again() {
    let hash = |arguments: &[&str]| {
        let pod = Pod::new();
        pod.build(arguments).unwrap();
        let options = pod.values("--opt");
        options
            .iter()
            .find(|option| option.starts_with("build-arg:secrets-hash="))
            .unwrap()
            .clone()
    };
    assert_ne!(hash(&["--build-arg=B=1"]), hash(&["--build-arg=B=2"]));
    assert_eq!(hash(&["--build-arg=B=1"]), hash(&["--build-arg=B=1"]));
}
