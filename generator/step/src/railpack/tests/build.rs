//! `luban step railpack-build`.

use std::thread;
use std::time::Duration;

use super::*;

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
