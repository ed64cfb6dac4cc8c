use std::collections::HashMap;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-task-resources",
    kinds: PIPELINES,
    title: "resources in a PipelineRun for a step without name, for one twice, or for the whole task too",
    why: "Each entry means one step or sidecar by its name. A task has its resources step by step or as a whole.",
    fix: "Name each step once; with `computeResources`, give its steps none.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipelinerun_validation.go, `validateTaskRunSpec`; taskrun_validation.go, `validateStepSpecs`, `validateSidecarSpecs`, `validateTaskRunComputeResources`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  taskRunSpecs:
  - pipelineTaskName: build
    stepSpecs: [{name: a, computeResources: {}}, {name: ⟦A⟧, computeResources: {}}]
    sidecarSpecs: [{⟦name⟧: '', computeResources: {}}]
  - pipelineTaskName: test
    ⟦computeResources⟧: {limits: {cpu: '1'}}
    stepSpecs: [{name: a, computeResources: {limits: {cpu: '1'}}}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  taskRunSpecs:
  - pipelineTaskName: build
    stepSpecs: [{name: a, computeResources: {limits: {cpu: '1'}}}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let tasks = pipelines.run.iter().flat_map(|run| &run.tasks);
    for task in tasks {
        for (field, names) in &task.lists {
            let mut first = HashMap::new();
            for (at, name) in names.iter().enumerate() {
                let item = task.path.key(field).index(at);
                let path = item.key("name");
                if name.is_empty() {
                    if !sink.is_misspelt(pipelines.entry, &item, "name") {
                        let message = format!("`{path}` is missing: it names a step or sidecar");
                        sink.push(sink.finding(message).at(pipelines.key(&path)));
                    }
                    continue;
                }
                // Upstream makes no difference between `a` and `A`, though names of containers have no capitals.
                let Some(other) = first.insert(name.to_lowercase(), path.clone()) else {
                    continue;
                };
                let message = format!("`{name}` is given resources twice");
                let finding = sink.finding(message).at(pipelines.value(&path));
                sink.push(finding.related("the other ones are here", pipelines.value(&other)));
            }
        }
        if task.has_resources
            && let Some(step) = task.steps_with_resources.first()
        {
            let field = task.lists.first().map_or("stepSpecs", |(field, _)| *field);
            let message = "`computeResources` cannot stand beside resources of a step: they are for all steps together";
            let finding = sink.finding(message).at(pipelines.key(&task.path.key("computeResources")));
            let step = pipelines.value(&task.path.key(field).index(*step).key("name"));
            sink.push(finding.related("the step is here", step));
        }
    }
}
