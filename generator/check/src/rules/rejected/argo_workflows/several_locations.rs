use luban_api_argo_workflows::Artifact;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "several-locations",
    kinds: WORKFLOWS,
    title: "an artifact with several locations",
    why: "Full definitions of Argo Workflows v4 refuse it, and others take one of them without a word.",
    fix: "Keep one location.",
    source: "argo-workflows v4.1 manifests/base/crds/full, rule of `Artifact`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts:
      - {name: source, path: /source, git: {repo: 'https://example.com/a.git'}, ⟦raw⟧: {data: x}}
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
      artifacts: [{name: source, path: /source, raw: {data: x}}]
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.templates() {
        let inputs = visit.template.inputs.iter().flat_map(|inputs| &inputs.artifacts);
        let outputs = visit.template.outputs.iter().flat_map(|outputs| &outputs.artifacts);
        let inputs = inputs.enumerate().map(|(at, artifact)| (artifact, visit.path.key("inputs").key("artifacts").index(at)));
        let outputs = outputs.enumerate().map(|(at, artifact)| (artifact, visit.path.key("outputs").key("artifacts").index(at)));
        for (artifact, path) in inputs.chain(outputs) {
            let mut places: Vec<_> = locations(artifact).map(|field| (base.key(&path.key(field)), field)).collect();
            places.sort();
            let [(before, first), (after, second), ..] = &places[..] else {
                continue;
            };
            let message = format!("artifact `{}` has several locations: `{first}` and `{second}`", artifact.name);
            let finding = sink.finding(message).at(after.clone()).related("the other is here", before.clone());
            if let Some(finding) = sink.refused_by_definitions(finding) {
                sink.push_in(view.foreign(&visit.site), finding);
            }
        }
    }
}

fn locations(artifact: &Artifact) -> impl Iterator<Item = &'static str> {
    [
        ("artifactory", artifact.artifactory.is_some()),
        ("azure", artifact.azure.is_some()),
        ("gcs", artifact.gcs.is_some()),
        ("git", artifact.git.is_some()),
        ("hdfs", artifact.hdfs.is_some()),
        ("http", artifact.http.is_some()),
        ("oss", artifact.oss.is_some()),
        ("plugin", artifact.plugin.is_some()),
        ("raw", artifact.raw.is_some()),
        ("s3", artifact.s3.is_some()),
    ]
    .into_iter()
    .filter_map(|(field, is)| is.then_some(field))
}
