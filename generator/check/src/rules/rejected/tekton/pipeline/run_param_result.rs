use crate::tekton::pipeline::{parts, references};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-param-result",
    kinds: PIPELINES,
    title: "a result of a task as parameter of a run",
    why: "A run is given its parameters before any task runs.",
    fix: "Give the result to a task, in the Pipeline.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipelinerun_validation.go, `validatePipelineRunParameters`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  params: [{name: image, value: 'x ⟦$(tasks.build.results.image)⟧'}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  params: [{name: image, value: '$(context.pipelineRun.name)'}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    if let Some(run) = &pipelines.run {
        for (at, param) in run.params.iter().enumerate() {
            for (part, text) in parts(&param.value) {
                for reference in references(text).filter(|reference| reference.result().is_some()) {
                    let path = part.path(run.path.key("params").index(at).key("value"));
                    let message = format!("`$({})` is not known yet: parameters of a run are given before tasks run", reference.body);
                    sink.push(sink.finding(message).at(pipelines.inside(&path, reference.span)));
                }
            }
        }
    }
}
