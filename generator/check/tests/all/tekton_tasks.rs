//! What Tekton's webhook sees in tasks that other objects hold, and in what it reads leniently.

use luban_check::{Family, Objects, Options, check, rule};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

/// Findings as `severity rule text`.
fn findings(yaml: &str) -> Vec<String> {
    let documents = parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
    let found = check(&Objects::new(documents), &Options::default());
    let is_of_webhook = |finding: &&luban_diagnostic::Finding| {
        rule(finding.rule).is_some_and(|rule| rule.family == Family::Rejected)
    };
    let shown = found.iter().filter(is_of_webhook).map(|finding| {
        let span = finding.place.as_ref().unwrap().span;
        let text = &yaml[span.start.offset as usize..span.end.offset as usize];
        let severity = match finding.severity {
            Severity::Error => "error",
            _ => "warning",
        };
        format!("{severity} {} {text}", finding.rule)
    });
    shown.collect()
}

fn object(kind: &str, spec: &str) -> String {
    format!(
        "apiVersion: tekton.dev/v1\nkind: {kind}\nmetadata: {{generateName: a-}}\nspec:\n{spec}"
    )
}

#[test]
fn a_step_in_a_run_uses_what_the_run_gives_and_one_in_a_pipeline_what_is_declared() {
    let step = "steps: [{image: 'alpine:3.23', script: 'echo $(params.a) $(params.b)'}]";
    let run = format!("  params: [{{name: a, value: x}}]\n  taskSpec:\n    {step}\n");
    assert_eq!(
        findings(&object("TaskRun", &run)),
        ["error tekton-undeclared-param b"]
    );
    let pipeline = format!(
        "params: [{{name: a, default: z}}]\n    tasks:\n    - name: t\n      taskSpec:\n        {step}\n"
    );
    let of_run = format!("  params: [{{name: b, value: x}}]\n  pipelineSpec:\n    {pipeline}");
    assert_eq!(findings(&object("PipelineRun", &of_run)), [""; 0]);
    let alone = format!("  {}", pipeline.replace("\n    ", "\n  "));
    assert_eq!(
        findings(&object("Pipeline", &alone)),
        ["error tekton-undeclared-param b"]
    );
}

#[test]
fn an_array_that_a_run_gives_is_an_array_in_the_task_in_it() {
    let yaml = object(
        "TaskRun",
        "  params: [{name: a, value: [x]}]\n  taskSpec:\n    steps: [{image: 'alpine:3.23', script: 'echo $(params.a)'}]\n",
    );
    assert_eq!(findings(&yaml), ["error tekton-array-in-text $(params.a)"]);
}

#[test]
fn what_the_template_of_steps_says_is_said_once_for_all_steps() {
    let yaml = object(
        "Task",
        "  stepTemplate: {image: $(params.image)}\n  steps: [{name: a}, {name: b}, {name: c, image: 'alpine:3.23'}]\n",
    );
    assert_eq!(findings(&yaml), ["error tekton-undeclared-param image"]);
}

#[test]
fn null_in_a_list_is_an_item_without_fields() {
    let yaml = object("Task", "  steps:\n  - null\n");
    assert_eq!(findings(&yaml), ["error tekton-missing-image null"]);
}

#[test]
fn a_value_in_a_field_of_other_letters_is_lost_and_a_list_in_one_is_refused() {
    let yaml = object(
        "Task",
        "  steps: [{image: 'alpine:3.23', workingdir: /a}]\n",
    );
    assert_eq!(findings(&yaml), ["warning unknown-field workingdir"]);
    let yaml = object("Task", "  Steps: [{image: 'alpine:3.23'}]\n");
    assert_eq!(findings(&yaml), ["error unknown-field Steps"]);
}

#[test]
fn names_that_something_else_fills_in_are_not_judged() {
    let yaml = object(
        "Task",
        "  steps: [{name: '{{ .Values.step }}', image: 'alpine:3.23'}]\n",
    )
    .replace("generateName: a-", "name: '${APP}-build'");
    assert_eq!(findings(&yaml), [""; 0]);
}
