use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-without-pipeline",
    kinds: PIPELINES,
    title: "a PipelineRun that says nothing of what it runs",
    why: "A run runs one Pipeline: `pipelineRef` names it, `pipelineSpec` has it in place.",
    fix: "Write one of these.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipelinerun_validation.go, `PipelineRunSpec.Validate`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
⟦spec⟧:
  params: [{name: a, value: b}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for run in pipelines.run.iter().filter(|run| run.pipeline_ref.is_none() && !run.has_pipeline_spec) {
        let fields = ["pipelineRef", "pipelineSpec"];
        if fields.iter().any(|field| sink.is_misspelt(pipelines.entry, &run.path, field)) {
            continue;
        }
        let message = if pipelines.entry.document.has_value(&run.path) {
            "the run runs nothing: it needs `pipelineRef` or `pipelineSpec`".to_owned()
        } else {
            format!("`{}` is missing: the run needs `pipelineRef` or `pipelineSpec`", run.path)
        };
        sink.push(sink.finding(message).at(pipelines.key(&run.path)));
    }
}
