use crate::argo::{Grammar, is_parameter, named_lists};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "invalid-name",
    kinds: WORKFLOWS,
    title: "a name with characters that such names do not have",
    why: "Names stand in expressions such as `{{inputs.parameters.NAME}}` and in names of pods, which allow few characters.",
    fix: "Use letters, digits and `-`, in names of parameters and artifacts `_` too.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `isValidWorkflowFieldName`, `isValidParamOrArtifactName`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  arguments:
    parameters: [{name: ⟦git.revision⟧}]
  templates:
  - name: ⟦build_image⟧
    container: {image: 'alpine:3.23'}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: build
    container: {image: 'alpine:3.23'}
    outputs:
      parameters: [{name: digest, globalName: ⟦image digest⟧, valueFrom: {path: /tmp/digest}}]
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  arguments:
    parameters: [{name: git_revision}]
  templates:
  - name: build-image
    container: {image: 'alpine:3.23'}
    inputs:
      parameters: [{name: name}]
    outputs:
      parameters: [{name: digest, globalName: '{{inputs.parameters.name}}', valueFrom: {path: /tmp/digest}}]
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for list in named_lists(view) {
        for item in list.items.iter().filter(|item| !item.name.is_empty()) {
            if let (Some(base), Some(allowed)) = (view.base(&list.site), list.grammar.fault(&item.judged())) {
                let message = format!("`{}` is invalid as the name of {}: {allowed}", item.judged(), with_article(list.of));
                let finding = sink.finding(message).at(base.value(&list.path(item).key("name")));
                sink.push_in(view.foreign(&list.site), finding);
            }
        }
    }
    for (visit, base) in view.bodies() {
        let Some(outputs) = &visit.template.outputs else {
            continue;
        };
        let parameters = outputs.parameters.iter().map(|output| &output.global_name).enumerate();
        let artifacts = outputs.artifacts.iter().map(|output| &output.global_name).enumerate();
        let parameters = parameters.map(|(at, name)| ("parameters", at, name));
        for (field, at, name) in parameters.chain(artifacts.map(|(at, name)| ("artifacts", at, name))) {
            let name = name.as_deref().unwrap_or_default();
            let name = view.resolved(visit, name);
            let name = crate::argo::with_placeholders_as_x(&name);
            if name.is_empty() || is_parameter(&name) {
                continue;
            }
            if let Some(allowed) = Grammar::Parameter.fault(&name) {
                let path = visit.path.key("outputs").key(field).index(at).key("globalName");
                let message = format!("`{name}` is invalid as the name of an output of the workflow: {allowed}");
                let finding = sink.finding(message).at(base.value(&path));
                sink.push_in(view.foreign(&visit.site), finding);
            }
        }
    }
}

fn with_article(what: &str) -> String {
    let article = if what.starts_with('a') { "an" } else { "a" };
    format!("{article} {what}")
}
