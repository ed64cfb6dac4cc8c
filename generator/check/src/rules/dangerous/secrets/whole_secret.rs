use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "whole-secret",
    confidence: Confidence::High,
    profile: Profile::Strict,
    title: "all keys of a Secret in the environment",
    why: "The container gets every key that the Secret has, and those that are added later, where one or two are used.",
    fix: "Name each key by `secretKeyRef`.",
    source: "kubernetes v1.35 docs, Good practices for Kubernetes Secrets; zizmor v1.30 audit `overprovisioned-secrets`",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: alpine:3.23
    envFrom: [{secretRef: {name: ⟦shop⟧}}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: alpine:3.23
    env: [{name: KEY, valueFrom: {secretKeyRef: {name: shop, key: key}}}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for container in surface.containers() {
        for secret in container.value.items_of("envFrom").filter_map(|from| from.get("secretRef")) {
            let name = secret.get("name").unwrap_or(secret);
            let message = format!("container `{}` gets all keys of this Secret", container.name());
            sink.push(sink.finding(message).at(name.place()));
        }
    }
}
