use crate::argo::What;
use crate::rules::broken::expressions::{KINDS, say};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "expression-function",
    kinds: KINDS,
    severity: Severity::Error,
    title: "a function that does not exist, or that is called with too much or too little",
    why: "Expressions know the functions of expr-lang, `asInt`, `asFloat`, `jsonpath`, `toJson` and sprig's behind `sprig.`; conditions of HTTP calls and transformations of data know only those of expr-lang. An unknown one fails when the workflow comes to it.",
    fix: "Call the function that the message names, with as many arguments as it says.",
    source: "argo-workflows v4.1 util/expr/env/env.go; expr-lang v1.17.8 builtin/builtin.go; sprig v3.3.0 functions.go",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: text}]
    container:
      image: alpine:3.23
      args: ['{{=⟦trimm⟧(inputs.parameters.text)}}', '{{=sprig.⟦trimPrefix⟧(inputs.parameters.text)}}', '{{=⟦b64enc⟧(inputs.parameters.text)}}']
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: text}]
    container:
      image: alpine:3.23
      args: ['{{=trim(inputs.parameters.text)}}', \"{{=sprig.trimPrefix('v', inputs.parameters.text)}}\", '{{=toJson([1])}}']
",
        )],
    check: Check::Perhaps(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, view: Option<&View<'_>>, sink: &mut Sink<'_>) {
    say(subject, view, sink, What::Name);
}
