use luban_expression::duration;
use luban_yaml::Path;

use crate::argo::Base;
use crate::expressions::place;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "invalid-duration",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a duration that cannot be read",
    why: "It is read when it is needed: the step or the whole workflow fails then.",
    fix: "Write a number with its unit: `90s`, `1h30m`. Days are `24h`.",
    source: "argo-workflows v4.1 pkg/apis/workflow/v1alpha1/utils.go `ParseStringToDuration`, workflow/controller/operator.go",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  podGC: {strategy: OnPodCompletion, deleteDelayDuration: ⟦5 minutes⟧}
  templates:
  - name: main
    timeout: ⟦1d⟧
    retryStrategy: {limit: 2, backoff: {duration: \"⟦1min⟧\", maxDuration: ⟦1H⟧}}
    memoize: {key: a, maxAge: \"⟦60⟧\", cache: {configMap: {name: cache}}}
    container: {image: 'alpine:3.23'}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  podGC: {strategy: OnPodCompletion, deleteDelayDuration: 5m}
  templates:
  - name: main
    timeout: 1h30m
    retryStrategy: {limit: 2, backoff: {duration: \"60\", maxDuration: 1h}}
    memoize: {key: a, maxAge: 24h, cache: {configMap: {name: cache}}}
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

/// Fields of templates, and whether a number without a unit counts as seconds.
const OF_TEMPLATE: &[(&[&str], bool)] = &[
    (&["timeout"], true),
    (&["pendingTimeout"], true),
    (&["retryStrategy", "backoff", "duration"], true),
    (&["retryStrategy", "backoff", "maxDuration"], true),
    (&["retryStrategy", "backoff", "cap"], true),
    (&["memoize", "maxAge"], false),
    (&["suspend", "duration"], true),
    (&["containerSet", "retryStrategy", "duration"], false),
];

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    let of_spec: &[(&[&str], bool)] = &[(&["podGC", "deleteDelayDuration"], true)];
    of(own, sink, &own.path, of_spec);
    of(own, sink, &own.path, OF_TEMPLATE.get(2..5).unwrap_or_default());
    of(own, sink, &own.path.key("templateDefaults"), OF_TEMPLATE);
    for written in view.written() {
        of(own, sink, &written.path, OF_TEMPLATE);
    }
}

fn of(own: &Base<'_>, sink: &mut Sink<'_>, holder: &Path, fields: &[(&[&str], bool)]) {
    let document = own.document();
    for (field, takes_seconds) in fields {
        if field.first().is_some_and(|first| !document.has(&holder.key(first))) {
            continue;
        }
        let path = field.iter().fold(holder.clone(), |path, key| path.key(key));
        let Some(scalar) = document.scalar(&path) else { continue };
        let text = scalar.text();
        if text.is_empty() || text.contains("{{") {
            continue;
        }
        let read = if *takes_seconds { duration::parse_seconds_or_duration(text) } else { duration::parse(text) };
        if let Err(problem) = read {
            let message = format!("duration `{text}` cannot be read: {}", problem.message);
            sink.push(sink.finding(message).at(place(&scalar, 0, &problem.span)));
        }
    }
}
