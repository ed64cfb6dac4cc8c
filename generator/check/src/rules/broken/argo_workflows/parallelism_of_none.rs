use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "parallelism-of-none",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a `parallelism` below one",
    why: "A workflow that may run no pod at a time never starts one; for a template the field counts as if it were not there.",
    fix: "Write how many may run at a time, or leave the field out.",
    source: "argo-workflows v4.1 workflow/controller/operator.go `checkParallelism`; `Template.HasParallelism`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  parallelism: ⟦0⟧
  templates:
  - name: main
    parallelism: ⟦-1⟧
    steps:
    - - {name: a, template: echo}
  - name: echo
    container: {image: 'alpine:3.23'}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  parallelism: 10
  templates:
  - name: main
    parallelism: 1
    steps:
    - - {name: a, template: echo}
  - name: echo
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    // What is no number was read as none.
    let is_number = |place: &Option<luban_diagnostic::Place>| {
        let mut readings = own.entry.reading.iter();
        !readings.any(|finding| finding.place == *place)
    };
    if own.spec.parallelism.is_some_and(|most| most < 1) {
        let place = own.value(&own.path.key("parallelism"));
        if is_number(&place) {
            let finding = sink.finding("no pod may run at a time: the workflow never starts");
            sink.push(finding.at(place));
        }
    }
    for written in view.written() {
        if let Some(most) = written.template.parallelism.filter(|most| *most < 1) {
            let place = own.value(&written.path.key("parallelism"));
            if is_number(&place) {
                let mut finding = sink.finding(format!("`{most}` counts as no limit at all"));
                finding.severity = Severity::Warning;
                sink.push(finding.at(place));
            }
        }
    }
}
