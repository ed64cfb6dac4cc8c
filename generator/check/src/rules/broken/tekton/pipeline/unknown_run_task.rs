use crate::rules::prelude::*;
use crate::tekton::pipeline::meant;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-run-task",
    kinds: PIPELINES,
    title: "settings in a PipelineRun for a task that its Pipeline does not have",
    why: "The run fails before it begins.",
    fix: "Write the name of a task of the Pipeline.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/pipelinerun/resources/pipelinerunresolution.go, `ValidateTaskRunSpecs`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineSpec:
    tasks: [{name: build, taskRef: {resolver: git}}]
  taskRunSpecs: [{pipelineTaskName: ⟦biuld⟧, timeout: 10m}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineSpec:
    tasks: [{name: build, taskRef: {resolver: git}}]
  taskRunSpecs: [{pipelineTaskName: build, timeout: 10m}]
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let (Some(run), Some(signature)) = (&pipelines.run, pipelines.run_signature()) else {
        return;
    };
    for task in run.tasks.iter().filter(|task| !signature.tasks.contains(&task.name)) {
        let near = meant(task.name, signature.tasks.iter().copied());
        let message = format!("the Pipeline has no task `{}`{near}", task.name);
        let finding = sink.finding(message).at(pipelines.key_or_value(&task.path.key("pipelineTaskName")));
        sink.push(finding);
    }
}
