use luban_api_tekton::ParamValue;
use luban_yaml::Path;

use crate::tekton::pipeline::{At, Given, Pipeline, PipelineTask, meant, references};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-pipeline-task",
    kinds: PIPELINES,
    title: "a task that waits for one that the Pipeline does not have",
    why: "It could never begin. A final task is none to wait for either: it runs when all others have ended.",
    fix: "Write the name of a task of the same Pipeline.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateGraph`, `validateTaskResultReferenceInFinallyTasks`, `validatePipelineResults`; pkg/reconciler/pipeline/dag/dag.go",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: clone
    taskRef: {resolver: git}
  - name: build
    runAfter: [⟦clon⟧, clone, ⟦report⟧]
    taskRef: {resolver: git}
    params: [{name: commit, value: 'x $(tasks.⟦fetch⟧.results.commit)'}]
  finally:
  - name: report
    taskRef: {resolver: git}
    params: [{name: commit, value: $(tasks.⟦fetch⟧.results.commit)}]
  results:
  - {name: commit, value: $(tasks.⟦fetch⟧.results.commit)}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: clone
    taskRef: {resolver: git}
  - name: build
    runAfter: [clone]
    taskRef: {resolver: git}
    params: [{name: commit, value: $(tasks.clone.results.commit)}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        for task in &pipeline.tasks {
            of_task(pipelines, pipeline, task, sink);
        }
        for (at, result) in pipeline.results.iter().enumerate() {
            let path = pipeline.path.key("results").index(at).key("value");
            of_result(pipelines, pipeline, &path, &result.value, sink);
        }
    }
}

fn of_task(pipelines: &Pipelines<'_>, pipeline: &Pipeline<'_>, task: &PipelineTask<'_>, sink: &mut Sink<'_>) {
    if !task.is_final {
        for (at, name) in task.run_after.iter().enumerate() {
            if pipeline.named(name, false).is_none() {
                let message = format!("{} runs after `{name}`, {}", task.title(), instead(pipeline, name));
                let path = task.path.key("runAfter").index(at);
                sink.push(sink.finding(message).at(pipelines.value(&path)));
            }
        }
    }
    // What final tasks read in matrices and steps is looked at by nobody.
    let is_looked_at = |at: At<'_>| match at {
        At::Param(Given::Params(_), _) | At::WhenInput(_) | At::WhenValue(..) | At::WhenCel(_) => true,
        _ => !task.is_final,
    };
    for used in task.results.iter().filter(|used| is_looked_at(used.at)) {
        let name = used.result.task;
        // That a final task cannot read results of another has a rule of its own.
        let is_known = match task.is_final {
            true => pipeline.task(name).is_some(),
            false => pipeline.named(name, false).is_some(),
        };
        if !is_known {
            let message = format!("{} reads a result of task `{name}`, {}", task.title(), instead(pipeline, name));
            let place = pipelines.inside(&used.at.path(&task.path), used.result.task_span.clone());
            sink.push(sink.finding(message).at(place));
        }
    }
}

fn of_result(pipelines: &Pipelines<'_>, pipeline: &Pipeline<'_>, path: &Path, value: &ParamValue, sink: &mut Sink<'_>) {
    // Upstream looks for the tasks of texts only.
    let ParamValue::String(text) = value else {
        return;
    };
    for result in references(text).filter_map(|reference| reference.result()) {
        let (list, is_final) = if result.is_of_finally { ("finally", true) } else { ("tasks", false) };
        if pipeline.named(result.task, is_final).is_some() {
            continue;
        }
        let name = result.task;
        let what = match pipeline.task(name) {
            Some(_) if is_final => format!("which is in `tasks`: this is `tasks.{name}`"),
            Some(_) => format!("which is in `finally`: this is `finally.{name}`"),
            None => instead(pipeline, name),
        };
        let message = format!("a result of the Pipeline takes one of task `{name}` of `{list}`, {what}");
        sink.push(sink.finding(message).at(pipelines.inside(path, result.task_span.clone())));
    }
}

/// What is said of a name that is no task's to wait for.
fn instead(pipeline: &Pipeline<'_>, name: &str) -> String {
    if pipeline.task(name).is_some() {
        return "a final task, for which no other can wait".to_owned();
    }
    let near = meant(name, pipeline.ordinary().map(|task| task.name));
    format!("which does not exist{near}")
}
