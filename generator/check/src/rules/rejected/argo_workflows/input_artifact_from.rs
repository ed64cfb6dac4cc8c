use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "input-artifact-from",
    kinds: WORKFLOWS,
    title: "an input artifact that says where it comes from",
    why: "`from` belongs to the call: `arguments.artifacts` of the step or task say which artifact is passed.",
    fix: "Move `from` to the arguments of the step or task.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateInputs`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts: [{name: source, path: /source, ⟦from⟧: '{{workflow.name}}'}]
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
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.templates() {
        let artifacts = visit.template.inputs.iter().flat_map(|inputs| &inputs.artifacts);
        for (at, artifact) in artifacts.enumerate().filter(|(_, artifact)| value_is(artifact.from.as_deref())) {
            let path = visit.path.key("inputs").key("artifacts").index(at).key("from");
            let finding = sink.finding(format!("input artifact `{}` cannot have `from`", artifact.name)).at(base.key(&path));
            sink.push_in(view.foreign(&visit.site), finding.help("say it in the arguments of the step or task that calls"));
        }
    }
}
