use luban_yaml::Path;

use crate::argo::{At, Base, Visit};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-dependency",
    kinds: WORKFLOWS,
    title: "a dependency on a task or container that does not exist",
    why: "It would wait for ever. Names in `depends` are found by their letters, so that a variable there is read as names too.",
    fix: "Write the name of a task of the same DAG, or of a container of the same set.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateDAG`; `ContainerSetTemplate.Validate`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: clone, template: none}
      - {name: b, template: none, depends: '⟦clon⟧.Succeeded && clone'}
  - name: none
    containerSet:
      containers:
      - {name: a, image: 'alpine:3.23', dependencies: [⟦b⟧]}
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
      - {name: clone, template: none}
      - {name: b, template: none, dependencies: [clone]}
  - name: none
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        tasks(view, sink, visit, base);
        let Some(set) = &visit.template.container_set else {
            continue;
        };
        let names: Vec<&str> = set.containers.iter().map(|container| container.name.as_str()).collect();
        for (at, container) in set.containers.iter().enumerate() {
            let path = visit.path.key("containerSet").key("containers").index(at).key("dependencies");
            for (item, name) in container.dependencies.iter().enumerate() {
                if !names.contains(&name.as_str()) {
                    let near = did_you_mean(name, names.iter().copied());
                    let near = near.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
                    let message = format!("container `{}` depends on `{name}`, which does not exist{near}", container.name);
                    let finding = sink.finding(message).at(base.value(&path.index(item)));
                    sink.push_in(view.foreign(&visit.site), finding);
                }
            }
        }
    }
}

fn tasks(view: &View<'_>, sink: &mut Sink<'_>, visit: &Visit<'_>, base: &Base<'_>) {
    let (Some(template), Some(dag)) = (&visit.template.dag, &visit.dag) else {
        return;
    };
    for (at, (task, dependencies)) in template.tasks.iter().zip(&dag.dependencies).enumerate() {
        let path = visit.path.key("dag").key("tasks").index(at);
        let unknown = dependencies.iter().filter(|dependency| !dag.by_name.contains_key(&dependency.name));
        for dependency in unknown {
            let depends = task.depends.as_deref().unwrap_or_default();
            let (place, has_variable) = match &dependency.at {
                At::Dependencies(item) => (base.value(&path.key("dependencies").index(*item)), dependency.name.contains("{{")),
                At::Depends(range) => (inside(base, &path.key("depends"), range), depends.contains("{{")),
            };
            let near = did_you_mean(&dependency.name, dag.names.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
            let message = if has_variable || crate::argo::has_placeholder(&dependency.name) {
                format!("task `{}` cannot depend on what a variable names", task.name)
            } else {
                format!("task `{}` depends on `{}`, which does not exist{near}", task.name, dependency.name)
            };
            sink.push_in(view.foreign(&visit.site), sink.finding(message).at(place));
            if has_variable {
                break;
            }
        }
    }
}

/// The place of a name in an expression, or of all of it if it has variables, which change what stands where.
fn inside(base: &Base<'_>, path: &Path, range: &std::ops::Range<usize>) -> Option<luban_diagnostic::Place> {
    let scalar = base.document().scalar(path)?;
    Some(if scalar.text().contains("{{") { scalar.place() } else { scalar.place_of(range.clone()) })
}
