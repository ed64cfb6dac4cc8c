use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-script-and-command",
    kinds: tekton::WITH_STEPS,
    title: "a step with both a script and a command",
    why: "A script is the command: Tekton writes it to a file and runs that.",
    fix: "Remove one of them; `args` may stand beside either.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `Step.Validate`, `Sidecar.Validate`; v1beta1/stepaction_validation.go",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - image: alpine:3.23
    command: [make]
    ⟦script⟧: make
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  stepTemplate: {command: [sh]}
  steps:
  - {image: 'alpine:3.23', ⟦script⟧: make}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {image: 'alpine:3.23', script: make, args: [all]}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for task in &view.tasks {
        for step in task.steps.iter().filter(|step| step.reference().is_none()) {
            push(step.at, step.list("command"), &step.called(), sink);
        }
        for sidecar in tekton::items_of(task.at, "sidecars").filter(|_| !view.is_beta) {
            let name = tekton::text_of(sidecar, "name");
            push(sidecar, sidecar.get("command"), &format!("sidecar `{name}`"), sink);
        }
    }
    if let (tekton::Kind::StepAction, Some(spec)) = (view.kind, view.spec()) {
        push(spec, spec.get("command"), "the step action", sink);
    }
}

fn push(of: Cursor<'_>, command: Option<Cursor<'_>>, called: &str, sink: &mut Sink<'_>) {
    let script = of.get("script").filter(|script| script.text() != Some(""));
    let command = command.filter(|command| !command.is_empty());
    if let (Some(script), Some(command)) = (script, command) {
        let message = format!("`script` of {called} cannot stand beside `command`");
        sink.push(sink.finding(message).at(script.head()).related("the command is here", command.head()));
    }
}
