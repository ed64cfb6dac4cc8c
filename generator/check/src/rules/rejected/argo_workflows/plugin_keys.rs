use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "plugin-keys",
    kinds: WORKFLOWS,
    title: "a plugin template without exactly one plugin",
    why: "The one key of `plugin` names the executor plugin that runs it.",
    fix: "Write one key, the plugin's name.",
    source: "argo-workflows v4.1 pkg/apis/workflow/v1alpha1/plugin_types.go, `Plugin.UnmarshalJSON`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    ⟦plugin⟧: {slack: {}, mail: {}}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    plugin: {slack: {}}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.templates() {
        let count = visit.template.plugin.as_ref().map(|plugin| plugin.0.len());
        if let Some(count) = count.filter(|count| *count != 1) {
            let message = format!("`plugin` names {count} plugins, not one");
            let finding = sink.finding(message).at(base.key(&visit.path.key("plugin")));
            sink.push_in(view.foreign(&visit.site), finding);
        }
    }
}
