//! `luban read`, `luban explain` and `luban schema`, as a user runs them.
#![allow(missing_docs, clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const TASK: &str = "\
# What a step runs
kind: Task
apiVersion: tekton.dev/v1
metadata: {name: build}
spec:
  steps:
    - image: alpine:3.23
      name: say
      args: ['yes', \"1e3\"]
";

const UNKNOWN: &str =
    "apiVersion: example.com/v1\nkind: Bridge\nspec: {arches: 37, name: \"on\"}\n";

fn luban() -> Command {
    Command::new(env!("CARGO_BIN_EXE_luban"))
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn output(path: &Path, arguments: &[&str]) -> (String, String, i32) {
    let output = luban().current_dir(path).args(arguments).output().unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
        output.status.code().unwrap(),
    )
}

#[test]
fn objects_are_printed_as_luban_writes_them() {
    let folder = folder(&[("task.yaml", TASK)]);
    let (out, err, code) = output(folder.path(), &["read", "task.yaml"]);
    assert_eq!(
        out,
        "\
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build
spec:
  steps:
  - name: say
    image: alpine:3.23
    args:
    - \"yes\"
    - \"1e3\"
"
    );
    assert_eq!((err.as_str(), code), ("", 0));
}

#[test]
fn json_is_an_object_a_line_in_the_order_of_the_input() {
    let folder = folder(&[
        ("b.yaml", TASK),
        (
            "a/two.yml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n",
        ),
        (
            "c.json",
            r#"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"c"}}"#,
        ),
        (".hidden/x.yaml", "nonsense: ["),
        ("notes.txt", "nonsense: ["),
    ]);
    let (out, err, code) = output(folder.path(), &["read", ".", "-o", "json"]);
    let kinds: Vec<String> = out
        .lines()
        .map(|line| {
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            object["kind"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(kinds, ["ConfigMap", "Namespace", "Task", "Secret"]);
    assert_eq!((err.as_str(), code), ("", 0));
}

#[test]
fn documents_have_a_separator_between_them() {
    let folder = folder(&[("a.yaml", UNKNOWN), ("b.yaml", UNKNOWN)]);
    let (out, _, code) = output(folder.path(), &["read", "a.yaml", "b.yaml"]);
    assert_eq!(out.matches("---\n").count(), 1);
    assert!(!out.starts_with("---"));
    assert_eq!(code, 0);
}

#[test]
fn an_unknown_kind_passes_with_a_note_and_is_an_error_on_request() {
    let folder = folder(&[("bridge.yaml", UNKNOWN)]);
    let (out, err, code) = output(folder.path(), &["read", "bridge.yaml", "-o", "json"]);
    assert_eq!(
        out,
        "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Bridge\",\"spec\":{\"arches\":37,\"name\":\"on\"}}\n"
    );
    assert!(err.contains("note[unknown-kind]"), "{err}");
    assert!(err.contains("--> bridge.yaml:2:7"), "{err}");
    assert_eq!(code, 0);
    let (_, err, code) = output(folder.path(), &["read", "--strict-kinds", "bridge.yaml"]);
    assert!(err.contains("error[unknown-kind]"), "{err}");
    assert_eq!(code, 1);
}

#[test]
fn the_version_that_has_a_kind_is_named() {
    let folder = folder(&[(
        "a.yaml",
        "apiVersion: argoproj.io/v1\nkind: Workflow\nspec: {}\n",
    )]);
    let (_, err, _) = output(folder.path(), &["read", "a.yaml"]);
    assert!(
        err.contains("`Workflow` is a kind of `argoproj.io/v1alpha1`"),
        "{err}"
    );
}

#[test]
fn all_mistakes_are_said_at_once_and_what_is_right_is_printed() {
    let wrong = TASK
        .replace("image:", "imagee:")
        .replace("steps:", "stepz: []\n  steps:");
    let folder = folder(&[("good.yaml", TASK), ("wrong.yaml", &wrong)]);
    let (out, err, code) = output(folder.path(), &["read", ".", "--format", "concise"]);
    assert_eq!(out.matches("kind: Task").count(), 1);
    assert_eq!(
        err,
        "wrong.yaml:6:3: error[unknown-field] unknown field `spec.stepz` (did you mean `steps`?)\n\
         wrong.yaml:8:7: error[unknown-field] unknown field `spec.steps[0].imagee` (did you mean `image`?)\n"
    );
    assert_eq!(code, 1);
}

#[test]
fn objects_inside_objects_are_read_as_strictly() {
    let sensor = "\
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: s}
spec:
  dependencies: [{name: d, eventSourceName: e, eventName: push}]
  triggers:
    - template:
        name: t
        argoWorkflow:
          operation: submit
          source:
            resource:
              apiVersion: argoproj.io/v1alpha1
              kind: Workflow
              metadata: {generateName: w-}
              spec:
                entrypoint: main
                priority: set by the event
                templates: [{name: main, container: {imagee: x}}]
          parameters:
            - {src: {dependencyName: d, dataKey: body}, dest: spec.priority}
";
    let folder = folder(&[("sensor.yaml", sensor)]);
    let (_, err, code) = output(
        folder.path(),
        &["read", "sensor.yaml", "--format", "concise"],
    );
    assert_eq!(
        err,
        "sensor.yaml:19:54: error[unknown-field] unknown field \
         `spec.triggers[0].template.argoWorkflow.source.resource.spec.templates[0].container.imagee` (did you mean `image`?)\n"
    );
    assert_eq!(code, 1);
}

#[test]
fn a_patch_stays_a_patch() {
    let deployment = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - image: x
";
    let application = "\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
spec:
  project: \"\"
  source:
    targetRevision: \"1.0\"
";
    for patch in [deployment, application] {
        let folder = folder(&[("patch.yaml", patch)]);
        let (out, err, code) = output(folder.path(), &["read", "patch.yaml"]);
        assert_eq!((out.as_str(), err.as_str(), code), (patch, "", 0));
    }
}

#[test]
fn standard_input_is_read() {
    luban()
        .args(["read", "-", "-o", "json"])
        .write_stdin(UNKNOWN)
        .assert()
        .success();
    let assert = luban()
        .args(["read", "-"])
        .write_stdin("a: [")
        .assert()
        .code(1);
    let err = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(err.contains("<stdin>:"), "{err}");
}

#[test]
fn a_path_that_is_not_there_is_an_error_of_input() {
    let folder = folder(&[]);
    let (_, err, code) = output(folder.path(), &["read", "nowhere.yaml"]);
    assert!(err.contains("cannot read `nowhere.yaml`"), "{err}");
    assert_eq!(code, 2);
}

#[test]
fn templates_of_charts_are_no_yaml_and_left_alone() {
    let folder = folder(&[
        ("chart/Chart.yaml", "apiVersion: v2\nname: x\n"),
        ("chart/templates/x.yaml", "{{ if .Values.x }}\na: [\n"),
        ("templates/x.yaml", UNKNOWN),
    ]);
    let (out, _, code) = output(folder.path(), &["read", "."]);
    assert!(out.contains("Bridge"));
    assert_eq!(code, 0);
}

#[test]
fn a_field_is_explained() {
    let folder = folder(&[]);
    let (out, _, code) = output(folder.path(), &["explain", "Task.spec.steps.onError"]);
    assert!(
        out.starts_with("Task.spec.steps.onError: string\n"),
        "{out}"
    );
    assert!(out.contains("`continue`"), "{out}");
    assert!(
        out.contains("tekton.dev/v1 (Tekton Pipelines v1.15)"),
        "{out}"
    );
    assert_eq!(code, 0);
    let (_, err, code) = output(folder.path(), &["explain", "Task.spec.stepps"]);
    assert!(err.contains("did you mean `steps`?"), "{err}");
    assert_eq!(code, 2);
}

#[test]
fn every_kind_has_a_schema() {
    let folder = folder(&[]);
    let (out, _, code) = output(folder.path(), &["schema", "tekton.dev/v1/Task"]);
    let schema: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(schema["properties"]["kind"]["const"], "Task");
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(code, 0);
    let (_, _, code) = output(folder.path(), &["schema", "--all", "schemas"]);
    assert_eq!(code, 0);
    for file in [
        "tekton.dev/task_v1.json",
        "argoproj.io/workflow_v1alpha1.json",
        "core/service_v1.json",
    ] {
        assert!(folder.path().join("schemas").join(file).is_file(), "{file}");
    }
    let (_, err, code) = output(folder.path(), &["schema", "Tsak"]);
    assert!(err.contains("did you mean `Task`?"), "{err}");
    assert_eq!(code, 2);
}
