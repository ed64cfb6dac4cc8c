use luban_expression::duration;
use luban_yaml::Path;

use crate::tekton::is_placeholder;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-duration",
    kinds: PIPELINES,
    title: "a timeout of a task of a Pipeline, or of a run, that is no duration",
    why: "It cannot be read: a duration is numbers with units, such as `90s` or `1h30m`.",
    fix: "Write a duration of that form.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_types.go, pipelinerun_types.go, `metav1.Duration`; Go 1.26 `time.ParseDuration`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    timeout: '⟦10⟧'
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  timeouts: {pipeline: ⟦1day⟧}
  taskRunSpecs: [{pipelineTaskName: build, timeout: ⟦x⟧}]
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
    timeout: 1h30m
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let mut found: Vec<(Path, &str)> = Vec::new();
    for (_, task) in pipelines.tasks() {
        found.extend(task.timeout.map(|text| (task.path.key("timeout"), text)));
    }
    if let Some(run) = &pipelines.run {
        let path = run.path.key("timeouts");
        let timeouts = run.timeouts.into_iter().flat_map(|it| {
            [("pipeline", &it.pipeline), ("tasks", &it.tasks), ("finally", &it.finally)]
        });
        let timeouts = timeouts.filter_map(|(field, text)| Some((path.key(field), text.as_deref()?)));
        found.extend(timeouts);
        found.extend(run.timeout.map(|text| (run.path.key("timeout"), text)));
        let of_tasks = run.tasks.iter();
        found.extend(of_tasks.filter_map(|task| Some((task.path.key("timeout"), task.timeout?))));
    }
    for (path, text) in found.into_iter().filter(|(_, text)| !is_placeholder(text)) {
        if let Err(problem) = duration::parse(text) {
            let message = format!("`{path}` cannot be read: {}", problem.message);
            sink.push(sink.finding(message).at(pipelines.inside(&path, problem.span)));
        }
    }
}
