use crate::tasks::{Site, Tasks};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-result-variable",
    title: "the path of a result that the task does not declare",
    why: "Admission looks for results in scripts of steps only. In arguments, variables of the environment and \
          sidecars `$(results.digest.path)` stays as it is written when there is no such result: the program \
          writes to a file of that name, and the result is missing.",
    fix: "Declare the result in `spec.results`, or correct the name.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `validateTaskResultsVariables`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: digest}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    args: [--digest-file, $(results.⟦digets⟧.path), $(results.digest.path)]
    env: [{name: SIZE_FILE, value: $(results.⟦size⟧.path)}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: digest}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    args: [--digest-file, $(results.digest.path)]
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for body in &tasks.bodies {
        for used in body.uses_of("results") {
            let Some((name, segment)) = used.named() else {
                continue;
            };
            // Admission refuses that.
            let is_said = matches!(used.site, Site::Step(_)) && used.keys.first() == Some(&"script");
            let is_elsewhere = matches!(used.site, Site::Param | Site::Result);
            let names = || body.results.iter().map(|result| result.name);
            if is_said || is_elsewhere || used.is_one_of(names()) {
                continue;
            }
            let near = did_you_mean(name, names());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let message = format!("result `{name}` is not declared by this task{near}, so the text stays as it is");
            sink.push(sink.finding(message).at(Some(used.place(segment.span.clone()))));
        }
    }
}
