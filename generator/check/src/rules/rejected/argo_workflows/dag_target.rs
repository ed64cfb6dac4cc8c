use crate::argo::is_parameter;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "dag-target",
    kinds: WORKFLOWS,
    title: "a target that is no task",
    why: "`target` names the tasks that are wanted, with one space between them.",
    fix: "Write names of tasks of the same DAG.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateDAGTargets`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      target: a ⟦c⟧
      tasks:
      - {name: a, template: none}
      - {name: b, template: none}
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
      target: a b
      tasks:
      - {name: a, template: none}
      - {name: b, template: none}
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
        let target = template.target.as_deref().unwrap_or_default();
        let path = visit.path.key("dag").key("target");
        let resolved = view.resolved(visit, target);
        if resolved.is_empty() || template.tasks.is_empty() {
            continue;
        }
        let mut at = 0;
        for name in resolved.split(' ') {
            let range = at..at + name.len();
            at = range.end + 1;
            if is_parameter(name) || dag.by_name.contains_key(name) {
                continue;
            }
            let near = did_you_mean(name, dag.names.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
            let scalar = base.document().scalar(&path);
            let place = scalar.map(|scalar| if resolved == target && !name.is_empty() { scalar.place_of(range) } else { scalar.place() });
            let message = match (name.is_empty(), crate::argo::has_placeholder(name)) {
                (true, _) => "two spaces in `target` name a task without a name".to_owned(),
                (_, true) => "what an input names is no task of this DAG".to_owned(),
                _ => format!("target `{name}` is no task of this DAG{near}"),
            };
            sink.push_in(view.foreign(&visit.site), sink.finding(message).at(place));
        }
    }
}
