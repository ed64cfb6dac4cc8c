use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-body",
    kinds: PIPELINES,
    title: "a PipelineRun that runs nothing, or two Pipelines",
    why: "A run runs one Pipeline: `pipelineRef` names it, `pipelineSpec` has it in place.",
    fix: "Write exactly one of these.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipelinerun_validation.go, `PipelineRunSpec.Validate`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
⟦spec⟧:
  params: [{name: a, value: b}]
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  ⟦pipelineSpec⟧:
    tasks: [{name: build, taskRef: {resolver: git}}]
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
    let Some(run) = &pipelines.run else {
        return;
    };
    let [reference, spec] = ["pipelineRef", "pipelineSpec"];
    match (run.pipeline_ref.is_some(), run.has_pipeline_spec) {
        (true, true) => {
            let message = format!("`{spec}` cannot stand beside `{reference}`: a run runs one Pipeline");
            let finding = sink.finding(message).at(pipelines.key(&run.path.key(spec)));
            sink.push(finding.related("the reference is here", pipelines.key(&run.path.key(reference))));
        }
        (false, false) => {
            if [reference, spec].iter().any(|field| sink.is_misspelt(pipelines.entry, &run.path, field)) {
                return;
            }
            let message = if pipelines.entry.document.has_value(&run.path) {
                format!("the run runs nothing: it needs `{reference}` or `{spec}`")
            } else {
                format!("`{}` is missing: the run needs `{reference}` or `{spec}`", run.path)
            };
            sink.push(sink.finding(message).at(pipelines.key(&run.path)));
        }
        _ => {}
    }
}
