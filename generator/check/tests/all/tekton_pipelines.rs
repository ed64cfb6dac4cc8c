//! Where verdicts on Pipelines depend on the version, the holder or the flags. Each was asked of upstream's own code.

use luban_check::{Flags, Objects, Options, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

/// The rules of the errors in an object, in order.
fn errors(yaml: &str, flags: &[(&str, &str)]) -> Vec<&'static str> {
    let documents = parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
    let flags = flags
        .iter()
        .map(|(flag, value)| ((*flag).to_owned(), (*value).to_owned()));
    let options = Options {
        tekton: Flags::from_map(&flags.collect()).unwrap(),
        ..Options::default()
    };
    let findings = check(&Objects::new(documents), &options);
    let errors = findings
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.rule).collect()
}

fn pipeline(version: &str, spec: &str) -> String {
    format!(
        "apiVersion: tekton.dev/{version}\nkind: Pipeline\nmetadata: {{name: build}}\nspec:\n{spec}"
    )
}

fn run(version: &str, spec: &str) -> String {
    format!(
        "apiVersion: tekton.dev/{version}\nkind: PipelineRun\nmetadata: {{name: build}}\nspec:\n{spec}"
    )
}

const ALPHA: &[(&str, &str)] = &[("enable-api-fields", "alpha")];

#[test]
fn the_first_version_does_not_look_into_pipelines_in_tasks() {
    let spec = "  tasks:
  - name: child
    pipelineSpec:
      tasks: [{name: Build, taskRef: {name: build}}]
";
    assert_eq!(errors(&pipeline("v1", spec), ALPHA), ["pipeline-task-name"]);
    assert_eq!(errors(&pipeline("v1beta1", spec), ALPHA), [""; 0]);
}

#[test]
fn defaults_do_not_come_to_pipelines_in_tasks() {
    let task = "[{name: a, taskRef: {apiVersion: example.dev/v1}}]";
    let child = format!("  tasks: [{{name: child, pipelineSpec: {{tasks: {task}}}}}]\n");
    assert_eq!(
        errors(&pipeline("v1", &format!("  tasks: {task}\n")), ALPHA),
        [""; 0]
    );
    assert_eq!(
        errors(&pipeline("v1", &child), ALPHA),
        ["custom-task-version"]
    );
}

#[test]
fn an_empty_list_in_a_matrix_counts_as_one_value_since_v1() {
    let list: Vec<String> = (0..300).map(|number| format!("'{number}'")).collect();
    let spec = format!(
        "  tasks:
  - name: build
    taskRef: {{name: build}}
    matrix:
      params: [{{name: a, value: [{}]}}, {{name: b, value: []}}]
",
        list.join(", ")
    );
    assert_eq!(errors(&pipeline("v1", &spec), &[]), ["matrix-combinations"]);
    assert_eq!(errors(&pipeline("v1beta1", &spec), &[]), [""; 0]);
}

#[test]
fn what_includes_add_to_a_matrix_counts() {
    let list: Vec<String> = (0..256).map(|number| format!("'{number}'")).collect();
    let spec = |include: &str| {
        let list = list.join(", ");
        let params = format!("[{{name: a, value: [{list}]}}]");
        pipeline(
            "v1",
            &format!(
                "  tasks:\n  - name: b\n    taskRef: {{name: b}}\n    matrix: {{params: {params}, include: [{{params: [{include}]}}]}}\n"
            ),
        )
    };
    assert_eq!(errors(&spec("{name: a, value: '1'}"), &[]), [""; 0]);
    let added = "{name: a, value: x}";
    assert_eq!(errors(&spec(added), &[]), ["matrix-combinations"]);
}

#[test]
fn workspaces_of_a_run_come_to_its_own_pipeline() {
    let spec = "  workspaces: [{name: source, emptyDir: {}}]
  pipelineSpec:
    tasks:
    - name: build
      taskRef: {name: build}
      workspaces: [{name: a, workspace: source}, {name: b, workspace: nowhere}]
";
    assert_eq!(errors(&run("v1", spec), &[]), [""; 0]);
    let rule = "undeclared-pipeline-workspace";
    assert_eq!(errors(&run("v1beta1", spec), &[]), [rule]);
}

