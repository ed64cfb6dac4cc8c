use crate::argo::What;
use crate::rules::broken::expressions::{KINDS, say};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "expression-type",
    kinds: KINDS,
    severity: Severity::Warning,
    title: "an operation on values that it cannot take",
    why: "Values of variables are texts, exit codes and counts too: a comparison of a text with a number is never true or fails when the workflow comes to it.",
    fix: "Turn texts into numbers with `asInt()` or `asFloat()`, or compare with a text.",
    source: "argo-workflows v4.1 workflow/controller/operator.go `buildRetryStrategyLocalScope`; expr-lang v1.17.8 checker/checker.go",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    retryStrategy: {limit: 3, expression: 'lastRetry.exitCode ⟦>⟧ 1'}
    container: {image: 'alpine:3.23'}
",
        ), Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    http: {url: 'https://example.com', successCondition: ⟦response.statusCode⟧}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    retryStrategy: {limit: 3, expression: \"asInt(lastRetry.exitCode) > 1 && lastRetry.status != 'Error'\"}
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Perhaps(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, view: Option<&View<'_>>, sink: &mut Sink<'_>) {
    say(subject, view, sink, What::Type);
}
