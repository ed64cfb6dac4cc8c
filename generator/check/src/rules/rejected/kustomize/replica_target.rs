use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "replica-target",
    title: "a number of replicas of something that the kustomization does not have",
    why: "An item of `replicas` names a Deployment, a StatefulSet, a ReplicaSet or a ReplicationController.",
    fix: "Correct the name: the one before prefixes and suffixes, or the one after them.",
    source: "kustomize v5.8 (api v0.21.1) `ReplicaCountTransformerPlugin.Transform`",
    bad: &[Example::new(
        "# file: base/kustomization.yaml
resources: [settings.yaml]
# file: base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
# file: overlay/kustomization.yaml
resources: [../base]
replicas: [{name: ⟦settings⟧, count: 2}]
",
    )],
    good: &[Example::new(
        "# file: a/kustomization.yaml
resources: [web.yaml]
replicas: [{name: web, count: 2}]
# file: a/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: \"nginx:1.29\"}]
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
