use luban_yaml::Path;

use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "logical-operator",
    kinds: &["Sensor"],
    title: "filters that are joined by something else than `and` or `or`",
    why: "Filters are joined by `and`, which is meant if nothing is written, or by `or`, in lower case.",
    fix: "Write `and` or `or`.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateLogicalOperator`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filtersLogicalOperator: ⟦OR⟧
    filters:
      dataLogicalOperator: ⟦xor⟧
      exprLogicalOperator: ⟦'||'⟧
      data: [{path: body.ref, type: string, value: [main]}]
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
    filtersLogicalOperator: or
    filters:
      dataLogicalOperator: and
      exprLogicalOperator: ''
      data: [{path: body.ref, type: string, value: [main]}]
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let path = at.path.key("filtersLogicalOperator");
        check_one(view, sink, at.dependency.filters_logical_operator.as_deref(), &path);
        let Some(filters) = &at.dependency.filters else {
            continue;
        };
        let path = at.path.key("filters");
        check_one(view, sink, filters.data_logical_operator.as_deref(), &path.key("dataLogicalOperator"));
        check_one(view, sink, filters.expr_logical_operator.as_deref(), &path.key("exprLogicalOperator"));
    }
}

fn check_one(view: &SensorView<'_>, sink: &mut Sink<'_>, operator: Option<&str>, path: &Path) {
    let operator = operator.unwrap_or_default();
    if matches!(operator, "" | "and" | "or") || is_open(operator) {
        return;
    }
    let meant = match operator.to_ascii_lowercase().as_str() {
        "or" | "||" | "any" => " (did you mean `or`?)",
        "and" | "&&" | "all" => " (did you mean `and`?)",
        _ => "",
    };
    let finding = sink.finding(format!("`{operator}` joins no filters: `and`, `or` do{meant}"));
    sink.push(finding.at(view.value(path)));
}
