use luban_api_argo_workflows::DAGTask;

use crate::argo::{At, Dag};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "dependency-cycle",
    kinds: WORKFLOWS,
    title: "tasks or containers that wait for each other",
    why: "None of them would ever start.",
    fix: "Remove one of the dependencies.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `sortDAGTasks`, `verifyNoCycles`; `ContainerSetTemplate.Validate`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: none, dependencies: [⟦c⟧]}
      - {name: b, template: none, dependencies: [a]}
      - {name: c, template: none, dependencies: [b]}
  - name: none
    containerSet:
      containers:
      - {name: main, image: 'alpine:3.23', dependencies: [⟦main⟧]}
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
      - {name: b, template: none, depends: a}
      - {name: c, template: none, depends: a && b.Succeeded}
  - name: none
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let containers;
        let (dag, path, is_tasks) = match (&visit.dag, &visit.template.container_set) {
            (Some(dag), _) => (dag, visit.path.key("dag").key("tasks"), true),
            (None, Some(set)) => {
                // A set of containers is a DAG of a simpler kind.
                let tasks: Vec<DAGTask> = set.containers.iter().map(|container| DAGTask {
                    name: container.name.clone(),
                    dependencies: container.dependencies.clone(),
                    ..DAGTask::default()
                }).collect();
                if tasks.iter().all(|task| task.dependencies.is_empty()) {
                    continue;
                }
                containers = Dag::of_names(&tasks);
                (&containers, visit.path.key("containerSet").key("containers"), false)
            }
            (None, None) => continue,
        };
        for cycle in &dag.cycles {
            let (Some(first), Some(next)) = (cycle.first(), cycle.get(1).or(cycle.first())) else {
                continue;
            };
            let name = |at: &usize| dag.names.get(*at).map_or("", String::as_str);
            let mut names: Vec<&str> = cycle.iter().map(name).collect();
            names.push(name(first));
            let what = if is_tasks { "tasks" } else { "containers" };
            let named = dag.dependencies.get(*first).into_iter().flatten();
            let at = named.filter(|dependency| dependency.name == name(next)).map(|dependency| &dependency.at).next();
            let place = match at {
                Some(At::Dependencies(item)) => base.value(&path.index(*first).key("dependencies").index(*item)),
                Some(At::Depends(range)) => {
                    let scalar = base.document().scalar(&path.index(*first).key("depends"));
                    scalar.map(|scalar| scalar.place_of(range.clone()))
                }
                None => base.value(&path.index(*first).key("name")),
            };
            let message = format!("{what} wait for each other in a cycle: {}", names.join(" -> "));
            let mut finding = sink.finding(message).at(place);
            for at in cycle.iter().skip(1) {
                finding = finding.related("through this", base.value(&path.index(*at).key("name")));
            }
            sink.push_in(view.foreign(&visit.site), finding);
        }
    }
}
