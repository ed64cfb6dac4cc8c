use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "metric-help",
    kinds: WORKFLOWS,
    title: "a metric without a description",
    why: "Prometheus shows `help` to whoever reads the metric; the controller refuses metrics without.",
    fix: "Say in `help` what the metric counts.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateTemplate`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    metrics:
      prometheus:
      - {⟦name⟧: builds_total, counter: {value: '1'}}
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
      - {name: builds_total, help: how many builds there were, counter: {value: '1'}}
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let metrics = visit.template.metrics.iter().flat_map(|metrics| &metrics.prometheus);
        for (at, metric) in metrics.enumerate().filter(|(_, metric)| metric.help.is_empty()) {
            let path = visit.path.key("metrics").key("prometheus").index(at);
            if !sink.is_misspelt(base.entry, &path, "help") {
                let message = format!("`{}` is missing: metric `{}` does not say what it is", path.key("help"), metric.name);
                sink.push_in(view.foreign(&visit.site), sink.finding(message).at(base.head(&path)));
            }
        }
    }
}
