use luban_expression::tags::triggers as triggers_tags;

use crate::rules::prelude::*;
use crate::triggers::{is_closed, is_of_triggers, items, triggers};

pub(crate) static RULE: Rule = Rule {
    id: "binding-expression",
    kinds: &["ClusterTriggerBinding", "EventListener", "Trigger", "TriggerBinding"],
    title: "an expression in a binding that finds nothing",
    why: "What stands in `$(…)` is JSONPath into `body`, `header`, `extensions` or `context`. An expression that cannot be read fails \
          every event; text that is no expression stays as it is.",
    fix: "Correct the path.",
    source: "tekton triggers v0.37.0 pkg/template/event.go, `applyEventValuesToParams`; pkg/template/jsonpath.go",
    bad: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata: {name: push}
spec:
  params:
  - {name: ref, value: $(⟦bodi⟧.ref)}
  - {name: url, value: '⟦$(⟧body.url'}
",
    )],
    good: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata: {name: push}
spec:
  params:
  - {name: ref, value: $(body.ref)}
  - {name: url, value: 'https://git.example.com/$(body.repository.name)'}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    if !is_of_triggers(entry) {
        return;
    }
    let inline = triggers(entry).into_iter().flat_map(|path| items(document, &path.key("bindings")));
    let own = match entry.name.kind.as_str() {
        "TriggerBinding" | "ClusterTriggerBinding" => Some(entry.path.key("spec").key("params")),
        _ => None,
    };
    let own = own.into_iter().flat_map(|params| items(document, &params));
    for path in inline.chain(own) {
        let Some(scalar) = document.scalar(&path.key("value")) else {
            continue;
        };
        // What is closed too late is refused, and said there.
        if !is_closed(scalar.text()) {
            continue;
        }
        for problem in triggers_tags::split(scalar.text()).1 {
            let mut finding = sink.finding(problem.message);
            if problem.kind == luban_expression::Kind::Syntax {
                finding.severity = Severity::Error;
            }
            let place = if problem.span.is_empty() { scalar.place() } else { scalar.place_of(problem.span) };
            sink.push(finding.at(place));
        }
    }
}
