use luban_api_argo_workflows::RetryStrategy;
use luban_yaml::Path;

use crate::argo::Base;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "retry-number",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a `retryStrategy` whose numbers cannot be read, or that has a `backoff` without `duration`",
    why: "They are read when a first attempt has failed: the retry itself fails then, and with it the workflow.",
    fix: "Write whole numbers for `limit` and `factor`, and give each `backoff` a `duration`.",
    source: "argo-workflows v4.1 workflow/controller/operator.go, `processNodeRetries`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    retryStrategy: {limit: ⟦three⟧, ⟦backoff⟧: {factor: 2}}
    container: {image: 'alpine:3.23'}
  - name: other
    retryStrategy: {limit: '2', backoff: {duration: 5s, factor: ⟦'1.5'⟧}}
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
    inputs: {parameters: [{name: limit}]}
    retryStrategy: {limit: '{{inputs.parameters.limit}}', backoff: {duration: 5s, factor: '2'}}
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    of(own, sink, own.spec.retry_strategy.as_ref(), &own.path);
    for written in view.written() {
        of(own, sink, written.template.retry_strategy.as_ref(), &written.path);
    }
}

fn of(own: &Base<'_>, sink: &mut Sink<'_>, strategy: Option<&RetryStrategy>, holder: &Path) {
    let Some(strategy) = strategy else { return };
    let path = holder.key("retryStrategy");
    for path in [path.key("limit"), path.key("backoff").key("factor")] {
        let text = own.document().text_at(&path).filter(|text| !text.is_empty() && !text.contains("{{"));
        if let Some(text) = text.filter(|text| text.parse::<i32>().is_err()) {
            sink.push(sink.finding(format!("`{text}` is no whole number")).at(own.value(&path)));
        }
    }
    if let Some(backoff) = &strategy.backoff
        && backoff.duration.as_deref().is_none_or(str::is_empty)
        && !sink.is_misspelt(own.entry, &path.key("backoff"), "duration")
    {
        let finding = sink.finding("a `backoff` needs a `duration`: without one the first retry fails");
        sink.push(finding.at(own.key(&path.key("backoff"))));
    }
}