#[test]
fn final_tasks_of_a_runs_own_pipeline_may_use_any_parameter() {
    let task = |name: &str| {
        format!(
            "[{{name: {name}, taskRef: {{name: a}}, params: [{{name: a, value: $(params.nowhere)}}]}}]"
        )
    };
    let spec = format!(
        "  pipelineSpec:\n    tasks: {}\n    finally: {}\n",
        task("build"),
        task("report")
    );
    assert_eq!(errors(&run("v1", &spec), &[]), ["pipeline-unknown-param"]);
    let spec = format!(
        "  tasks: {}\n  finally: {}\n",
        task("build"),
        task("report")
    );
    let both = ["pipeline-unknown-param"; 2];
    assert_eq!(errors(&pipeline("v1", &spec), &[]), both);
}

#[test]
fn no_limit_for_the_pipeline_leaves_no_room_for_both_parts() {
    let timeouts = |timeouts: &str| {
        run(
            "v1",
            &format!("  pipelineRef: {{name: build}}\n  timeouts: {timeouts}\n"),
        )
    };
    assert_eq!(
        errors(&timeouts("{pipeline: 0s, tasks: 10h}"), &[]),
        [""; 0]
    );
    let both = timeouts("{pipeline: 0s, tasks: 1h, finally: 1h}");
    assert_eq!(errors(&both, &[]), ["run-timeouts"]);
}

#[test]
fn an_object_without_keys_is_none_to_upstream() {
    let spec = |properties: &str| {
        pipeline(
            "v1",
            &format!(
                "  params: [{{name: o, type: object, default: {{}}{properties}}}]\n  tasks: [{{name: a, taskRef: {{name: a}}, params: [{{name: a, value: 'x-$(params.o)'}}]}}]\n"
            ),
        )
    };
    assert_eq!(errors(&spec(""), &[]), [""; 0]);
    let keys = ", properties: {a: {}}";
    assert_eq!(errors(&spec(keys), &[]), ["pipeline-object-in-text"]);
}

#[test]
fn names_that_something_else_fills_in_are_not_judged() {
    let spec = "  tasks: [{name: '{{ .Values.name }}', taskRef: {name: '{{ .Values.task }}'}}]\n";
    assert_eq!(errors(&pipeline("v1", spec), &[]), [""; 0]);
}

#[test]
fn a_result_that_a_step_reads_makes_its_task_wait() {
    let step = |version: &str, task: &str| {
        let args = format!("['$(tasks.{task}.results.a)']");
        let taken = format!("{{steps: [{{image: a, args: {args}}}]}}");
        pipeline(
            version,
            &format!(
                "  tasks:\n  - {{name: a, taskRef: {{name: a}}}}\n  - {{name: b, taskSpec: {taken}}}\n"
            ),
        )
    };
    assert_eq!(errors(&step("v1", "a"), &[]), [""; 0]);
    assert_eq!(errors(&step("v1", "b"), &[]), ["pipeline-task-cycle"]);
    assert_eq!(errors(&step("v1", "c"), &[]), ["unknown-pipeline-task"]);
    // The first version does not look there.
    assert_eq!(errors(&step("v1beta1", "c"), &[]), [""; 0]);
}

#[test]
fn a_slip_in_a_name_is_told_what_was_probably_meant() {
    let spec = "  tasks:\n  - {name: clone, taskRef: {name: a}}\n  - {name: b, runAfter: [clon], taskRef: {name: a}}\n";
    let yaml = pipeline("v1", spec);
    let documents = parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
    let findings = check(&Objects::new(documents), &Options::default());
    let mut messages = findings.iter().map(|finding| finding.message.as_str());
    let expected = "task `b` runs after `clon`, which does not exist (did you mean `clone`?)";
    assert!(messages.any(|message| message == expected));
}
