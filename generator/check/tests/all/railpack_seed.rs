//! The build plan for Railpack on Tekton as it was first written down, defect by defect.
//!
//! The three objects are the document's own; each row is a defect that its review found, by the review's number.

use luban_check::{Objects, Options, Profile, check};
use luban_diagnostic::Finding;
use luban_yaml::{Budget, parse};

const FILES: [(&str, &str); 3] = [
    ("prepare.yaml", include_str!("railpack_seed/prepare.yaml")),
    ("build.yaml", include_str!("railpack_seed/build.yaml")),
    ("pipeline.yaml", include_str!("railpack_seed/pipeline.yaml")),
];

/// A defect, the rule that finds it, and the text that it stands at.
struct Defect {
    number: u8,
    rule: &'static str,
    file: &'static str,
    at: &'static str,
}

const fn defect(number: u8, rule: &'static str, file: &'static str, at: &'static str) -> Defect {
    Defect {
        number,
        rule,
        file,
        at,
    }
}

/// What everyone sees.
const REGULAR: &[Defect] = &[
    defect(
        1,
        "tekton-array-in-text",
        "prepare.yaml",
        "$(params.buildSecrets)",
    ),
    defect(
        2,
        "tekton-array-in-text",
        "build.yaml",
        "$(params.buildSecrets)",
    ),
    defect(3, "tekton-object-name", "pipeline.yaml", "apiVersion"),
    defect(
        6,
        "shared-cache",
        "build.yaml",
        "build-arg:cache-key=$(params.cacheKey)",
    ),
    defect(
        7,
        "repository-per-run",
        "pipeline.yaml",
        "kibamail/$(context.pipelineRun.name)",
    ),
    defect(12, "name-as-value", "prepare.yaml", "$s=$s"),
    defect(14, "unknown-flag", "build.yaml", "--provenance"),
    defect(15, "lost-exit-status", "build.yaml", "buildctl build"),
    defect(16, "made-up-result", "build.yaml", "${DIGEST:-unknown}"),
    defect(
        17,
        "empty-log",
        "build.yaml",
        "tee /tekton/home/buildctl.out",
    ),
    defect(
        18,
        "digest-from-log",
        "build.yaml",
        "grep -Eo 'sha256:[0-9a-f]+' /tekton/home/buildctl.out",
    ),
    defect(
        20,
        "digest-by-tag",
        "build.yaml",
        "skopeo inspect docker://$IMG",
    ),
    defect(
        21,
        "template-injection",
        "build.yaml",
        "$(params.imageRegistry)",
    ),
    defect(
        21,
        "template-injection",
        "prepare.yaml",
        "$(params.buildSecrets)",
    ),
    defect(
        23,
        "unpinned-frontend",
        "build.yaml",
        "source=ghcr.io/railwayapp/railpack:railpack-frontend",
    ),
    defect(
        24,
        "retired-image",
        "build.yaml",
        "ghcr.io/railwayapp/railpack:railpack-frontend",
    ),
    defect(
        25,
        "unpinned-frontend",
        "build.yaml",
        "build-arg:BUILDKIT_SYNTAX=ghcr.io/railwayapp/railpack-frontend",
    ),
    defect(
        29,
        "rootless-build-daemon",
        "build.yaml",
        "moby/buildkit:rootless",
    ),
    defect(
        31,
        "open-build-daemon",
        "build.yaml",
        "\"tcp://0.0.0.0:1234\"",
    ),
    defect(32, "daemon-without-readiness", "build.yaml", "buildkitd"),
];

/// What those see who ask for more.
const STRICT: &[Defect] = &[
    defect(5, "partly-passed-param", "pipeline.yaml", "build"),
    defect(10, "output-in-context", "prepare.yaml", "plan.json"),
    defect(10, "output-in-context", "prepare.yaml", "info.json"),
    defect(13, "unquoted-parameter", "prepare.yaml", "$ARGS"),
    defect(19, "missing-program", "build.yaml", "skopeo"),
    defect(19, "missing-program", "build.yaml", "jq"),
    defect(22, "unquoted-parameter", "build.yaml", "$IMG"),
    defect(23, "task-unused-param", "build.yaml", "railpackVersion"),
    defect(26, "task-unused-param", "build.yaml", "platforms"),
    defect(27, "task-unused-workspace", "build.yaml", "build-cache"),
    defect(34, "missing-resources", "build.yaml", "name"),
    defect(34, "root-user", "prepare.yaml", "name"),
    defect(
        35,
        "docker-config-key",
        "build.yaml",
        "registry-docker-config",
    ),
    defect(36, "optional-secret", "build.yaml", "true"),
    defect(38, "ambiguous-digest", "build.yaml", "sort"),
    defect(
        39,
        "absolute-path-result",
        "prepare.yaml",
        "$(pwd)/plan.json",
    ),
    defect(
        39,
        "absolute-path-result",
        "prepare.yaml",
        "$(pwd)/info.json",
    ),
    defect(40, "unattested-image", "build.yaml", "digest"),
    defect(
        48,
        "path-from-parameter",
        "prepare.yaml",
        "$(params.contextPath)",
    ),
];

