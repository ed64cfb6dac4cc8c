//! Which Task a Pipeline means, and which Pipeline a run means.

use luban_check::{Objects, Options, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

const PIPELINE: &str = "apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {name: build}
";

/// A Task that needs one parameter.
fn task(metadata: &str, param: &str) -> String {
    format!(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {{name: build{metadata}}}
spec:
  params: [{{name: {param}}}]
  steps: [{{image: 'alpine:3.23'}}]
"
    )
}

/// The rules and messages of what is found in these files.
fn found(files: &[(&str, &str)], is_closed: bool) -> Vec<(Severity, &'static str, String)> {
    let documents = files
        .iter()
        .flat_map(|(name, yaml)| parse(name, yaml.as_bytes(), &Budget::default()).unwrap());
    let options = Options {
        is_closed,
        // What these are not about.
        off: ["unknown-namespace", "unpinned-resolver"]
            .map(str::to_owned)
            .into(),
        ..Options::default()
    };
    let findings = check(&Objects::new(documents.collect()), &options);
    let shown = findings
        .into_iter()
        .map(|finding| (finding.severity, finding.rule, finding.message));
    shown.collect()
}

#[test]
fn a_task_that_is_not_given_is_a_warning_unless_all_is_given() {
    let files = [("a.yaml", PIPELINE)];
    let message = "Task `build` is not found in namespace `default`".to_owned();
    let rule = "pipeline-unknown-task-ref";
    let warning = (Severity::Warning, rule, message.clone());
    assert_eq!(found(&files, false), [warning]);
    assert_eq!(found(&files, true), [(Severity::Error, rule, message)]);
}

#[test]
fn of_several_tasks_of_one_name_the_one_in_the_nearest_file_counts() {
    let (one, other) = (task("", "one"), task("", "other"));
    let both = format!("{PIPELINE}---\n{other}");
    let expected = |param: &str| {
        let message =
            format!("task `build` does not give parameter `{param}`, which its Task needs");
        vec![(Severity::Warning, "missing-task-param", message)]
    };
    let same_file = [("x/one.yaml", one.as_str()), ("x/both.yaml", &both)];
    assert_eq!(found(&same_file, true), expected("other"));
    let same_folder = [
        ("x/one.yaml", one.as_str()),
        ("y/other.yaml", &other),
        ("y/p.yaml", PIPELINE),
    ];
    assert_eq!(found(&same_folder, true), expected("other"));
}

#[test]
fn of_several_tasks_that_are_equally_near_nothing_is_said() {
    let (one, other) = (task("", "one"), task("", "other"));
    let files = [
        ("x/one.yaml", one.as_str()),
        ("x/other.yaml", &other),
        ("x/p.yaml", PIPELINE),
    ];
    assert_eq!(found(&files, true), []);
}

#[test]
fn a_task_without_a_namespace_may_be_of_any() {
    let in_namespace = PIPELINE.replace("name: build}\nspec", "name: build, namespace: ci}\nspec");
    assert_ne!(in_namespace, PIPELINE);
    let without = task("", "a");
    let rules = |task: &str| {
        let found = found(&[("p.yaml", &in_namespace), ("t.yaml", task)], true);
        found
            .into_iter()
            .map(|(_, rule, _)| rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(rules(&without), ["missing-task-param"]);
    assert_eq!(rules(&task(", namespace: ci", "a")), ["missing-task-param"]);
    let elsewhere = task(", namespace: default", "a");
    assert_eq!(rules(&elsewhere), ["pipeline-unknown-task-ref"]);
}

#[test]
fn a_pipeline_in_a_run_is_judged_with_what_the_run_gives() {
    let run = "apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {generateName: build-}
spec:
  params: [{name: given, value: a}]
  pipelineSpec:
    params: [{name: given}, {name: needed}]
    tasks:
    - name: build
      taskRef: {resolver: git}
      params: [{name: a, value: $(params.given)}, {name: b, value: $(params.neded)}]
";
    let rules: Vec<_> = found(&[("run.yaml", run)], true)
        .into_iter()
        .map(|(severity, rule, _)| (severity, rule))
        .collect();
    let expected = [
        (Severity::Warning, "missing-run-param"),
        (Severity::Error, "pipeline-unknown-param"),
    ];
    assert_eq!(rules, expected);
}
