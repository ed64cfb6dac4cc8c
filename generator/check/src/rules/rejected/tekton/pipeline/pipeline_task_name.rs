use crate::tekton::{is_dns_label, is_placeholder};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-task-name",
    kinds: PIPELINES,
    title: "a task of a Pipeline without a name, or with one that is no DNS label",
    why: "The names of pods are made of the task's name.",
    fix: "Write at most 63 small letters, digits and hyphens, a letter or digit first and last.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `PipelineTask.ValidateName`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: ⟦Build_1⟧
    taskRef: {resolver: git}
  - ⟦taskRef⟧: {resolver: git}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build-1
    taskRef: {resolver: git}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks().filter(|(_, task)| !is_dns_label(task.name) && !is_placeholder(task.name)) {
        let path = task.path.key("name");
        if sink.is_misspelt(pipelines.entry, &task.path, "name") {
            continue;
        }
        let message = if task.name.is_empty() {
            format!("`{path}` is missing: a task of a Pipeline has a name")
        } else {
            let rule = "at most 63 small letters, digits and `-`, a letter or digit first and last";
            format!("`{}` is invalid as the name of a task of a Pipeline: {rule}", task.name)
        };
        sink.push(sink.finding(message).at(pipelines.name_of(task)));
    }
}
