use std::collections::HashSet;

use crate::argo::Dag;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-outside-target",
    kinds: WORKFLOWS,
    profile: Profile::Strict,
    title: "a task that no target needs",
    why: "A DAG with `target` runs its targets and what they depend on, nothing else.",
    fix: "Name the task in `target`, or remove it.",
    source: "argo-workflows v4.1 workflow/controller/dag.go, `executeDAG`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      target: b
      tasks:
      - {name: a, template: echo}
      - {name: b, template: echo, depends: a}
      - {name: ⟦c⟧, template: echo, depends: b}
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      target: b c
      tasks:
      - {name: a, template: echo}
      - {name: b, template: echo, depends: a}
      - {name: c, template: echo}
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for written in view.written() {
        let Some(template) = &written.template.dag else { continue };
        let Some(target) = template.target.as_deref().filter(|target| !target.is_empty() && !target.contains("{{")) else {
            continue;
        };
        if template.tasks.iter().any(|task| task.depends.as_deref().is_some_and(|depends| depends.contains("{{"))) {
            continue;
        }
        let dag = Dag::of_names(&template.tasks);
        let mut needed: HashSet<usize> = HashSet::new();
        let mut pending: Vec<usize> = target.split(' ').filter_map(|name| dag.by_name.get(name).copied()).collect();
        while let Some(task) = pending.pop() {
            if needed.insert(task) {
                pending.extend(dag.before(task));
            }
        }
        for (at, task) in template.tasks.iter().enumerate().filter(|(at, _)| !needed.contains(at)) {
            let path = written.path.key("dag").key("tasks").index(at).key("name");
            let finding = sink.finding(format!("no target needs task `{}`: it never runs", task.name)).at(own.value(&path));
            sink.push(finding.related("the targets are here", own.value(&written.path.key("dag").key("target"))));
        }
    }
}
