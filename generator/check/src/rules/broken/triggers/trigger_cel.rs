use luban_expression::Type;
use luban_expression::cel::{self, Program};
use luban_yaml::Path;

use crate::fields::is_open;
use crate::objects::Entry;
use crate::rules::prelude::*;
use crate::triggers::{interceptors, is_alpha, items, text};

pub(crate) static RULE: Rule = Rule {
    id: "trigger-cel",
    kinds: &["EventListener", "Trigger"],
    severity: Severity::Error,
    title: "a filter or an overlay in CEL that cannot work",
    why: "The CEL interceptor reads `body`, `header`, `extensions` and `requestURL`. An expression that it cannot compile fails every \
          event, and a filter passes only what is true.",
    fix: "Correct the expression.",
    source: "tekton triggers v0.37.0 pkg/interceptors/cel/cel.go; cel-go v0.30",
    bad: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
  params: [{name: ref}]
  resourcetemplates:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {generateName: build-}
    data: {ref: $(tt.params.ref)}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: Trigger
metadata: {name: build}
spec:
  interceptors:
  - ref: {name: cel}
    params:
    - {name: filter, value: ⟦bodi⟧.ref == 'refs/heads/main'}
    - {name: overlays, value: [{key: sha, expression: body.after.⟦truncat⟧(7)}]}
  bindings: [{name: ref, value: $(body.ref)}]
  template: {ref: build}
",
    )],
    good: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
  params: [{name: ref}]
  resourcetemplates:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {generateName: build-}
    data: {ref: $(tt.params.ref)}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: Trigger
metadata: {name: build}
spec:
  interceptors:
  - ref: {name: cel}
    params:
    - {name: filter, value: \"header.match('X-GitHub-Event', 'push') && body.ref == 'refs/heads/main'\"}
    - {name: overlays, value: [{key: sha, expression: body.after.truncate(7)}]}
  bindings: [{name: ref, value: $(body.ref)}]
  template: {ref: build}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    for path in interceptors(entry) {
        let older = path.key("cel");
        if is_alpha(entry) && entry.document.has_value(&older) {
            check_one(entry, sink, &older.key("filter"), true);
            overlays(entry, sink, &older.key("overlays"));
        }
        if text(entry, &path.key("ref").key("name")) != "cel" {
            continue;
        }
        for param in items(&entry.document, &path.key("params")) {
            match text(entry, &param.key("name")) {
                "filter" => check_one(entry, sink, &param.key("value"), true),
                "overlays" => overlays(entry, sink, &param.key("value")),
                _ => {}
            }
        }
    }
}

fn overlays(entry: &Entry, sink: &mut Sink<'_>, list: &Path) {
    for path in items(&entry.document, list) {
        check_one(entry, sink, &path.key("expression"), false);
    }
}

fn check_one(entry: &Entry, sink: &mut Sink<'_>, path: &Path, is_filter: bool) {
    let Some(scalar) = entry.document.scalar(path).filter(|_| entry.document.has_value(path)) else {
        return;
    };
    let text = scalar.text();
    if text.is_empty() || is_open(text) {
        return;
    }
    let place = |span: std::ops::Range<usize>| if span.is_empty() { scalar.place() } else { scalar.place_of(span) };
    let expression = match cel::parse(text) {
        Ok(expression) => expression,
        Err(problem) => {
            sink.push(sink.finding(problem.message).at(place(problem.span)));
            return;
        }
    };
    let checked = expression.check(Program::TriggersInterceptor, &[]);
    let is_whole = checked.problems.is_empty();
    for problem in checked.problems {
        let mut finding = sink.finding(problem.message).at(place(problem.span));
        if problem.kind == luban_expression::Kind::Never {
            finding.severity = Severity::Warning;
        }
        sink.push(finding);
    }
    if is_filter && is_whole && !checked.gives.can_be(Type::BOOL) {
        let finding = sink.finding(format!("a filter must be true or false, and this is {}", checked.gives));
        sink.push(finding.at(scalar.place()));
    }
}
