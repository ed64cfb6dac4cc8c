use crate::tasks::{Site, Tasks, action_results};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-step-variable",
    title: "a variable of a step or of a result of a step that does not exist",
    why: "A result of a step is read when a later step starts: of a step that does not exist, comes later or has \
          no such result there is none, and the step fails. The path of an exit code is that of `step-` and the \
          name.",
    fix: "Correct the name, declare the result in the step, or use it in a later step.",
    source: "tektoncd/pipeline v1.15 pkg/entrypoint/entrypointer.go, `applyStepResultSubstitutions`; \
          pkg/reconciler/taskrun/resources/apply.go, `ApplyStepExitCodePath`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results:
  - {name: digest, value: $(steps.⟦bulid⟧.results.digest)}
  steps:
  - name: plan
    image: 'ghcr.io/acme/build:1.4.2'
    args: [$(steps.⟦build⟧.results.digest)]
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    onError: continue
    results: [{name: digest}]
    args: [$(step.results.digest.path)]
  - name: push
    image: 'ghcr.io/acme/build:1.4.2'
    args: [$(steps.build.results.⟦digets⟧), $(steps.⟦build⟧.exitCode.path)]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results:
  - {name: digest, value: $(steps.build.results.digest)}
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    onError: continue
    results: [{name: digest}]
    args: [$(step.results.digest.path)]
  - name: push
    image: 'ghcr.io/acme/build:1.4.2'
    args: [$(steps.build.results.digest), $(steps.step-build.exitCode.path)]
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for body in &tasks.bodies {
        for used in body.uses_of("steps") {
            let [_, step, what, rest @ ..] = used.path.segments.as_slice() else {
                continue;
            };
            let (Some(name), Some(what)) = (step.key(), what.key()) else {
                continue;
            };
            let is_exit_code = what == "exitCode";
            if !is_exit_code && what != "results" {
                continue;
            }
            // Results are read by later steps alone, and by results of the task.
            if !is_exit_code && !matches!(used.site, Site::Step(_) | Site::Result) {
                continue;
            }
            let wanted = if is_exit_code { name.strip_prefix("step-") } else { Some(name) };
            let found = wanted.and_then(|wanted| body.steps.iter().position(|step| step.name == wanted));
            let place = Some(used.place(step.span.clone()));
            let Some(found) = found else {
                let names = body.steps.iter().map(|step| &*step.name);
                let is_plain = is_exit_code && body.steps.iter().any(|step| step.name == name);
                let message = if is_plain {
                    format!("the exit code of step `{name}` is at `steps.step-{name}.exitCode.path`")
                } else {
                    let near = did_you_mean(wanted.unwrap_or(name), names);
                    let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                    format!("this task has no step `{name}`{near}")
                };
                sink.push(sink.finding(message).at(place));
                continue;
            };
            let Some(other) = body.steps.get(found) else {
                continue;
            };
            let is_later = matches!(used.site, Site::Step(at) if at <= found);
            if is_later && !is_exit_code {
                let message = format!("step `{name}` has not run yet when this is read");
                let there = other.node.get("name").unwrap_or(other.node).place();
                sink.push(sink.finding(message).at(place).related("it runs here", Some(there)));
                continue;
            }
            let results = match &other.results {
                Some(results) => Some(results.iter().map(|result| result.name).collect()),
                None => action_results(tasks.objects, other.node, ""),
            };
            let (Some(results), Some(result)) = (results, rest.first().filter(|_| !is_exit_code)) else {
                continue;
            };
            let wanted = result.key().unwrap_or_default();
            if results.contains(&wanted) || wanted.is_empty() {
                continue;
            }
            let near = did_you_mean(wanted, results.iter().copied());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let message = format!("step `{name}` has no result `{wanted}`{near}");
            sink.push(sink.finding(message).at(Some(used.place(result.span.clone()))));
        }
    }
}
