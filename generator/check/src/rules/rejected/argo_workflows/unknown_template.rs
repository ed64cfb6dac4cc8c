use crate::argo::{Fault, Holder, Target, has_placeholder};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-template",
    kinds: WORKFLOWS,
    title: "a call of a template that does not exist",
    why: "The workflow is refused, or ends with an error when it comes to the call.",
    fix: "Write the name of a template of this object, or refer to another object's by `templateRef`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateTemplateHolder`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: main
  onExit: ⟦goodbye⟧
  templates:
  - name: main
    steps:
    - - {name: a, template: ⟦hell0⟧}
  - name: hello
    container: {image: 'alpine:3.23'}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: lib}
spec:
  templates:
  - name: hello
    container: {image: 'alpine:3.23'}
---
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - name: a
        templateRef: {name: lib, template: ⟦helo⟧}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - {name: a, template: hello}
  - name: hello
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for call in &view.calls {
        let Target::Fault(Fault::UnknownTemplate { base: holder, name }) = &call.target else {
            continue;
        };
        let (Some(base), Some(holder)) = (view.base(&call.site), view.bases.get(*holder)) else {
            continue;
        };
        let has_reference = match call.holder {
            Holder::Step(step) => step.template_ref.is_some(),
            Holder::Task(task) => task.template_ref.is_some(),
            _ => false,
        };
        let path = match call.holder {
            _ if has_reference => call.path.key("templateRef").key("template"),
            Holder::Step(_) | Holder::Task(_) => call.path.key("template"),
            _ => call.path.clone(),
        };
        let of = if std::ptr::eq(holder, base) {
            String::new()
        } else {
            format!(" in {} `{}`", holder.kind.name(), holder.entry.object_name())
        };
        let names = holder.names();
        let near = did_you_mean(name, names.iter().copied());
        let near_text = near.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
        let message = if has_placeholder(name) || name.contains("{{") {
            "a template's name cannot be a variable here".to_owned()
        } else {
            format!("template `{name}` does not exist{of}{near_text}")
        };
        let mut finding = sink.finding(message).at(base.value(&path));
        if let Some((_, path)) = near.and_then(|name| holder.template(name)) {
            finding = finding.related("a template of a similar name", holder.value(&path.key("name")));
        }
        if !names.is_empty() && near.is_none() {
            finding = finding.help(format!("there are `{}`", names.join("`, `")));
        }
        sink.push_in(view.foreign(&call.site), finding);
    }
}
