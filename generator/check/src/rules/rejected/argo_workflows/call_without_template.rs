use crate::argo::{Fault, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "call-without-template",
    kinds: WORKFLOWS,
    title: "a step or task that says not what to run",
    why: "It has none of `template`, `templateRef` and `inline`.",
    fix: "Name a template.",
    source: "argo-workflows v4.1 workflow/templateresolution/context.go, `GetTemplate`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - ⟦name⟧: a
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - name: a
        inline:
          container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for call in &view.calls {
        let (Target::Fault(Fault::NoTemplate), Some(base)) = (&call.target, view.base(&call.site)) else {
            continue;
        };
        let is_misspelt = ["template", "templateRef", "inline"]
            .iter()
            .any(|field| sink.is_misspelt(base.entry, &call.path, field));
        if !is_misspelt {
            let finding = sink.finding("no template is called: `template`, `templateRef` and `inline` are all missing");
            let finding = finding.at(base.head(&call.path));
            sink.push_in(view.foreign(&call.site), finding);
        }
    }
}
