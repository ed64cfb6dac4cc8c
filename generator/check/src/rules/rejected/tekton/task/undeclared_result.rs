use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-undeclared-result",
    kinds: tekton::WITH_STEPS,
    title: "a script that writes a result which is not declared",
    why: "`$(results.x.path)` is a file for each result of the task, `$(step.results.x.path)` one for each result of the step.",
    fix: "Declare the result, or correct the name.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `validateTaskResultsVariables`, `ValidateStepResultsVariables`, `ValidateStepActionResultsVariables`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: digest}]
  steps:
  - image: alpine:3.23
    results: [{name: image}]
    script: echo > $(results.⟦digset⟧.path) > $(step.results.⟦digest⟧.path)
",
    ), Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata: {name: build}
spec:
  image: alpine:3.23
  script: echo > $(step.results.⟦digest⟧.path)
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: digest}]
  steps:
  - image: alpine:3.23
    results: [{name: image}]
    script: echo > $(results.digest.path) > $(step.results.image.path)
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for task in &view.tasks {
        let of_task = names(task.at);
        for step in &task.steps {
            judge(step.at, "results", "task", &of_task, sink);
            // Upstream looks only where the step has results.
            if step.at.get("results").is_some() {
                judge(step.at, "step.results", "step", &names(step.at), sink);
            }
        }
    }
    if let (tekton::Kind::StepAction, Some(spec)) = (view.kind, view.spec()) {
        let declared = names(spec);
        judge(spec, "results", "step action", &declared, sink);
        judge(spec, "step.results", "step action", &declared, sink);
    }
}

fn names<'a>(of: Cursor<'a>) -> Vec<&'a str> {
    tekton::items_of(of, "results").map(|result| tekton::text_of(result, "name")).collect()
}

fn judge(of: Cursor<'_>, prefix: &str, called: &str, declared: &[&str], sink: &mut Sink<'_>) {
    let Some(script) = of.get("script").and_then(Cursor::scalar) else {
        return;
    };
    for variable in tekton::variables(script.text(), prefix) {
        let name = variable.name();
        if variable.has_too_many_parts() {
            let message = format!("`$({prefix}.{})` is no result: a result is `$({prefix}.<name>.path)`", variable.rest);
            sink.push(sink.finding(message).at(script.place_of(variable.span)));
            continue;
        }
        if declared.contains(&&*name) {
            continue;
        }
        let near = did_you_mean(&name, declared.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("result `{name}` is not declared by the {called}{near}");
        sink.push(sink.finding(message).at(script.place_of(variable.name_span())));
    }
}
