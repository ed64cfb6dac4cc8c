use std::collections::{HashMap, HashSet};

use luban_yaml::Path;

use crate::argo::Node;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "endless-recursion",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "templates that call each other without a condition",
    why: "Each run of the template starts another of it: the workflow only ends at the limit of depth, as an error.",
    fix: "Give one of the calls a `when` that becomes false.",
    source: "argo-workflows v4.1 workflow/controller/operator.go, `checkMaxDepth`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - {name: a, template: echo}
    - - {name: again, template: ⟦main⟧}
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
  templates:
  - name: main
    steps:
    - - {name: a, template: echo}
    - - {name: again, template: main, when: \"'{{steps.a.outputs.result}}' != done\"}
  - name: echo
    script: {image: 'alpine:3.23', command: [sh], source: date}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    // Certain calls, each with the place of the name.
    let mut calls: HashMap<&str, Vec<(&str, Path)>> = HashMap::new();
    for written in view.written().iter().filter(|written| written.outer.is_none()) {
        let name = written.template.name.as_deref().unwrap_or_default();
        let certain = written.nodes.iter().filter(|node| is_certain(node));
        let certain = certain.filter_map(|node| Some((node.template?, node.path.key("template"))));
        calls.entry(name).or_insert_with(|| certain.collect());
    }
    let mut done: HashSet<&str> = HashSet::new();
    for start in own.names() {
        // The way that is being followed: a template, and how many of its calls were looked at.
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_way: HashSet<&str> = HashSet::from([start]);
        if done.contains(start) {
            continue;
        }
        while let Some((name, next)) = way.last_mut() {
            let call = calls.get(*name).and_then(|calls| calls.get(*next));
            *next += 1;
            let Some((called, path)) = call else {
                done.insert(name);
                on_way.remove(name);
                way.pop();
                continue;
            };
            if on_way.contains(called) {
                let from = way.iter().position(|(name, _)| name == called).unwrap_or(0);
                let names: Vec<&str> = way.iter().skip(from).map(|(name, _)| *name).chain([*called]).collect();
                let message = if names.len() == 2 {
                    format!("template `{called}` calls itself in every run: the workflow never ends")
                } else {
                    format!("templates call each other in every run: the workflow never ends ({})", names.join(" → "))
                };
                sink.push(sink.finding(message).at(own.value(path)));
            } else if !done.contains(called) {
                on_way.insert(called);
                way.push((called, 0));
            }
        }
    }
}

/// Whether a call is made whenever all before it went well.
fn is_certain(node: &Node<'_>) -> bool {
    let is_conditional = node.when.is_some_and(|when| !when.trim().is_empty());
    let depends = node.depends.unwrap_or_default();
    let is_usual = !["!", "||", "Failed", "Errored", "Skipped", "Omitted", "AllFailed", "{{"].iter().any(|sign| depends.contains(sign));
    let is_loop = node.parameter.is_some() || node.sequence.is_some();
    !is_conditional && is_usual && !is_loop && node.template.is_some_and(|name| !name.contains("{{"))
}
