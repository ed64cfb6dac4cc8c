use crate::tasks::{Body, Tasks, Use, items};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-unwritten-result",
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    title: "a result that no step writes",
    why: "A task that reads it waits for nothing and fails: the result is missing.",
    fix: "Write the value to `$(results.….path)` in a step, give the result a `value`, or remove it.",
    source: "tektoncd/pipeline v1.15 docs/tasks.md, Emitting Results",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: digest}, {name: ⟦size⟧}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    args: [--digest-file, $(results.digest.path)]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: digest}, {name: size, value: $(steps.build.results.size)}, {name: url}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    results: [{name: size}]
    args: [--digest-file, $(results.digest.path), --size-file, $(step.results.size.path), --url-file, /tekton/results/url]
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for body in &tasks.bodies {
        // A StepAction writes results by paths of its own.
        let has_action = body.steps.iter().any(|step| step.results.is_none());
        if has_action || body.mentions("/tekton/results\"") || body.mentions("/tekton/results ") {
            continue;
        }
        for result in &body.results {
            let written = |used: &Use<'_>| used.is_one_of(std::iter::once(result.name));
            let is_written = result.node.get("value").is_some()
                || body.uses_of("results").any(written)
                || body.mentions(&format!("results.{}.path", result.name))
                || body.mentions(&format!("/tekton/results/{}", result.name));
            // A shell that makes the name, and a program that is told the folder.
            let is_open = body.mentions("/tekton/results/$") || has_computed(body) || ends_with_folder(body);
            if !is_written && !is_open {
                let message = format!("no step writes result `{}`", result.name);
                sink.push(sink.finding(message).at(Some(result.place())));
            }
        }
    }
}

fn ends_with_folder(body: &Body<'_>) -> bool {
    let fields = body.steps.iter().flat_map(|step| {
        let args = items(step.node, "args");
        let env = items(step.node, "env").filter_map(|env| env.get("value"));
        args.chain(env).filter_map(|text| text.text())
    });
    let mut fields = fields;
    fields.any(|text| text.trim_end_matches('/').ends_with("/tekton/results"))
}

/// Whether a shell makes the name of a result: `$(results.digest-${i}.path)`.
fn has_computed(body: &Body<'_>) -> bool {
    let fields = body.steps.iter().flat_map(|step| {
        let texts = items(step.node, "args").chain(items(step.node, "command"));
        texts.chain(step.node.get("script")).filter_map(|text| text.text())
    });
    let mut parts = fields.flat_map(|text| text.split("$(results.").skip(1));
    parts.any(|part| part.split(')').next().is_some_and(|name| name.contains('$')))
}
