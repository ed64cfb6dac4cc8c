use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-task-body",
    kinds: PIPELINES,
    title: "a task of a Pipeline that runs nothing, or several things",
    why: "A task runs one Task: `taskRef` names it, `taskSpec` has it in place. With alpha features, `pipelineRef` and `pipelineSpec` run a Pipeline.",
    fix: "Write exactly one of these.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `PipelineTask.validateRefOrSpec`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: ⟦build⟧
    params: [{name: a, value: b}]
  - name: test
    taskRef: {resolver: git}
    ⟦taskSpec⟧:
      steps: [{name: a, image: 'alpine:3.23'}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
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
    for (_, task) in pipelines.tasks() {
        let fields = [
            ("taskRef", task.task_ref.is_some()),
            ("taskSpec", task.task_spec.is_some()),
            ("pipelineRef", task.pipeline_ref.is_some()),
            ("pipelineSpec", task.has_pipeline_spec),
        ];
        let mut set = fields.iter().filter(|(_, is_set)| *is_set).map(|(field, _)| *field);
        let (first, second) = (set.next(), set.next());
        let title = task.title();
        if let (Some(first), Some(second)) = (first, second) {
            let message = format!("{title} runs several things: `{second}` cannot stand beside `{first}`");
            let finding = sink.finding(message).at(pipelines.key(&task.path.key(second)));
            sink.push(finding.related("the other one is here", pipelines.key(&task.path.key(first))));
        } else if first.is_none() && !fields.iter().any(|(field, _)| sink.is_misspelt(pipelines.entry, &task.path, field)) {
            let message = format!("{title} runs nothing: it needs `taskRef` or `taskSpec`");
            sink.push(sink.finding(message).at(pipelines.name_of(task)));
        }
    }
}
