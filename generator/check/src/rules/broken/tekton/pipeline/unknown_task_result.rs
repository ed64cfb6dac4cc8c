use luban_yaml::Path;

use crate::tekton::pipeline::{Pipeline, ResultReference, meant, parts, references};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-task-result",
    kinds: PIPELINES,
    title: "a result that the Task does not declare",
    why: "The run of the Pipeline fails before it begins.",
    fix: "Write the name of a result of the Task, or declare it there.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/pipelinerun/resources/validate_dependencies.go, `validateResultRef`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskSpec:
      results: [{name: image}]
      steps: [{name: a, image: 'alpine:3.23'}]
  - name: test
    taskRef: {resolver: git}
    params: [{name: image, value: 'x-$(tasks.build.results.⟦imgae⟧)'}]
  results:
  - {name: image, value: $(tasks.build.results.⟦digest⟧)}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskSpec:
      results: [{name: image}]
      steps: [{name: a, image: 'alpine:3.23'}]
  - name: test
    taskRef: {resolver: git}
    params: [{name: image, value: 'x-$(tasks.build.results.image)'}]
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        for (path, result) in all(pipeline) {
            let Some(task) = pipeline.task(result.task) else {
                continue;
            };
            let Some(signature) = task.target.signature() else {
                continue;
            };
            if signature.results.iter().any(|declared| declared.name == result.result) {
                continue;
            }
            let near = meant(result.result, signature.results.iter().map(|it| it.name.as_str()));
            let message = format!("task `{}` has no result `{}`{near}", task.name, result.result);
            let place = pipelines.inside(&path, result.result_span.clone());
            let finding = sink.finding(message).at(place);
            let declared = match signature.entry {
                Some(entry) => entry.document.locate_head(&entry.path),
                None => pipelines.name_of(task),
            };
            sink.push(finding.related("the Task is here", declared));
        }
    }
}

/// The results that the tasks and the results of a Pipeline take, and the texts that they stand in.
fn all<'a>(pipeline: &Pipeline<'a>) -> Vec<(Path, ResultReference<'a>)> {
    let mut all = Vec::new();
    for task in &pipeline.tasks {
        all.extend(task.results.iter().map(|used| (used.at.path(&task.path), used.result.clone())));
    }
    for (at, result) in pipeline.results.iter().enumerate() {
        for (part, text) in parts(&result.value) {
            let path = part.path(pipeline.path.key("results").index(at).key("value"));
            all.extend(references(text).filter_map(|it| Some((path.clone(), it.result()?))));
        }
    }
    all
}
