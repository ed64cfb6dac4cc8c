use crate::tasks::{Tasks, Use, items};
use luban_yaml::Cursor;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-unused-workspace",
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    title: "a workspace that the task does not use",
    why: "Every run must bind it, and nothing is read from it or written to it.",
    fix: "Use it, or remove it from the task and from those who bind it.",
    source: "tektoncd/pipeline v1.15 docs/workspaces.md",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: source}, {name: ⟦cache⟧}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    workingDir: $(workspaces.source.path)
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: source}, {name: cache}, {name: creds, mountPath: /creds}, {name: tmp}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    workingDir: $(workspaces.source.path)
    args: [/workspace/cache, --creds=/creds/token]
    workspaces: [{name: tmp}]
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for body in &tasks.bodies {
        for workspace in &body.workspaces {
            let name = workspace.name;
            let used = |used: &Use<'_>| used.is_one_of(std::iter::once(name));
            let own = format!("/workspace/{name}");
            let path = workspace.node.text_at(&["mountPath"]).unwrap_or(&own);
            let containers = || items(body.node, "steps").chain(items(body.node, "sidecars"));
            let mut named = containers().flat_map(|container| items(container, "workspaces"));
            // A program finds by itself what is mounted at a place of its own.
            let is_mounted_at_home = workspace.node.get("mountPath").is_some();
            let is_used = named.any(|named| named.text_at(&["name"]) == Some(name))
                || body.uses_of("workspaces").any(used)
                || containers().chain(body.node.get("stepTemplate")).any(|container| mentions(container, path));
            if !is_used && !is_mounted_at_home && !body.mentions(&format!("workspaces.{name}.")) {
                let message = format!("workspace `{name}` is not used by this task");
                sink.push(sink.finding(message).at(Some(workspace.place())));
            }
        }
    }
}

fn mentions(node: Cursor<'_>, text: &str) -> bool {
    node.text().is_some_and(|found| found.contains(text))
        || node.values().any(|item| mentions(item, text))
        || node.entries().any(|(_, value)| mentions(value, text))
}
