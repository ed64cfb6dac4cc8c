use crate::argo::task_results;
use crate::rules::prelude::*;

const RESULTS: [&str; 8] = [
    "Succeeded", "Failed", "Errored", "Skipped", "Omitted", "Daemoned", "AnySucceeded", "AllFailed",
];

pub(crate) static RULE: Rule = Rule {
    id: "task-result",
    kinds: WORKFLOWS,
    title: "an unknown result of a task in `depends`",
    why: "A task ends in one of eight ways; any other is never true.",
    fix: "Use `Succeeded`, `Failed`, `Errored`, `Skipped`, `Omitted`, `Daemoned`, and for loops `AnySucceeded` or `AllFailed`.",
    source: "argo-workflows v4.1 workflow/common/ancestry.go, `ValidateTaskResults`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: none}
      - {name: b, template: none, depends: 'a.Failed || a.⟦Success⟧'}
  - name: none
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: none}
      - {name: b, template: none, depends: a.Succeeded || a.Failed}
  - name: none
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let tasks = visit.template.dag.iter().flat_map(|dag| &dag.tasks);
        for (at, task) in tasks.enumerate() {
            let depends = task.depends.as_deref().unwrap_or_default();
            let path = visit.path.key("dag").key("tasks").index(at).key("depends");
            for (range, result) in task_results(depends).filter(|(_, result)| !RESULTS.contains(result)) {
                let near = did_you_mean(result, RESULTS).map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
                let place = base.document().scalar(&path).map(|scalar| scalar.place_of(range));
                let finding = sink.finding(format!("a task has no result `{result}`{near}")).at(place);
                let finding = finding.help(format!("known results: `{}`", RESULTS.join("`, `")));
                sink.push_in(view.foreign(&visit.site), finding);
            }
        }
    }
}
