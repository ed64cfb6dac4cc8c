use std::ops::Range;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "sequence-number",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a `withSequence` that gives no numbers",
    why: "`start`, `end` and `count` must be whole numbers, and `format` must say how one number is printed: `%d`, `%03d`, `%x`.",
    fix: "Write whole numbers, and a format with one verb.",
    source: "argo-workflows v4.1 workflow/controller/operator.go, `expandSequence`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - {name: a, template: echo, withSequence: {start: 1, end: ⟦ten⟧, format: 'n⟦%s⟧'}, arguments: {parameters: [{name: text, value: '{{item}}'}]}}
    - - {name: b, template: echo, withSequence: {count: 2, format: ⟦item⟧}, arguments: {parameters: [{name: text, value: '{{item}}'}]}}
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs: {parameters: [{name: count, default: '3'}]}
    steps:
    - - {name: a, template: echo, withSequence: {start: '1', end: '{{inputs.parameters.count}}', format: '100%%-%03X'}, arguments: {parameters: [{name: text, value: '{{item}}'}]}}
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for node in view.written().iter().flat_map(|written| &written.nodes) {
        let Some(sequence) = node.sequence else { continue };
        let path = node.path.key("withSequence");
        for field in ["start", "end", "count"] {
            let Some(text) = own.document().text_at(&path.key(field)) else { continue };
            if !text.is_empty() && !text.contains("{{") && text.parse::<i64>().is_err() {
                let finding = sink.finding(format!("`{text}` is no whole number"));
                sink.push(finding.at(own.value(&path.key(field))));
            }
        }
        let format = sequence.format.as_deref().filter(|format| !format.is_empty() && !format.contains("{{"));
        let scalar = own.document().scalar(&path.key("format"));
        if let (Some(format), Some(scalar)) = (format, scalar)
            && let Some((span, why)) = fault(format)
        {
            sink.push(sink.finding(why).at(scalar.place_of(span)));
        }
    }
}

/// What Go cannot print a number by.
fn fault(format: &str) -> Option<(Range<usize>, String)> {
    let mut verbs = 0;
    let mut at = 0;
    while let Some(distance) = format.get(at..)?.find('%') {
        let start = at + distance;
        let rest = format.get(start + 1..)?;
        let flags = rest.find(|it: char| !it.is_ascii_digit() && !"+-# .".contains(it)).unwrap_or(rest.len());
        let Some(verb) = rest.get(flags..)?.chars().next() else {
            return Some((start..format.len(), "the format ends within a verb: a number is printed by `%d`".to_owned()));
        };
        at = start + 1 + flags + verb.len_utf8();
        match verb {
            '%' => {}
            _ if "dbcoOxXqUv".contains(verb) => verbs += 1,
            _ => return Some((start..at, format!("`%{verb}` prints no whole number: write `%d`"))),
        }
    }
    match verbs {
        0 => Some((0..format.len(), "the format has no place for the number: write `%d`".to_owned())),
        1 => None,
        _ => Some((0..format.len(), "the format has places for several numbers, and there is one".to_owned())),
    }
}
