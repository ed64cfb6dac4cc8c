use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "never-pulled",
    profile: Profile::Strict,
    title: "an image that must be on the node already",
    why: "With `imagePullPolicy: Never` a pod runs whatever is stored under that name on its node, put there by any pod of \
          anybody.",
    fix: "Leave `imagePullPolicy` out; by digest, `IfNotPresent` is safe.",
    source: "kubernetes v1.35 docs, Images, and admission plugin AlwaysPullImages",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - {name: a, image: 'alpine:3.23', imagePullPolicy: ⟦Never⟧}
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
  - {name: a, image: 'alpine:3.23', imagePullPolicy: IfNotPresent}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for container in surface.containers() {
        let policy = container.value.get("imagePullPolicy");
        if let Some(policy) = policy.filter(|policy| policy.text() == Some("Never")) {
            let message = format!("container `{}` runs what its node has under this name, whoever put it there", container.name());
            sink.push(sink.finding(message).at(policy.place()));
        }
    }
}
