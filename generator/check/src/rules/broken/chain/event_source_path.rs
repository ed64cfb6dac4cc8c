use crate::chain::{items, listening};
use crate::references::{How, References, Target};
use luban_yaml::Cursor;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-source-path",
    kinds: &["HTTPRoute"],
    title: "a route to an EventSource by a path that it does not serve",
    why: "The EventSource answers 404, and no event comes.",
    fix: "Write the `endpoint` of an event as the route's path.",
    source: "argo-events v1.9 pkg/eventsources/common/webhook/webhook.go, `startServer`",
    bad: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: hooks, namespace: ci}
spec:
  rules:
  - matches:
    - path: {type: Exact, value: ⟦/github⟧}
    backendRefs:
    - {name: git-eventsource-svc, port: 80}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git, namespace: ci}
spec:
  service:
    ports: [{port: 80, targetPort: 12000}]
  github:
    push:
      webhook: {endpoint: /push, method: POST, port: '12000'}
      events: [push]
      organizations: [acme]
",
    )],
    good: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: hooks, namespace: ci}
spec:
  rules:
  - matches:
    - path: {type: Exact, value: /push}
    backendRefs:
    - {name: git-eventsource-svc, port: 80}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git, namespace: ci}
spec:
  service:
    ports: [{port: 80, targetPort: 12000}]
  github:
    push:
      webhook: {endpoint: /push, method: POST, port: '12000'}
      events: [push]
      organizations: [acme]
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = references.entry.document.cursor(&references.entry.path).and_then(|node| node.get("spec")) else {
        return;
    };
    for rule in items(spec, "rules") {
        // A filter may send another path on.
        if rule.get("filters").is_some() {
            continue;
        }
        let backends: Vec<Cursor<'_>> = items(rule, "backendRefs").collect();
        let Some(endpoints) = backends.iter().map(|backend| endpoints(references, *backend)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let endpoints = endpoints.concat();
        if endpoints.is_empty() {
            continue;
        }
        for path in items(rule, "matches").filter_map(|one| one.get("path")) {
            let Some((node, value)) = path.get("value").and_then(|node| Some((node, node.text()?))) else {
                continue;
            };
            let kind = path.text_at(&["type"]).unwrap_or("PathPrefix");
            let is_served = match kind {
                "Exact" => endpoints.contains(&value),
                "PathPrefix" => endpoints.iter().any(|endpoint| is_below(endpoint, value)),
                _ => true,
            };
            if is_served {
                continue;
            }
            let near = did_you_mean(value, endpoints.iter().copied());
            let near = near.map_or_else(
                || format!(": it serves `{}`", endpoints.join("`, `")),
                |near| format!(" (did you mean `{near}`?)"),
            );
            sink.push(sink.finding(format!("the EventSource does not serve `{value}`{near}")).at(Some(node.place())));
        }
    }
}

/// The endpoints of the EventSource that a backend leads to; none if it leads elsewhere.
fn endpoints<'a>(references: &References<'a>, backend: Cursor<'a>) -> Option<Vec<&'a str>> {
    let name = backend.get("name")?;
    let resolved = references.to(Target::Service).find(|resolved| resolved.reference.node.is(name))?;
    let mut endpoints = Vec::new();
    for maker in resolved.found.iter().flat_map(|(_, makers)| makers) {
        let spec = maker.node(references.objects).filter(|_| maker.how == How::Served)?.get("spec")?;
        let events = listening(spec);
        if events.is_empty() {
            return None;
        }
        endpoints.extend(events.iter().map(|event| event.endpoint));
    }
    Some(endpoints)
}

fn is_below(endpoint: &str, prefix: &str) -> bool {
    let rest = endpoint.strip_prefix(prefix.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
