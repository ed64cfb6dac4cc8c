use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-name-digit",
    kinds: WORKFLOWS,
    title: "a task whose name begins with a digit, in a DAG with dependencies",
    why: "Names of tasks stand in expressions of `depends`, where a name that begins with a digit is read as a number.",
    fix: "Begin the name with a letter.",
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
      - {name: ⟦1st⟧, template: none}
      - {name: second, template: none, depends: 1st.Succeeded}
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
      - {name: 1st, template: none}
      - {name: second, template: none}
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
        let uses_depends = template.tasks.iter().any(|task| value_is(task.depends.as_deref()));
        for (at, (task, name)) in template.tasks.iter().zip(&dag.names).enumerate() {
            let is_judged = uses_depends || !task.dependencies.is_empty();
            if is_judged && name.starts_with(|letter: char| letter.is_ascii_digit()) {
                let path = visit.path.key("dag").key("tasks").index(at).key("name");
                let message = format!("task `{name}` begins with a digit, which `depends` and `dependencies` cannot read");
                sink.push_in(view.foreign(&visit.site), sink.finding(message).at(base.value(&path)));
            }
        }
    }
}
