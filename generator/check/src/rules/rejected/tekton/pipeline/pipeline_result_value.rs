use std::ops::Range;

use luban_api_tekton::ParamValue;
use luban_yaml::Path;

use crate::tekton::pipeline::{parts, references};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-result-value",
    kinds: PIPELINES,
    title: "a result of a Pipeline that is no result of a task",
    why: "A Pipeline gives what its tasks gave: `$(tasks.build.results.image)`, `$(finally.report.results.url)`, an item or a key of one, or several in one text that consists of nothing else. What stands before the first `$` counts too.",
    fix: "Write the result of a task.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validatePipelineResults`, `taskContainsResult`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
  results:
  - {name: a, value: ⟦latest⟧}
  - {name: b, value: ⟦$(params.a)⟧}
  - {name: c, value: '⟦$(tasks.build.results.a.b.c)⟧'}
  - {name: d, value: '⟦v⟧$(tasks.build.results.version)'}
  - {name: e, value: ['⟦$(context.pipelineRun.name)⟧']}
  - {name: ⟦f⟧}
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
  results:
  - {name: a, value: $(tasks.build.results.image)}
  - {name: b, value: '$(tasks.build.results.images[*])'}
  - {name: c, value: {url: $(tasks.build.results.repo.url)}}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        for (at, result) in pipeline.results.iter().enumerate() {
            let path = pipeline.path.key("results").index(at).key("value");
            let item = pipeline.path.key("results").index(at);
            if !pipelines.entry.document.has_value(&path) {
                if !sink.is_misspelt(pipelines.entry, &item, "value") {
                    let name = item.key("name");
                    let place = match pipelines.entry.document.has(&name) {
                        true => pipelines.value(&name),
                        false => pipelines.entry.document.locate_head(&item),
                    };
                    sink.push(sink.finding(format!("`{path}` is missing: it is the result of a task")).at(place));
                }
                continue;
            }
            if let Some((path, part, why)) = fault(&result.value, &path) {
                let place = match part {
                    Some(part) => pipelines.inside(&path, part),
                    None => pipelines.value(&path),
                };
                sink.push(sink.finding(format!("result `{}` {why}", result.name)).at(place));
            }
        }
    }
}

/// What is wrong with a value, in which text and in which part of it.
fn fault(value: &ParamValue, path: &Path) -> Option<(Path, Option<Range<usize>>, String)> {
    let texts = parts(value);
    let all = || texts.iter().flat_map(|(part, text)| references(text).map(move |it| (part, it)));
    for (part, reference) in all().filter(|(_, it)| it.looks_like_result()) {
        if reference.result().is_none() {
            let why = format!("cannot be `{}`: a result has a name, and one key at most", reference.body);
            return Some((part.path(path.clone()), Some(reference.span), why));
        }
    }
    if !all().any(|(_, reference)| reference.looks_like_result()) {
        let why = "is no result of a task: that is `$(tasks.<task>.results.<result>)`".to_owned();
        let first = texts.first().filter(|_| texts.len() == 1);
        return Some(match first {
            Some((part, text)) => (part.path(path.clone()), Some(0..text.len()), why),
            None => (path.clone(), None, why),
        });
    }
    let ParamValue::String(text) = value else {
        return None;
    };
    foreign(text).map(|part| {
        let written = text.get(part.clone()).unwrap_or_default();
        (path.clone(), Some(part), format!("may consist of results only, and `{written}` is none"))
    })
}

/// The first stretch of a text, from `$` to `$`, that upstream takes for no result.
fn foreign(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for (index, piece) in text.split('$').enumerate() {
        let span = if index == 0 { 0..piece.len() } else { at - 1..at + piece.len() };
        at += piece.len() + 1;
        if !piece.is_empty() && (index == 0 || !is_result(piece)) {
            return Some(span);
        }
    }
    None
}

/// Whether upstream takes what stands behind a `$` for a result; text behind the `)` belongs to its name.
fn is_result(piece: &str) -> bool {
    let Some(body) = piece.strip_prefix('(') else {
        return false;
    };
    let parts: Vec<&str> = body.strip_suffix(')').unwrap_or(body).split('.').collect();
    let is_of_result = matches!(parts.as_slice(), ["tasks" | "finally", _, "results", ..]);
    is_of_result && matches!(parts.len(), 4 | 5)
}
