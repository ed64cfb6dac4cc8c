use luban_expression::Type;
use luban_expression::expr_lang::{self, ARGO_WORKFLOWS, Environment};

use crate::argo_events::{event_keys, is_open, sources};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-source-filter",
    kinds: &["EventSource"],
    severity: Severity::Error,
    title: "a filter of an event source that cannot work",
    why: "The filter is an expression of expr-lang over the data of the event, with `-` in keys read as `_`; its value must be true or \
          false. A filter that fails drops the event.",
    fix: "Correct the expression; begin what it reads with a key of the event, mostly `body`.",
    source: "argo-events v1.9.11 pkg/eventsources/eventing.go, `filterEvent`; pkg/shared/expr",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    push:
      endpoint: /push
      port: '12000'
      method: POST
      authSecret: {name: hook, key: token}
      filter: {expression: ⟦ref⟧ == 'main'}
    tag:
      endpoint: /tag
      port: '12000'
      method: POST
      authSecret: {name: hook, key: token}
      filter: {expression: body.ref ⟦=⟧ 'main'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    push:
      endpoint: /push
      port: '12000'
      method: POST
      authSecret: {name: hook, key: token}
      filter: {expression: body.ref == 'main' && sprig.lower(body.kind) == 'push'}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let document = &subject.entry.document;
    for source in sources(subject.entry) {
        let path = source.path.key("filter").key("expression");
        let Some(scalar) = document.scalar(&path).filter(|_| source.kind.field != "resource") else {
            continue;
        };
        let text = scalar.text();
        if text.is_empty() || is_open(text) {
            continue;
        }
        let place = |span: std::ops::Range<usize>| if span.is_empty() { scalar.place() } else { scalar.place_of(span) };
        let expression = match expr_lang::parse(text) {
            Ok(expression) => expression,
            Err(problem) => {
                sink.push(sink.finding(problem.message).at(place(problem.span)));
                continue;
            }
        };
        let environment = Environment { dialect: &ARGO_WORKFLOWS, variable: &|_| Type::UNKNOWN };
        let checked = expr_lang::check_condition(&expression, &environment);
        for problem in checked.problems {
            sink.push(sink.finding(problem.message).at(place(problem.span)));
        }
        let Some(keys) = event_keys(source.kind.field) else {
            continue;
        };
        for read in checked.reads.iter().filter(|read| !read.guarded) {
            let Some(name) = read.root().filter(|name| !keys.contains(name)) else {
                continue;
            };
            let span = read.segments.first().map(|segment| segment.span.clone()).unwrap_or_default();
            let near = did_you_mean(name, keys.iter().copied());
            let near =
                near.map_or_else(|| format!(": it has `{}`", keys.join("`, `")), |near| format!(" (did you mean `{near}`?)"));
            let finding = sink.finding(format!("an event of `{}` has no key `{name}`{near}", source.kind.field));
            sink.push(finding.at(place(span)));
        }
    }
}
