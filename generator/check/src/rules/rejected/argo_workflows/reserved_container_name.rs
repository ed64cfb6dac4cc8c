use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "reserved-container-name",
    kinds: WORKFLOWS,
    title: "a container called as one that Argo adds to the pod",
    why: "`wait`, `supervisor` and names that begin with `artifact-plugin-` are containers of Argo's own.",
    fix: "Choose another name.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, reserved container names",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
    sidecars: [{name: ⟦wait⟧, image: 'alpine:3.23'}]
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
    sidecars: [{name: docker, image: 'alpine:3.23'}]
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.templates() {
        let sidecars = visit.template.sidecars.iter().enumerate();
        let sidecars = sidecars.map(|(at, container)| (&container.name, visit.path.key("sidecars").index(at)));
        let set = visit.template.container_set.iter().flat_map(|set| &set.containers).enumerate();
        let set = set.map(|(at, container)| (&container.name, visit.path.key("containerSet").key("containers").index(at)));
        for (name, path) in sidecars.chain(set) {
            if matches!(name.as_str(), "wait" | "supervisor") || name.starts_with("artifact-plugin-") {
                let message = format!("`{name}` is the name of a container that Argo adds to the pod");
                let finding = sink.finding(message).at(base.value(&path.key("name")));
                sink.push_in(view.foreign(&visit.site), finding);
            }
        }
    }
}
