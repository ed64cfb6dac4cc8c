use crate::argo::TemplateKind;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "output-parameter-source",
    kinds: WORKFLOWS,
    title: "an output parameter that does not say where its value comes from, or says it in a way that the template does not know",
    why: "A container writes a file (`path`), a resource has fields (`jsonPath`, `jqFilter`), steps and DAGs have outputs of others \
          (`parameter`, `expression`).",
    fix: "Write the one source that fits the template.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateOutputs`, `validateOutputParameter`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
    outputs:
      parameters:
      - {name: ⟦digest⟧}
      - {name: size, ⟦valueFrom⟧: {jsonPath: '{.size}'}}
      - {name: both, value: x, ⟦valueFrom⟧: {path: /both}}
      - {name: none, ⟦valueFrom⟧: {default: x}}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
    outputs:
      parameters: [{name: digest, valueFrom: {path: /tmp/digest}}, {name: fixed, value: x}]
  - name: wait
    suspend: {}
    outputs:
      parameters: [{name: answer, valueFrom: {supplied: {}}}]
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let outputs = visit.template.outputs.iter().flat_map(|outputs| &outputs.parameters);
        let kind = visit.kind().map_or("", TemplateKind::field);
        for (at, output) in outputs.enumerate() {
            let item = visit.path.key("outputs").key("parameters").index(at);
            let path = item.key("valueFrom");
            let name = &output.name;
            let Some(from) = &output.value_from else {
                if output.value.is_none() && !sink.is_misspelt(base.entry, &item, "valueFrom") {
                    let message = format!("output parameter `{name}` has neither `valueFrom` nor `value`");
                    sink.push_in(view.foreign(&visit.site), sink.finding(message).at(base.value(&item.key("name"))));
                }
                continue;
            };
            let is = |value: &Option<String>| value_is(value.as_deref());
            let sources = [
                ("path", is(&from.path)),
                ("jqFilter", is(&from.jq_filter)),
                ("jsonPath", is(&from.json_path)),
                ("parameter", is(&from.parameter)),
                ("expression", is(&from.expression)),
                ("supplied", from.supplied.is_some()),
            ];
            let used: Vec<&str> = sources.iter().filter(|(_, is)| *is).map(|(field, _)| *field).collect();
            let fit: &[&str] = match visit.body_kind() {
                Some(TemplateKind::Container | TemplateKind::ContainerSet | TemplateKind::Script) => &["path"],
                Some(TemplateKind::Resource) => &["jqFilter", "jsonPath"],
                Some(TemplateKind::Dag | TemplateKind::Steps) => &["parameter", "expression"],
                _ => &[],
            };
            let message = if output.value.is_some() {
                format!("output parameter `{name}` has both `valueFrom` and `value`")
            } else if used.is_empty() {
                format!("output parameter `{name}` does not say where its value comes from")
            } else if used.len() > 1 {
                format!("output parameter `{name}` takes its value from several sources: `{}`", used.join("`, `"))
            } else if !fit.is_empty() && !used.iter().any(|source| fit.contains(source)) {
                format!("output parameter `{name}` of a template of kind `{kind}` cannot come from `{}`", used.join("`, `"))
            } else {
                continue;
            };
            let mut finding = sink.finding(message).at(base.key(&path));
            if !fit.is_empty() {
                finding = finding.help(format!("use `{}`", fit.join("` or `")));
            }
            sink.push_in(view.foreign(&visit.site), finding);
        }
    }
}
