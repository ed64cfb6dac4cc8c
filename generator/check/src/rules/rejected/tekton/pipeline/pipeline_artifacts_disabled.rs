use crate::tekton::artifacts_of_tasks;
use crate::tekton::pipeline::{At, Given};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-artifacts-disabled",
    kinds: PIPELINES,
    title: "artifacts of a task, where they are off",
    why: "Artifacts need the flag `enable-artifacts`.",
    fix: "Use results, or set the flag, in the cluster and for this check.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateArtifactReference`; internal/artifactref",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
  - name: test
    taskRef: {resolver: git}
    params: [{name: image, value: 'x ⟦$(tasks.build.outputs.image)⟧'}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
  - name: test
    taskRef: {resolver: git}
    params: [{name: image, value: $(tasks.build.outputs.image)}]
"#,
    ).flags(&[("enable-artifacts", "true")])],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    if pipelines.options.tekton.enable_artifacts {
        return;
    }
    for (_, task) in pipelines.tasks() {
        let of_params = task.param_texts().filter(|(at, _)| matches!(at, At::Param(Given::Params(_), _)));
        for (at, text) in of_params {
            for span in artifacts_of_tasks(text) {
                let written = text.get(span.clone()).unwrap_or_default();
                // Where the Task itself writes is nothing that upstream looks for here.
                if written == "$(artifacts.path)" {
                    continue;
                }
                let message = format!("`{written}` needs `enable-artifacts: true`, and the cluster has it off");
                let place = pipelines.inside(&at.path(&task.path), span);
                sink.push(sink.finding(message).at(place));
            }
        }
    }
}
