use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "image-pattern",
    title: "an image of a kustomization whose name kustomize cannot read as a pattern",
    why: "The name of an image is a regular expression of Go. One that cannot be read ends kustomize with a panic.",
    fix: "Write the name alone, without tag.",
    source: "kustomize v5.8 (api v0.21.1) `image.IsImageMatched`",
    bad: &[Example::new(
        "# file: a/kustomization.yaml
resources: [web.yaml]
images:
- {name: \"nginx⟦(⟧\", newTag: \"1.29\"}
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
    good: &[Example::new(
        "# file: a/kustomization.yaml
resources: [\"https://example.com/a.yaml\"]
images:
- {name: nginx, newTag: \"1.29\"}
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
