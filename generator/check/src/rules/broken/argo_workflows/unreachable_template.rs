use std::collections::{HashMap, HashSet};

use crate::argo::is_template_alone;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unreachable-template",
    kinds: WORKFLOWS,
    profile: Profile::Strict,
    title: "a template that no run comes to",
    why: "Neither the entrypoint nor the end of the workflow leads to it, and nobody else can refer to the templates of a workflow.",
    fix: "Call it, or remove it.",
    source: "argo-workflows v4.1 workflow/controller/operator.go",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
  - name: ⟦forgotten⟧
    container: {image: 'alpine:3.23'}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  onExit: end
  templates:
  - name: main
    steps:
    - - {name: a, template: echo}
  - name: echo
    container: {image: 'alpine:3.23'}
  - name: end
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    if is_template_alone(view.entry) || own.spec.workflow_template_ref.is_some() {
        return;
    }
    let all = view.written();
    // A template's inline ones stand behind it.
    let mut of_name: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut last = "";
    for (at, written) in all.iter().enumerate() {
        if written.outer.is_none() {
            last = written.template.name.as_deref().unwrap_or_default();
        }
        of_name.entry(last).or_default().push(at);
    }
    let hooks = own.spec.hooks.values().filter_map(|hook| hook.template.as_deref());
    let mut pending: Vec<&str> = own.spec.entrypoint.as_deref().into_iter().chain(own.spec.on_exit.as_deref()).chain(hooks).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    while let Some(name) = pending.pop() {
        if name.contains("{{") {
            return;
        }
        if !seen.insert(name) {
            continue;
        }
        for node in of_name.get(name).into_iter().flatten().filter_map(|at| all.get(*at)).flat_map(|written| &written.nodes) {
            pending.extend(node.template);
            pending.extend(node.on_exit);
            pending.extend(node.hooks.values().filter_map(|hook| hook.template.as_deref()));
        }
    }
    for (at, template) in own.spec.templates.iter().enumerate() {
        let Some(name) = template.name.as_deref().filter(|name| !name.is_empty() && !seen.contains(name)) else {
            continue;
        };
        let finding = sink.finding(format!("no run comes to template `{name}`"));
        sink.push(finding.at(own.value(&own.template_path(at).key("name"))));
    }
}
