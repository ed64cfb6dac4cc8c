//! `luban step railpack-prepare`.

use super::*;

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
    let failure = crate::railpack::prepare::run(&parsed, &railpack, &pod.world()).unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert!(
        failure.message.contains("in the clone"),
        "{}",
        failure.message
    );
}
