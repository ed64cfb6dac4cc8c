use crate::argo::Holder;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "several-loops",
    kinds: WORKFLOWS,
    title: "a step or task that is repeated in two ways",
    why: "Only one of `withItems`, `withParam` and `withSequence` can say for what it is repeated, and a sequence has a `count` or an \
          `end`.",
    fix: "Keep one.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `addItemsToScope`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - {name: a, template: none, withItems: [1, 2], ⟦withParam⟧: '[1]'}
      - {name: b, template: none, withSequence: {count: 3, ⟦end⟧: 5}}
  - name: none
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
    steps:
    - - {name: a, template: none, withItems: [1, 2]}
      - {name: b, template: none, withSequence: {start: 3, end: 5}}
  - name: none
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for call in &view.calls {
        let (items, parameter, sequence) = match call.holder {
            Holder::Step(step) => (&step.with_items, &step.with_param, &step.with_sequence),
            Holder::Task(task) => (&task.with_items, &task.with_param, &task.with_sequence),
            _ => continue,
        };
        let Some(base) = view.base(&call.site) else {
            continue;
        };
        let loops = [
            ("withItems", !items.is_empty()),
            ("withParam", value_is(parameter.as_deref())),
            ("withSequence", sequence.is_some()),
        ];
        let mut loops = loops.iter().filter(|(_, is)| *is).map(|(field, _)| (*field, base.key(&call.path.key(field))));
        let mut finding = None;
        if let (Some(first), Some(second)) = (loops.next(), loops.next()) {
            let (before, after) = if first.1 <= second.1 { (first, second) } else { (second, first) };
            let message = format!("`{}` cannot stand beside `{}`", after.0, before.0);
            finding = Some(sink.finding(message).at(after.1).related("the other is here", before.1));
        } else if sequence.as_ref().is_some_and(|sequence| sequence.count.is_some() && sequence.end.is_some()) {
            let path = call.path.key("withSequence");
            let message = "`end` cannot stand beside `count`";
            let related = base.key(&path.key("count"));
            finding = Some(sink.finding(message).at(base.key(&path.key("end"))).related("the other is here", related));
        }
        if let Some(finding) = finding {
            sink.push_in(view.foreign(&call.site), finding);
        }
    }
}
