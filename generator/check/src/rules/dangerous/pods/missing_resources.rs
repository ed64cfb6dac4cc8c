use crate::rules::prelude::*;
use crate::surface::Maker;

pub(crate) static RULE: Rule = Rule {
    id: "missing-resources",
    profile: Profile::Strict,
    title: "a container that says nothing of what it needs",
    why: "Without requests the scheduler puts too much on a node; without a limit of memory one build takes that of all \
          others.",
    fix: "Set `resources` (`computeResources` in Tekton) with requests, and a limit of memory.",
    source: "kubernetes v1.35 docs, Resource Management for Pods and Containers",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - ⟦name⟧: a
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
  containers:
  - name: a
    image: alpine:3.23
    resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 64Mi}}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for pod in surface.pods.iter().filter(|pod| pod.maker != Maker::Settings) {
        for container in pod.containers.iter().filter(|container| container.value.get("ref").is_none()) {
            let resources = container.field("resources").or_else(|| container.field("computeResources"));
            let has = |keys: &[&str]| resources.is_some_and(|resources| resources.at(keys).is_some());
            // An event source or a sensor has an image of the controller's, which knows what it needs.
            if pod.maker == Maker::Events || has(&["requests"]) && has(&["limits", "memory"]) {
                continue;
            }
            let message = format!("container `{}` lacks requests or a limit of memory", container.name());
            sink.push(sink.finding(message).at(container.value.head()));
        }
    }
}
