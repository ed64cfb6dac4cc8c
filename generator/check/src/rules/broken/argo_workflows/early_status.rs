use std::collections::{HashMap, HashSet};

use luban_expression::tags::argo::{Piece, split};

use crate::argo::is_template_alone;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "early-status",
    kinds: WORKFLOWS,
    title: "the status of the workflow, read before it has one",
    why: "`workflow.status` is `Running` until the workflow ends, in every template that the entrypoint leads to.",
    fix: "Read it in a template that runs when the workflow ends (`onExit`, `hooks.exit`); of a step, read `steps.NAME.status`.",
    source: "argo-workflows v4.1 util/variables/keys/runtime.go",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23', args: ['⟦{{workflow.status}}⟧']}
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
    container: {image: 'alpine:3.23'}
  - name: end
    container: {image: 'alpine:3.23', args: ['{{workflow.status}}']}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    if is_template_alone(view.entry) || !own.text().contains("workflow.status") {
        return;
    }
    let Some(entrypoint) = own.spec.entrypoint.as_deref() else { return };
    let all = view.written();
    // What runs at the end or by a hook may run by the entrypoint too.
    let mut late: HashSet<&str> = own.spec.on_exit.as_deref().into_iter().collect();
    late.extend(own.spec.hooks.values().filter_map(|hook| hook.template.as_deref()));
    for node in all.iter().flat_map(|written| &written.nodes) {
        late.extend(node.on_exit);
        late.extend(node.hooks.values().filter_map(|hook| hook.template.as_deref()));
    }
    let mut calls: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut name = "";
    for written in all {
        if written.outer.is_none() {
            name = written.name();
        }
        calls.entry(name).or_default().extend(written.nodes.iter().filter_map(|node| node.template));
    }
    let late = reached(late.into_iter().collect(), &calls);
    let early = reached(vec![entrypoint], &calls);
    for written in all.iter().filter(|written| written.outer.is_none()) {
        let name = written.name();
        if !early.contains(name) || late.contains(name) {
            continue;
        }
        for scalar in own.document().scalars(&written.path) {
            for piece in &split(scalar.text()).pieces {
                let Piece::Tag { name, span } = piece else { continue };
                if scalar.text().get(name.clone()) == Some("workflow.status") {
                    let finding = sink.finding("`workflow.status` is `Running` here: the workflow has not ended");
                    sink.push(finding.at(scalar.place_of(span.clone())));
                }
            }
        }
    }
}

fn reached<'c>(mut pending: Vec<&'c str>, calls: &HashMap<&'c str, Vec<&'c str>>) -> HashSet<&'c str> {
    let mut seen = HashSet::new();
    while let Some(name) = pending.pop() {
        if seen.insert(name) {
            pending.extend(calls.get(name).into_iter().flatten());
        }
    }
    seen
}
