use crate::argo::{BaseKind, TemplateKind};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "missing-image",
    kinds: WORKFLOWS,
    title: "a container or script without an image",
    why: "A pod cannot start without one. `templateDefaults` of the Workflow or WorkflowTemplate may give it, those of a \
          ClusterWorkflowTemplate that is referred to may not.",
    fix: "Write `image`, by digest if it can be.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateLeaf`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    ⟦container⟧: {command: [echo]}
  - name: other
    ⟦script⟧: {command: [sh], source: 'true'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templateDefaults:
    container: {image: 'alpine:3.23'}
  templates:
  - name: main
    container: {command: [echo]}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let defaults = base.spec.template_defaults.as_deref();
        let (image, default) = match visit.kind() {
            Some(TemplateKind::Container) => (
                visit.template.container.as_ref().and_then(|container| container.image.as_deref()),
                defaults.and_then(|defaults| defaults.container.as_ref()?.image.as_deref()),
            ),
            Some(TemplateKind::Script) => (
                visit.template.script.as_ref().and_then(|script| script.image.as_deref()),
                defaults.and_then(|defaults| defaults.script.as_ref()?.image.as_deref()),
            ),
            _ => continue,
        };
        let kind = visit.kind().map_or("", TemplateKind::field);
        let path = visit.path.key(kind);
        let has_default = value_is(default) && base.kind != BaseKind::ClusterWorkflowTemplate;
        let is_empty = view.resolved(visit, image.unwrap_or_default()).is_empty();
        if is_empty && !has_default && !sink.is_misspelt(base.entry, &path, "image") {
            let message = format!("`{}` is missing", path.key("image"));
            sink.push_in(view.foreign(&visit.site), sink.finding(message).at(base.key(&path)));
        }
    }
}
