use crate::argo::What;
use crate::rules::broken::expressions::{KINDS, say};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "expression-without-effect",
    kinds: KINDS,
    title: "an expression or tag that is read otherwise than it says",
    why: "It is taken without a word, and then a part of it is ignored, never replaced or printed as it is.",
    fix: "Write it as the message says.",
    source: "argo-workflows v4.1 util/template; govaluate v3.0.1-0.20171022003610; k8s.io/client-go util/jsonpath",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    resource:
      action: get
      flags: [pod, a]
    outputs:
      parameters:
      - {name: phase, valueFrom: {jsonPath: ⟦.status.phase⟧}}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    resource:
      action: get
      flags: [pod, a]
    outputs:
      parameters:
      - {name: phase, valueFrom: {jsonPath: '{.status.phase}'}}
",
        )],
    check: Check::Perhaps(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, view: Option<&View<'_>>, sink: &mut Sink<'_>) {
    say(subject, view, sink, What::Never);
}
