use crate::rules::prelude::*;
use crate::surface::Maker;

pub(crate) static RULE: Rule = Rule {
    id: "mounted-token",
    profile: Profile::Strict,
    title: "a pod that has a token for the Kubernetes API without need",
    why: "Whatever runs in the pod may use the rights of its ServiceAccount: users' code in a build, and who breaks into a \
          server.",
    fix: "Set `automountServiceAccountToken: false`; Argo Workflows needs `executor.serviceAccountName` beside it.",
    source: "kubernetes v1.35 docs, Configure Service Accounts for Pods; argo-workflows v4.1 docs/service-accounts.md",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  ⟦containers⟧:
  - name: a
    image: alpine:3.23
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  automountServiceAccountToken: false
  containers:
  - name: a
    image: alpine:3.23
",
        ),
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  serviceAccountName: a
  containers:
  - name: a
    image: alpine:3.23
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    // A listener asks the API, and names its account outside of its pod.
    if surface.kind() == "EventListener" {
        return;
    }
    for pod in surface.pods.iter().filter(|pod| pod.maker == Maker::Kubernetes && !pod.containers.is_empty()) {
        // Who names an account probably uses it; that it may is for its Role to say.
        let has_account = pod.field("serviceAccountName").is_some_and(|name| name.text() != Some("default"));
        if has_account || pod.field("automountServiceAccountToken").is_some() {
            continue;
        }
        let message = "this pod has a token for the Kubernetes API: set `automountServiceAccountToken: false`";
        sink.push(sink.finding(message).at(pod.place()));
    }
}
