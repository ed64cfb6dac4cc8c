use crate::argo::arguments;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "argument-value-source",
    kinds: WORKFLOWS,
    title: "an argument whose value comes from where arguments cannot take it",
    why: "An argument's `valueFrom` takes a key of a ConfigMap, an event, or a value that someone supplies; files, \
          expressions and other outputs are for outputs.",
    fix: "Use `configMapKeyRef`, `event` or `supplied`, or pass the output as `value: '{{…}}'`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateArgumentsValues`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: hello}
spec:
  arguments:
    parameters:
    - name: text
      valueFrom: {⟦path⟧: /tmp/text}
    - name: more
      ⟦valueFrom⟧: {default: x}
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
    - name: text
      valueFrom: {configMapKeyRef: {name: texts, key: hello}}
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
        for (at, parameter) in &given.parameters {
            let Some(from) = &parameter.value_from else {
                continue;
            };
            let path = given.path("parameters", *at).key("valueFrom");
            let wrong = [
                ("path", &from.path),
                ("jsonPath", &from.json_path),
                ("parameter", &from.parameter),
                ("expression", &from.expression),
            ];
            let wrong = wrong.iter().find(|(_, value)| value_is(value.as_deref()));
            let has_source = from.config_map_key_ref.is_some() || value_is(from.event.as_deref()) || from.supplied.is_some();
            let (message, place) = match wrong {
                Some((field, _)) => (
                    format!("argument `{}` cannot take its value from `{field}`", parameter.name),
                    given.base.key(&path.key(field)),
                ),
                None if !has_source => (
                    format!("argument `{}` does not say where its value comes from", parameter.name),
                    given.base.key(&path),
                ),
                None => continue,
            };
            let finding = sink.finding(message).at(place);
            let finding = finding.help("arguments take values from `configMapKeyRef`, `event` or `supplied`");
            sink.push_in(view.foreign(&given.site), finding);
        }
    }
}
