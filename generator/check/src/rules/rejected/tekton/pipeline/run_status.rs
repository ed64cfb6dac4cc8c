use crate::rules::prelude::*;
use crate::tekton::pipeline::meant;

pub(crate) static RULE: Rule = Rule {
    id: "run-status",
    kinds: PIPELINES,
    title: "`status` of a PipelineRun that says nothing, or comes too late",
    why: "It is `Cancelled`, `CancelledRunFinally`, `StoppedRunFinally` or `PipelineRunPending`; a run that has started cannot wait to be started.",
    fix: "Write one of these, or remove it.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipelinerun_validation.go, `validateSpecStatus`, `PipelineRun.Validate`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  status: ⟦PipelineRunCancelled⟧
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  status: ⟦PipelineRunPending⟧
status:
  startTime: "2026-01-01T00:00:00Z"
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  status: PipelineRunPending
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

const KNOWN: &[&str] = &["Cancelled", "CancelledRunFinally", "StoppedRunFinally", "PipelineRunPending"];

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for run in pipelines.run.iter().filter(|run| !run.status.is_empty()) {
        let message = if !KNOWN.contains(&run.status) {
            let near = meant(run.status, KNOWN.iter().copied());
            format!("status `{}` does not exist: it is one of `{}`{near}", run.status, KNOWN.join("`, `"))
        } else if run.status == "PipelineRunPending" && run.has_started {
            "the run has started, so that it cannot wait to be started".to_owned()
        } else {
            continue;
        };
        sink.push(sink.finding(message).at(pipelines.value(&run.path.key("status"))));
    }
}
