use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-both-timeouts",
    kinds: PIPELINES,
    title: "`timeout` beside `timeouts`",
    why: "`timeouts.pipeline` is what `timeout` was.",
    fix: "Write `timeouts.pipeline` only.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1beta1/pipelinerun_validation.go, `PipelineRunSpec.Validate`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1beta1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  ⟦timeout⟧: 1h
  timeouts: {tasks: 30m}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1beta1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  timeouts: {pipeline: 1h, tasks: 30m}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for run in pipelines.run.iter().filter(|run| run.timeout.is_some() && run.timeouts.is_some()) {
        let finding = sink.finding("`timeout` cannot stand beside `timeouts`: it is `timeouts.pipeline`");
        let finding = finding.at(pipelines.key(&run.path.key("timeout")));
        sink.push(finding.related("`timeouts` is set here", pipelines.key(&run.path.key("timeouts"))));
    }
}
