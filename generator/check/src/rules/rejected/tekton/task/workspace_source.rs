use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-workspace-source",
    kinds: tekton::RUNS,
    title: "a workspace of a run that is of no volume, or of several",
    why: "A workspace of a run is one volume: a claim, a template of one, `emptyDir`, `configMap`, `secret`, `projected` or `csi`.",
    fix: "Write one of them; several Secrets or ConfigMaps together are a `projected` volume.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/workspace_validation.go, `WorkspaceBinding.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  workspaces:
  - {⟦name⟧: a}
  - {name: b, emptyDir: {}, ⟦secret⟧: {secretName: b}}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  workspaces: [{name: a, emptyDir: {}}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for binding in &view.bindings {
        let name = tekton::text_of(binding.at, "name");
        let mut sources = binding.sources();
        match (sources.next(), sources.next()) {
            (Some(_), None) => {}
            (Some((first, first_at)), Some((second, second_at))) => {
                let message = format!("workspace `{name}` is of two volumes: `{second}` cannot stand beside `{first}`");
                sink.push(sink.finding(message).at(second_at.head()).related("the first is here", first_at.head()));
            }
            (None, _) => {
                if tekton::SOURCES.iter().any(|source| sink.is_misspelt_in(view.entry, binding.at, source)) {
                    continue;
                }
                let message = format!("workspace `{name}` is of no volume: it needs `persistentVolumeClaim`, `volumeClaimTemplate`, `emptyDir`, `configMap`, `secret`, `projected` or `csi`");
                sink.push(sink.finding(message).at(binding.at.head()));
            }
        }
    }
}
