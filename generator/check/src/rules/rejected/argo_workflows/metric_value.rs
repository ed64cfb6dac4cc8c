use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "metric-value",
    kinds: WORKFLOWS,
    title: "a metric without a value, or with one that is not known in time",
    why: "A counter, gauge or histogram needs a value. A gauge in real time is set while the template runs, when \
          `resourcesDuration` is not known yet.",
    fix: "Give a value; use `duration` in real time.",
    source: "argo-workflows v4.1 workflow/metrics/util.go, `ValidateMetricValues`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    metrics:
      prometheus:
      - {name: builds_total, help: how many, counter: {value: ⟦''⟧}}
      - {name: cpu, help: how much, gauge: {realtime: true, value: ⟦'{{resourcesDuration.cpu}}'⟧}}
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    metrics:
      prometheus:
      - {name: cpu, help: how much, gauge: {realtime: true, value: '{{duration}}'}}
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let metrics = visit.template.metrics.iter().flat_map(|metrics| &metrics.prometheus);
        for (at, metric) in metrics.enumerate() {
            let path = visit.path.key("metrics").key("prometheus").index(at);
            let values = [
                ("gauge", metric.gauge.as_ref().map(|gauge| &gauge.value)),
                ("counter", metric.counter.as_ref().map(|counter| &counter.value)),
                ("histogram", metric.histogram.as_ref().map(|histogram| &histogram.value)),
            ];
            for (kind, value) in values {
                let Some(value) = value else { continue };
                let of = path.key(kind);
                let path = of.key("value");
                let is_realtime = metric.gauge.as_ref().is_some_and(|gauge| gauge.realtime);
                let finding = if value.is_empty() && !sink.is_misspelt(base.entry, &of, "value") {
                    let place = if base.document().has(&path) { base.value(&path) } else { base.key(&of) };
                    sink.finding(format!("`{path}` is missing: metric `{}` has no value", metric.name)).at(place)
                } else if kind == "gauge" && is_realtime && value.contains("resourcesDuration.") {
                    let message = "`resourcesDuration` is not known while the template runs, when a gauge in real time is set";
                    sink.finding(message).at(base.value(&path))
                } else {
                    continue;
                };
                sink.push_in(view.foreign(&visit.site), finding);
            }
        }
    }
}
