use crate::argo::has_placeholder;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "metric-name",
    kinds: WORKFLOWS,
    title: "a metric or label with characters that Prometheus does not take",
    why: "Names of metrics and keys of labels are letters, digits and `_`, no digit first; Argo Workflows takes no `:` either.",
    fix: "Use `_` in place of other characters.",
    source: "argo-workflows v4.1 workflow/metrics/util.go, `IsValidMetricName`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    metrics:
      prometheus:
      - name: ⟦builds-total⟧
        help: how many builds there were
        labels: [{key: ⟦image.name⟧, value: a}]
        counter: {value: '1'}
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
      - name: builds_total
        help: how many builds there were
        labels: [{key: image_name, value: a}]
        counter: {value: '1'}
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
            let labels = metric.labels.iter().enumerate();
            let labels = labels.map(|(at, label)| (&label.key, path.key("labels").index(at).key("key"), "the key of a label"));
            let name = (&metric.name, path.key("name"), "the name of a metric");
            for (name, path, what) in std::iter::once(name).chain(labels) {
                let name = view.resolved(visit, name);
                // Upstream puts a placeholder in for what is not known yet, and that is no name.
                let message = if has_placeholder(&name) {
                    format!("{what} cannot be a variable that is only known at run time")
                } else if !is_metric_name(&name) {
                    format!("`{name}` is invalid as {what}: letters, digits and `_`, no digit first")
                } else {
                    continue;
                };
                let place = if base.document().has(&path) { base.value(&path) } else { base.head(&path) };
                sink.push_in(view.foreign(&visit.site), sink.finding(message).at(place));
            }
        }
    }
}

fn is_metric_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|letter: char| letter.is_ascii_digit())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}
