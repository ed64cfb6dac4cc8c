use crate::argo::{PathFault, TemplateKind, path_fault};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "artifact-path",
    kinds: WORKFLOWS,
    title: "an artifact without a path in its container, with one outside, or with one where there is no container",
    why: "Containers find artifacts at a path, which must not lead out of its directory by `..`; steps, DAGs and pauses have no \
          files.",
    fix: "Give the path of a file or directory in the container; in `steps` and `dag` use `from`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateInputs`, `validateOutputs`; `Artifact.CleanPath`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts: [{⟦name⟧: source}]
    container: {image: 'alpine:3.23'}
    outputs:
      artifacts: [{name: image, path: ⟦/work/../etc⟧}]
  - name: all
    inputs:
      artifacts: [{name: source, path: ⟦/source⟧}]
    steps:
    - - {name: a, template: none}
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
    inputs:
      artifacts: [{name: source, path: /source}]
    container: {image: 'alpine:3.23'}
    outputs:
      artifacts: [{name: image, path: /tmp/image.tar}]
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.templates().filter(|(visit, _)| visit.kinds.len() == 1) {
        let inputs = visit.template.inputs.iter().flat_map(|inputs| &inputs.artifacts);
        let outputs = visit.template.outputs.iter().flat_map(|outputs| &outputs.artifacts);
        let inputs = inputs.enumerate().map(|(at, artifact)| ("inputs", at, artifact));
        let outputs = outputs.enumerate().map(|(at, artifact)| ("outputs", at, artifact));
        for (group, at, artifact) in inputs.chain(outputs.filter(|_| visit.is_first)) {
            let item = visit.path.key(group).key("artifacts").index(at);
            let path = item.key("path");
            let written = artifact.path.as_deref().unwrap_or_default();
            // Upstream looks at paths of inputs before variables are put in.
            let value = if group == "inputs" { written.into() } else { view.resolved(visit, written) };
            let is_leaf = visit.kind().is_some_and(TemplateKind::is_leaf);
            let finding = match path_fault(&value) {
                Some(PathFault::Missing) if is_leaf => {
                    if sink.is_misspelt(base.entry, &item, "path") {
                        continue;
                    }
                    let message = format!("`{path}` is missing: artifact `{}` needs one", artifact.name);
                    sink.finding(message).at(base.head(&item))
                }
                Some(PathFault::Escapes) if is_leaf => {
                    let message = format!("path `{written}` of artifact `{}` leads out of its directory by `..`", artifact.name);
                    sink.finding(message).at(base.value(&path))
                }
                Some(PathFault::Missing) | None if is_leaf || written.is_empty() => continue,
                _ => {
                    let kind = visit.kind().map_or("", TemplateKind::field);
                    let message = format!("artifact `{}` cannot have a `path`: a template of kind `{kind}` has no files", artifact.name);
                    sink.finding(message).at(base.value(&path))
                }
            };
            sink.push_in(view.foreign(&visit.site), finding);
        }
    }
}