/// What the three objects do not decide, and why.
const UNDECIDED: &[(u8, &str)] = &[
    (
        4,
        "the task that clones is in the cluster: a resolver finds it, and what it needs is not here",
    ),
    (
        8,
        "both tasks agree while the folder is `.`; what the build should take is only said in words",
    ),
    (
        9,
        "two of the three places of the plan are only said in words",
    ),
    (
        11,
        "the objects write paths, not the plan: `a_plan_as_a_result_is_found`",
    ),
    (28, "parameters and results that only words promise"),
    (
        30,
        "a list of settings in words; on the daemon they are found: `a_confined_daemon_is_found`",
    ),
    (
        33,
        "what is lost when the daemon is stopped is nothing that the objects keep",
    ),
    (37, "which files the Secret has is only known where it is"),
    (
        41,
        "that a Pipeline reports somewhere, and how long it may take, is only said in words",
    ),
    (
        42,
        "a field that only words name: `a_lifetime_of_a_task_run_is_found`",
    ),
    (43, "retries that only words ask for"),
    (
        44,
        "options that only words name: `options_of_another_tool_are_found`",
    ),
    (45, "a workflow of another system"),
    (46, "a Dockerfile"),
    (
        47,
        "whether a user may write to a folder is only known where it runs",
    ),
];

fn findings(profile: Profile) -> Vec<Finding> {
    let documents = FILES
        .iter()
        .flat_map(|(file, text)| parse(file, text.as_bytes(), &Budget::default()).unwrap());
    let options = Options {
        profile,
        ..Options::default()
    };
    check(&Objects::new(documents.collect()), &options)
}

fn is_at(finding: &Finding, defect: &Defect) -> bool {
    let place = finding.place.as_ref().unwrap();
    let (_, text) = FILES
        .iter()
        .find(|(file, _)| *file == &*place.file)
        .unwrap();
    let (start, end) = (place.span.start.offset, place.span.end.offset);
    finding.rule == defect.rule
        && *place.file == *defect.file
        && text[start as usize..end as usize] == *defect.at
}

fn missed(defects: &[Defect], findings: &[Finding]) -> Vec<String> {
    defects
        .iter()
        .filter(|defect| !findings.iter().any(|finding| is_at(finding, defect)))
        .map(|defect| format!("{} by {} at `{}`", defect.number, defect.rule, defect.at))
        .collect()
}

#[test]
fn each_defect_that_everyone_should_see_is_found_where_it_stands() {
    assert_eq!(missed(REGULAR, &findings(Profile::Regular)), [""; 0]);
}

#[test]
fn each_defect_that_strict_readers_ask_for_is_found_where_it_stands() {
    assert_eq!(missed(STRICT, &findings(Profile::Strict)), [""; 0]);
    // They are not news for everyone.
    let regular = findings(Profile::Regular);
    assert_eq!(missed(STRICT, &regular).len(), STRICT.len());
}

#[test]
fn each_of_the_defects_is_found_or_is_said_to_be_undecided() {
    let found = REGULAR.iter().chain(STRICT).map(|defect| defect.number);
    let mut numbers: Vec<u8> = found
        .chain(UNDECIDED.iter().map(|(number, _)| *number))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers, (1..=48).collect::<Vec<u8>>());
}

fn rules_of(text: &str) -> Vec<&'static str> {
    let documents = parse("a.yaml", text.as_bytes(), &Budget::default()).unwrap();
    let findings = check(
        &Objects::new(documents.into_iter().collect()),
        &Options::default(),
    );
    findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn a_plan_as_a_result_is_found() {
    let text = "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: prepare}
spec:
  results: [{name: planPath}]
  steps:
  - name: prepare
    image: ghcr.io/kibamail/kibaship-railpack-cli:v0.7.2
    command: [railpack]
    args: [prepare, ., --plan-out, $(results.planPath.path)]
";
    assert_eq!(rules_of(text), ["result-too-large"]);
}

#[test]
fn a_confined_daemon_is_found() {
    let text = "apiVersion: v1
kind: Pod
metadata: {name: buildkitd, namespace: builds}
spec:
  serviceAccountName: buildkitd
  automountServiceAccountToken: false
  containers:
  - name: buildkitd
    image: moby/buildkit:v0.32.2-rootless
    args: [--oci-worker-no-process-sandbox]
    securityContext:
      seccompProfile: {type: RuntimeDefault}
      allowPrivilegeEscalation: false
";
    assert!(rules_of(text).contains(&"rootless-build-daemon"));
}

#[test]
fn a_lifetime_of_a_task_run_is_found() {
    let text = "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  ttlSecondsAfterFinished: 3600
  taskSpec: {steps: [{name: a, image: 'alpine:3.23'}]}
";
    assert!(rules_of(text).contains(&"unknown-field"));
}

#[test]
fn options_of_another_tool_are_found() {
    for option in ["--build-arg", "--provenance"] {
        let text = format!(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {{name: build}}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: buildctl build --frontend=dockerfile.v0 {option} mode=max
"
        );
        assert_eq!(rules_of(&text), ["unknown-flag"]);
    }
}
