use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "depends-mixed",
    kinds: WORKFLOWS,
    title: "`depends` in a DAG that also uses `dependencies` or `continueOn`",
    why: "`depends` says all: which tasks, and after which of their ends. The older two mean nothing beside it.",
    fix: "Write `dependencies: [a, b]` as `depends: a && b`, and `continueOn` as `a.Succeeded || a.Failed` where it is depended on.",
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
      - {name: a, template: none, ⟦continueOn⟧: {failed: true}}
      - {name: b, template: none, ⟦dependencies⟧: [a]}
      - {name: c, template: none, depends: a && b}
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
      - {name: a, template: none, continueOn: {failed: true}}
      - {name: b, template: none, dependencies: [a]}
  - name: none
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let Some(dag) = &visit.template.dag else {
            continue;
        };
        let path = visit.path.key("dag").key("tasks");
        let mut tasks = dag.tasks.iter();
        let Some(using) = tasks.position(|task| value_is(task.depends.as_deref())) else {
            continue;
        };
        let related = base.key(&path.index(using).key("depends"));
        for (at, task) in dag.tasks.iter().enumerate() {
            let path = path.index(at);
            let dependencies = (!task.dependencies.is_empty()).then_some("dependencies");
            let continue_on = task.continue_on.as_ref().map(|_| "continueOn");
            for field in dependencies.into_iter().chain(continue_on) {
                let message = format!("`{field}` cannot be used in a DAG that uses `depends`");
                let finding = sink.finding(message).at(base.key(&path.key(field)));
                let finding = finding.related("`depends` is used here", related.clone());
                let help = match field {
                    "dependencies" => format!("write `depends: {}`", task.dependencies.join(" && ")),
                    _ => format!("write `{0}.Succeeded || {0}.Failed` where `{0}` is depended on", task.name),
                };
                sink.push_in(view.foreign(&visit.site), finding.help(help));
            }
        }
    }
}
