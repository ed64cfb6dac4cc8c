use luban_expression::{Type, govaluate};

use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "filter-expression",
    kinds: &["Sensor"],
    severity: Severity::Error,
    title: "an expression filter that cannot work",
    why: "The expression is read by govaluate when an event comes; its names are those of `fields`, and its value must be true or false. \
          An expression that fails drops the event.",
    fix: "Correct the expression, or list the field that it names.",
    source: "argo-events v1.9.11 pkg/sensors/dependencies/filter.go, `filterExpr`; govaluate of October 2017",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      exprs:
      - {expr: '⟦reff⟧ == \"main\"', fields: [{name: ref, path: body.ref}]}
      - {expr: ref == main ⟦and⟧ 1, fields: [{name: ref, path: body.ref}, {name: main, path: body.main}]}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      exprs:
      - {expr: 'ref == \"main\" || size > 3', fields: [{name: ref, path: body.ref}, {name: size, path: body.size}]}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let filters = at.dependency.filters.iter().flat_map(|filters| &filters.exprs);
        for (index, filter) in filters.enumerate() {
            let path = at.path.key("filters").key("exprs").index(index);
            let expr = path.key("expr");
            if filter.expr.is_empty() || is_open(&filter.expr) {
                continue;
            }
            let checked = match govaluate::parse(&filter.expr, &[]) {
                Ok(checked) => checked,
                Err(problem) => {
                    let place = view.place_in(&expr, &problem);
                    sink.push(sink.finding(problem.message).at(place));
                    continue;
                }
            };
            let names: Vec<&str> = filter.fields.iter().map(|field| field.name.as_str()).collect();
            // Fields that are missing are said by themselves.
            let is_complete = !names.is_empty() && !names.contains(&"");
            for read in checked.reads.iter().filter(|_| is_complete) {
                let Some(name) = read.root().filter(|name| !names.contains(name)) else {
                    continue;
                };
                let near =
                    did_you_mean(name, names.iter().copied()).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                let mut finding = sink.finding(format!("`{name}` is no field of this filter{near}"));
                if names.contains(&read.to_string().as_str()) {
                    finding = finding.help(format!("`{read}` is read as field of a value: give the field a name without dots"));
                }
                let span = read.segments.first().map(|segment| segment.span.clone()).unwrap_or_default();
                let place = view.document().scalar(&expr).map(|scalar| scalar.place_of(span));
                sink.push(finding.at(place).related("its fields are here", view.key(&path.key("fields"))));
            }
            for problem in &checked.problems {
                let mut finding = sink.finding(problem.message.clone()).at(view.place_in(&expr, problem));
                if problem.kind == luban_expression::Kind::Never {
                    finding.severity = Severity::Warning;
                }
                sink.push(finding);
            }
            if checked.problems.is_empty() && !checked.gives.can_be(Type::BOOL) {
                let finding = sink.finding(format!("the filter must be true or false, and this is {}", checked.gives));
                sink.push(finding.at(view.value(&expr)));
            }
        }
    }
}
