use crate::rules::prelude::*;

/// Sources with an endpoint, and the field that says how a sender proves who it is.
const KINDS: &[(&str, &str)] = &[
    ("webhook", ""),
    ("github", "webhookSecret"),
    ("gitlab", "secretToken"),
    ("bitbucketserver", "webhookSecret"),
    ("bitbucket", ""),
    ("slack", "signingSecret"),
    ("gerrit", ""),
    ("stripe", ""),
    ("storageGrid", ""),
    ("sns", "validateSignature"),
];

pub(crate) static RULE: Rule = Rule {
    id: "unauthenticated-event-source",
    confidence: Confidence::High,
    kinds: &["EventSource"],
    title: "an endpoint that takes events from anyone",
    why: "Whoever reaches it starts what its sensors start, with data of theirs: the source does not look who sent the \
          event.",
    fix: "Set `webhookSecret` (GitHub, Bitbucket Server), `secretToken` (GitLab), `signingSecret` (Slack), or \
          `authSecret`, which wants `Authorization: Bearer <secret>`.",
    source: "argo-events v1.9 pkg/eventsources/common/webhook/webhook.go, and start.go of each source",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  service: {ports: [{port: 12000, targetPort: 12000}]}
  webhook:
    ⟦push⟧: {endpoint: /push, port: '12000', method: POST}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  github:
    ⟦push⟧:
      repositories: [{owner: acme, names: [shop]}]
      webhook: {endpoint: /push, port: '12000', method: POST}
      events: [push]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    push: {endpoint: /push, port: '12000', method: POST, authSecret: {name: hooks, key: token}}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  github:
    push:
      repositories: [{owner: acme, names: [shop]}]
      webhook: {endpoint: /push, port: '12000', method: POST}
      events: [push]
      webhookSecret: {name: github, key: secret}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  calendar:
    daily: {schedule: '0 4 * * *'}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = surface.root.get("spec") else {
        return;
    };
    for (kind, secret) in KINDS {
        for (name, event) in spec.get(kind).into_iter().flat_map(|events| events.entries()) {
            let endpoint = if *kind == "webhook" { Some(event) } else { event.get("webhook") };
            // Without an endpoint of its own it is asked for, not called.
            let Some(endpoint) = endpoint else { continue };
            let own = if secret.is_empty() { None } else { event.get(secret) };
            if endpoint.get("authSecret").is_some() || own.is_some_and(|own| own.boolean() != Some(false)) {
                continue;
            }
            let help = match (*kind, *secret) {
                ("webhook", _) => "set `authSecret`".to_owned(),
                (_, "") => "this provider proves nothing that is looked at: let only its addresses reach the endpoint".to_owned(),
                (_, secret) => format!("set `{secret}`"),
            };
            let message = format!("event `{name}` is taken from anyone who reaches `{}`", endpoint.text_of("endpoint").unwrap_or("it"));
            sink.push(sink.finding(message).at(event.key_place()).help(help));
        }
    }
}
