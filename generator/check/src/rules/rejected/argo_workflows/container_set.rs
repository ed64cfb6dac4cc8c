use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "container-set",
    kinds: WORKFLOWS,
    title: "a container set without containers, or with inputs or outputs and no container `main`",
    why: "Artifacts and outputs belong to the container that is called `main`.",
    fix: "Call the container that reads and writes them `main`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateLeaf`; `ContainerSetTemplate.Validate`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    ⟦containerSet⟧: {containers: []}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    containerSet:
      ⟦containers⟧: [{name: a, image: 'alpine:3.23'}]
    outputs:
      parameters: [{name: digest, valueFrom: {path: /tmp/digest}}]
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    containerSet:
      containers: [{name: main, image: 'alpine:3.23'}]
    outputs:
      parameters: [{name: digest, valueFrom: {path: /tmp/digest}}]
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let Some(set) = &visit.template.container_set else {
            continue;
        };
        let path = visit.path.key("containerSet");
        let has_inputs = visit.template.inputs.as_ref().is_some_and(|inputs| !inputs.artifacts.is_empty());
        let has_outputs = visit.template.outputs.as_ref();
        let has_outputs = has_outputs.is_some_and(|outputs| !outputs.parameters.is_empty() || !outputs.artifacts.is_empty());
        let has_main = set.containers.iter().any(|container| container.name == "main");
        let finding = if set.containers.is_empty() {
            if sink.is_misspelt(base.entry, &path, "containers") {
                continue;
            }
            sink.finding(format!("`{}` is missing: a container set needs a container", path.key("containers"))).at(base.key(&path))
        } else if (has_inputs || has_outputs) && !has_main {
            let message = "a container set with input artifacts or outputs needs a container called `main`";
            sink.finding(message).at(base.key(&path.key("containers")))
        } else {
            continue;
        };
        sink.push_in(view.foreign(&visit.site), finding);
    }
}
