use crate::tekton::pipeline::PipelineSignature;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-unknown-pipeline",
    kinds: PIPELINES,
    title: "a reference to a Pipeline that is not given",
    why: "The run would fail, unless the cluster has a Pipeline of that name in its namespace.",
    fix: "Write the name of a Pipeline, or give what the cluster has.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/pipelinerun/pipelinerun.go",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {name: ⟦biuld⟧}
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {name: build}
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let namespace = pipelines.entry.namespace();
    let of_run = pipelines.run.iter().filter_map(|run| Some((&run.path, run.pipeline_ref.as_ref()?)));
    let of_tasks = pipelines.tasks().filter_map(|(_, task)| Some((&task.path, task.pipeline_ref.as_ref()?)));
    for (path, reference) in of_run.chain(of_tasks) {
        if !matches!(PipelineSignature::of(pipelines.objects, pipelines.entry, reference), Some(None)) {
            continue;
        }
        let near = pipelines.objects.nearest("Pipeline", namespace, reference.name);
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("Pipeline `{}` is not found in namespace `{namespace}`{near}", reference.name);
        let place = pipelines.value(&path.key("pipelineRef").key("name"));
        sink.push(sink.missing(message).at(place));
    }
}
