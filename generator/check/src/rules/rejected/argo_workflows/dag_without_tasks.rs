use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "dag-without-tasks",
    kinds: WORKFLOWS,
    title: "a DAG without tasks",
    why: "It would do nothing.",
    fix: "Add a task.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateDAG`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    ⟦dag⟧: {tasks: []}
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
      tasks: [{name: a, template: none}]
  - name: none
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let path = visit.path.key("dag");
        let is_empty = visit.template.dag.as_ref().is_some_and(|dag| dag.tasks.is_empty());
        if is_empty && !sink.is_misspelt(base.entry, &path, "tasks") {
            let message = format!("`{}` is missing: a DAG needs a task", path.key("tasks"));
            sink.push_in(view.foreign(&visit.site), sink.finding(message).at(base.key(&path)));
        }
    }
}
