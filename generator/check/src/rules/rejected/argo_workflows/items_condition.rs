use crate::argo::At;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "items-condition",
    kinds: WORKFLOWS,
    title: "`AnySucceeded` or `AllFailed` of a task that is not repeated",
    why: "They ask about the items of a loop.",
    fix: "Use `Succeeded` or `Failed`, or repeat the task by `withItems`, `withParam` or `withSequence`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateDAG`",
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
      - {name: b, template: none, depends: ⟦a⟧.AnySucceeded}
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
      - {name: a, template: none, withSequence: {count: 2}}
      - {name: b, template: none, depends: a.AnySucceeded}
  - name: none
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let (Some(template), Some(dag)) = (&visit.template.dag, &visit.dag) else {
            continue;
        };
        for (at, dependencies) in dag.dependencies.iter().enumerate() {
            for dependency in dependencies {
                let (Some(condition), Some(other)) = (dependency.of_items, dag.by_name.get(&dependency.name)) else {
                    continue;
                };
                let Some(task) = template.tasks.get(*other) else {
                    continue;
                };
                let is_loop = !task.with_items.is_empty() || value_is(task.with_param.as_deref()) || task.with_sequence.is_some();
                let At::Depends(range) = &dependency.at else {
                    continue;
                };
                if !is_loop {
                    let tasks = visit.path.key("dag").key("tasks");
                    let path = tasks.index(at).key("depends");
                    let place = base.document().scalar(&path).map(|scalar| scalar.place_of(range.clone()));
                    let message = format!("`{condition}` asks about items, and task `{}` has none", dependency.name);
                    let finding = sink.finding(message).at(place);
                    let finding = finding.related("the task is here", base.value(&tasks.index(*other).key("name")));
                    sink.push_in(view.foreign(&visit.site), finding);
                }
            }
        }
    }
}
