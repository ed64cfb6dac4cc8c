use luban_expression::duration;
use luban_yaml::Path;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-timeouts",
    kinds: PIPELINES,
    title: "timeouts of a PipelineRun that contradict each other",
    why: "Tasks and final tasks have their time within that of the whole Pipeline, an hour if it is not given, and a task within that of all tasks. `0s` is no limit, and cannot stand within one.",
    fix: "Make `pipeline` at least `tasks` and `finally` together.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipelinerun_validation.go, `validateTimeoutDuration`, `validatePipelineTimeout`, `validateTaskRunSpecTimeout`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  timeouts: {pipeline: 1h, tasks: ⟦50m⟧, finally: 20m}
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  timeouts: {tasks: ⟦2h⟧}
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  timeouts: {pipeline: ⟦-1h⟧}
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  timeouts: {pipeline: 1h, finally: ⟦0s⟧}
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  timeouts: {pipeline: 2h, tasks: 30m}
  taskRunSpecs:
  - {pipelineTaskName: build, timeout: ⟦1h⟧}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  timeouts: {pipeline: 2h, tasks: 1h30m, finally: 30m}
  taskRunSpecs:
  - {pipelineTaskName: build, timeout: 1h}
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  timeouts: {pipeline: 0s, tasks: 100h}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

const HOUR: i64 = 3_600_000_000_000;

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    if let Some(run) = &pipelines.run {
        let path = run.path.key("timeouts");
        let of = |field: &str, text: Option<&str>| Some(Timeout { length: duration::parse(text?).ok()?, path: path.key(field) });
        let written = run.timeouts;
        let pipeline = of("pipeline", written.and_then(|it| it.pipeline.as_deref()));
        let tasks = of("tasks", written.and_then(|it| it.tasks.as_deref()));
        let finally = of("finally", written.and_then(|it| it.finally.as_deref()));
        let mut say = |path: &Path, message: String, other: Option<(&str, &Path)>| {
            let finding = sink.finding(message).at(pipelines.value(path));
            sink.push(match other {
                Some((what, other)) => finding.related(what, pipelines.value(other)),
                None => finding,
            });
        };
        let alone = run.timeout.and_then(|text| Some(Timeout { length: duration::parse(text).ok()?, path: run.path.key("timeout") }));
        let mut is_fine = true;
        for timeout in [&pipeline, &tasks, &finally, &alone].into_iter().flatten().filter(|it| it.length < 0) {
            say(&timeout.path, format!("`{}` cannot be below zero: `0s` is no limit", timeout.path), None);
            is_fine = false;
        }
        if is_fine && written.is_some() {
            whole(&pipeline, &tasks, &finally, &mut say);
        }
        let limit = tasks.as_ref().or(pipeline.as_ref());
        let most = limit.map_or(HOUR, |limit| limit.length);
        for task in &run.tasks {
            let Some(length) = task.timeout.and_then(|text| duration::parse(text).ok()) else {
                continue;
            };
            let path = task.path.key("timeout");
            if length < 0 {
                say(&path, format!("`{path}` cannot be below zero: `0s` is no limit"), None);
            } else if most > 0 && length > most {
                let what = limit.map_or("the hour that a run has by default".to_owned(), |limit| format!("`{}`", limit.path));
                let other = limit.map(|limit| ("the limit is here", &limit.path));
                say(&path, format!("`{path}` is longer than {what}"), other);
            }
        }
    }
}

struct Timeout {
    length: i64,
    path: Path,
}

type Say<'s> = dyn FnMut(&Path, String, Option<(&str, &Path)>) + 's;

fn whole(pipeline: &Option<Timeout>, tasks: &Option<Timeout>, finally: &Option<Timeout>, say: &mut Say<'_>) {
    let most = pipeline.as_ref().map_or(HOUR, |pipeline| pipeline.length);
    let what = pipeline.as_ref().map_or("the hour that a run has by default".to_owned(), |it| format!("`{}`", it.path));
    let other = pipeline.as_ref().map(|pipeline| ("the limit is here", &pipeline.path));
    let mut is_fine = true;
    for part in [tasks, finally].into_iter().flatten().filter(|_| most != 0) {
        let message = if part.length == 0 {
            format!("`{}` is no limit, within {what}", part.path)
        } else if part.length > most {
            format!("`{}` is longer than {what}", part.path)
        } else {
            continue;
        };
        say(&part.path, message, other);
        is_fine = false;
    }
    // No limit is zero here, to upstream.
    if let (Some(tasks), Some(finally), true) = (tasks, finally, is_fine)
        && tasks.length.saturating_add(finally.length) > most
    {
        let message = if most == 0 {
            format!("`{}` and `{}` cannot both be given where {what} is no limit", tasks.path, finally.path)
        } else {
            format!("`{}` and `{}` together are longer than {what}", tasks.path, finally.path)
        };
        say(&tasks.path, message, Some(("the other part is here", &finally.path)));
    }
}
