use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "namespace-without-pod-security",
    profile: Profile::Strict,
    kinds: &["Namespace"],
    title: "a namespace that takes every pod",
    why: "Without Pod Security labels, privileged pods and those with the node's files are accepted: whoever may create a \
          pod there has the node.",
    fix: "Label it `pod-security.kubernetes.io/enforce: restricted`, or `baseline`.",
    source: "kubernetes v1.35 docs, Pod Security Admission",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Namespace
metadata:
  name: ⟦ci⟧
",
        ),
        Example::new(
            "apiVersion: v1
kind: Namespace
metadata:
  name: ci
  labels: {pod-security.kubernetes.io/enforce: ⟦privileged⟧}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: v1
kind: Namespace
metadata:
  name: ci
  labels: {pod-security.kubernetes.io/enforce: restricted}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let Some(metadata) = surface.root.get("metadata") else {
        return;
    };
    let level = metadata.at(&["labels", "pod-security.kubernetes.io/enforce"]);
    let finding = match level {
        Some(level) if level.text() == Some("privileged") => sink.finding("this namespace takes privileged pods").at(level.place()),
        Some(_) => return,
        None => {
            let name = metadata.get("name").unwrap_or(metadata);
            sink.finding("this namespace takes every pod: it has no label `pod-security.kubernetes.io/enforce`").at(name.place())
        }
    };
    sink.push(finding);
}
