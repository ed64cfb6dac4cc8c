use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

const COMPARATORS: [&str; 6] = [">=", ">", "=", "!=", "<", "<="];

pub(crate) static RULE: Rule = Rule {
    id: "filter-comparator",
    kinds: &["Sensor"],
    title: "a data filter with an unknown comparator",
    why: "Values are compared by `=`, which is meant if nothing is written, `!=`, `>`, `>=`, `<` or `<=`.",
    fix: "Write one of these.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateComparator`",
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
      data: [{path: body.size, type: number, value: ['3'], comparator: ⟦'=='⟧}]
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
      data: [{path: body.size, type: number, value: ['3'], comparator: '>='}]
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let filters = at.dependency.filters.iter().flat_map(|filters| &filters.data);
        for (index, filter) in filters.enumerate() {
            let comparator = filter.comparator.as_deref().unwrap_or_default();
            if comparator.is_empty() || COMPARATORS.contains(&comparator) || is_open(comparator) {
                continue;
            }
            let meant = match comparator {
                "==" | "eq" => " (did you mean `=`?)",
                "<>" | "=!" | "ne" => " (did you mean `!=`?)",
                "=>" => " (did you mean `>=`?)",
                "=<" => " (did you mean `<=`?)",
                _ => "",
            };
            let message = format!("`{comparator}` compares nothing: `=`, `!=`, `>`, `>=`, `<`, `<=` do{meant}");
            let path = at.path.key("filters").key("data").index(index).key("comparator");
            sink.push(sink.finding(message).at(view.value(&path)));
        }
    }
}
