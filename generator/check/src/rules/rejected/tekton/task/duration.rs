use luban_expression::duration;
use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-duration",
    kinds: tekton::RUNS_AND_TASKS,
    title: "a timeout of a step, TaskRun or CustomRun that is no duration",
    why: "Timeouts are decoded with the object, before variables are put in: `$(…)` cannot stand there.",
    fix: "Write a duration with units, such as `1h30m` or `90s`.",
    source: "tektoncd/pipeline v1.15 the webhook decodes objects; apimachinery `metav1.Duration.UnmarshalJSON`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: timeout}]
  steps:
  - {image: 'alpine:3.23', timeout: ⟦$(params.timeout)⟧}
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  timeout: ⟦'90'⟧
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {image: 'alpine:3.23', timeout: 1h30m}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let mut found: Vec<Cursor<'_>> = Vec::new();
    let steps = view.tasks.iter().flat_map(|task| tekton::items_of(task.at, "steps"));
    found.extend(steps.filter_map(|step| step.get("timeout")));
    let is_run = matches!(view.kind, tekton::Kind::TaskRun | tekton::Kind::CustomRun);
    found.extend(view.spec().filter(|_| is_run).and_then(|spec| spec.get("timeout")));
    for timeout in found {
        let text = timeout.text().unwrap_or_default();
        // Of a number, and of no scalar at all, the reader says that it is no text.
        if !timeout.is_string() || duration::parse(text).is_ok() || tekton::is_placeholder(text) {
            continue;
        }
        let message = if text.contains("$(") {
            "a timeout cannot be a variable: the object is refused before variables are put in".to_owned()
        } else if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            format!("timeout `{text}` has no unit: write `{text}s` for seconds")
        } else {
            format!("`{text}` is no duration, such as `1h30m`")
        };
        sink.push(sink.finding(message).at(timeout.place()));
    }
}
