use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-run-status",
    kinds: &["TaskRun", "CustomRun"],
    title: "a TaskRun or CustomRun in a state that it cannot be in",
    why: "`status` cancels a TaskRun or holds it back; `statusMessage` says why.",
    fix: "Write `TaskRunCancelled` or `TaskRunPending`, and a message only beside it.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/taskrun_validation.go, `TaskRun.Validate`, `TaskRunSpec.Validate`; v1beta1/customrun_validation.go",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  status: ⟦Cancelled⟧
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  ⟦statusMessage⟧: not needed
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  status: TaskRunPending
  statusMessage: wait for it
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let is_task = view.kind == tekton::Kind::TaskRun;
    let is_custom = view.kind == tekton::Kind::CustomRun;
    let Some(spec) = view.spec().filter(|_| is_task || is_custom) else {
        return;
    };
    let status = tekton::text_of(spec, "status");
    let known = ["TaskRunCancelled", "TaskRunPending"];
    if is_task && !status.is_empty() && !known.contains(&status) {
        let near = did_you_mean(status, known);
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("`status` cannot be `{status}`: it is `TaskRunCancelled` or `TaskRunPending`{near}");
        sink.push(sink.finding(message).at(spec.get("status").map(Cursor::place)));
    }
    let has_started = view.root.get("status").and_then(|status| status.get("startTime")).is_some();
    if is_task && status == "TaskRunPending" && has_started {
        let message = "`status` cannot be `TaskRunPending`: the run has started, as its status says";
        sink.push(sink.finding(message).at(spec.get("status").map(Cursor::place)));
    }
    let why = spec.get("statusMessage").filter(|why| why.text() != Some(""));
    if let Some(why) = why.filter(|_| status.is_empty() && !sink.is_misspelt_in(view.entry, spec, "status")) {
        let message = "`statusMessage` is only for a `status`, which is missing";
        sink.push(sink.finding(message).at(why.head()));
    }
}
