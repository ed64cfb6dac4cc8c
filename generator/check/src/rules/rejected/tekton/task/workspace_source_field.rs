use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-workspace-source-field",
    kinds: tekton::RUNS,
    title: "a workspace of a run whose volume is not named",
    why: "The volume is found by that name.",
    fix: "Write the field.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/workspace_validation.go, `WorkspaceBinding.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  workspaces:
  - {name: a, ⟦persistentVolumeClaim⟧: {readOnly: true}}
  - {name: b, ⟦secret⟧: {}}
  - {name: c, projected: {⟦sources⟧: []}}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  workspaces: [{name: a, persistentVolumeClaim: {claimName: a}}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for binding in view.bindings.iter().filter(|binding| binding.sources().count() == 1) {
        let Some((at, source, field)) = binding.missing_field() else {
            continue;
        };
        if sink.is_misspelt_in(view.entry, at, field) {
            continue;
        }
        let name = tekton::text_of(binding.at, "name");
        let message = format!("`{source}.{field}` of workspace `{name}` is missing");
        let place = at.key_place(field).unwrap_or_else(|| at.head());
        sink.push(sink.finding(message).at(place));
    }
}
