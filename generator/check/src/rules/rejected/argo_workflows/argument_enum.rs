use crate::argo::{arguments, may_lack_values};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "argument-enum",
    kinds: WORKFLOWS,
    title: "an argument whose value is not among those allowed",
    why: "`enum` lists the values that are allowed; an empty list allows none.",
    fix: "Use one of the values, or add it to the list.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateArgumentsValues`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: hello}
spec:
  arguments:
    parameters:
    - name: size
      value: ⟦large⟧
      enum: [small, medium]
    - name: colour
      value: red
      ⟦enum⟧: []
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: hello}
spec:
  arguments:
    parameters:
    - {name: size, value: medium, enum: [small, medium]}
    - {name: colour, enum: [red]}
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for given in arguments(view) {
        // Without the word there is none, and most documents are without.
        if !given.base.text().contains("enum") {
            continue;
        }
        let may_lack = given.is_of_workflow && may_lack_values(view.options, view.entry);
        for (at, parameter) in &given.parameters {
            let path = given.path("parameters", *at);
            let list = path.key("enum");
            let is_empty_list = given.base.document().length_at(&list) == Some(0);
            let (message, place) = if is_empty_list {
                (format!("argument `{}` has an empty list of allowed values", parameter.name), given.base.key(&list))
            } else if parameter.enum_.is_empty() {
                continue;
            } else if let Some(value) = &parameter.value {
                if parameter.enum_.contains(value) {
                    continue;
                }
                let near = did_you_mean(value, parameter.enum_.iter().map(String::as_str));
                let near = near.map_or_else(String::new, |value| format!(" (did you mean `{value}`?)"));
                let message = format!("`{value}` is not among the values allowed for `{}`{near}", parameter.name);
                (message, given.base.value(&path.key("value")))
            } else if may_lack {
                // Upstream's loop ends at such a parameter: what follows goes unchecked.
                break;
            } else if parameter.value_from.is_some() {
                let message = format!("argument `{}` has `enum` and so needs a `value`", parameter.name);
                (message, given.base.value(&path.key("name")))
            } else {
                continue;
            };
            let mut finding = sink.finding(message).at(place);
            if !parameter.enum_.is_empty() {
                finding = finding.help(format!("allowed are `{}`", parameter.enum_.join("`, `")));
            }
            sink.push_in(view.foreign(&given.site), finding);
        }
    }
}
