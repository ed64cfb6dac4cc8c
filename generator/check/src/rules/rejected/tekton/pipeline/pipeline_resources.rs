use crate::tekton::pipeline::Version;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-resources",
    kinds: PIPELINES,
    title: "PipelineResources, which are gone",
    why: "Tekton has none since v0.53, and refuses the field.",
    fix: "Remove it; clone and push in tasks, and give digests and URLs as results.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1beta1/pipeline_validation.go, `PipelineSpec.Validate`, `PipelineTask.Validate`; pipelinerun_validation.go, `PipelineRunSpec.Validate`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1beta1
kind: Pipeline
metadata: {name: build}
spec:
  ⟦resources⟧: [{name: source, type: git}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    ⟦resources⟧: {inputs: [{name: source, resource: source}]}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1beta1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let document = &pipelines.entry.document;
    let mut found = Vec::new();
    for pipeline in pipelines.all.iter().filter(|pipeline| pipeline.version == Version::V1Beta1) {
        let list = pipeline.path.key("resources");
        found.extend(document.length_at(&list).is_some_and(|length| length > 0).then_some(list));
        let of_tasks = pipeline.tasks.iter().map(|task| task.path.key("resources"));
        found.extend(of_tasks.filter(|path| document.has_value(path)));
    }
    let runs = pipelines.run.iter().filter(|run| run.version == Version::V1Beta1);
    found.extend(runs.map(|run| run.path.key("resources")).filter(|path| document.has_value(path)));
    for path in found {
        let message = format!("`{path}` is refused: there are no PipelineResources any more");
        sink.push(sink.finding(message).at(pipelines.key(&path)));
    }
}
