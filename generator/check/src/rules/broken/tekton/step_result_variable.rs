use crate::tasks::{Site, Tasks};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "step-result-variable",
    title: "the path of a step result that the step does not declare",
    why: "Admission looks only at the script of a step that declares results. Elsewhere \
          `$(step.results.digest.path)` stays as it is written when the step declares no such result.",
    fix: "Declare the result in the step's `results`, or use `$(results.….path)` for a result of the task.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `ValidateStepResultsVariables`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: digest}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    script: |
      #!/bin/sh
      build > $(step.results.⟦digest⟧.path)
      cp build.digest $(results.digest.path)
  - name: push
    image: 'ghcr.io/acme/build:1.4.2'
    results: [{name: url}]
    args: [--url-file, $(step.results.⟦urls⟧.path)]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: push
    image: 'ghcr.io/acme/build:1.4.2'
    results: [{name: url}]
    args: [--url-file, $(step.results.url.path)]
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for body in &tasks.bodies {
        for used in body.uses_of("step") {
            let [_, results, name, ..] = used.path.segments.as_slice() else {
                continue;
            };
            let (Some("results"), Some(wanted)) = (results.key(), name.key()) else {
                continue;
            };
            let Site::Step(at) = used.site else {
                continue;
            };
            let Some(results) = body.steps.get(at).and_then(|step| step.results.as_ref()) else {
                continue;
            };
            // Admission refuses that.
            let is_said = used.keys.first() == Some(&"script") && !results.is_empty();
            let names = || results.iter().map(|result| result.name);
            if is_said || names().any(|name| name == wanted) {
                continue;
            }
            let near = did_you_mean(wanted, names());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let message = format!("result `{wanted}` is not declared by this step{near}, so the text stays as it is");
            let mut finding = sink.finding(message).at(Some(used.place(name.span.clone())));
            if let Some(of_task) = body.results.iter().find(|result| result.name == wanted) {
                finding = finding.related("the task has a result of that name: `$(results.….path)`", Some(of_task.place()));
            }
            sink.push(finding);
        }
    }
}
