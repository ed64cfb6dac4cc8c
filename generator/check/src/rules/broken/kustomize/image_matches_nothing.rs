use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "image-matches-nothing",
    title: "an image of a kustomization that no container has",
    why: "Nothing is changed, without a word, and what is deployed is what the base says. A name of an image is \
          matched whole and without registry defaults: `nginx` is not `docker.io/nginx`. Images elsewhere, such as \
          in a Workflow, are not looked at unless `configurations` name their fields.",
    fix: "Write the name as the container has it, or after a base has changed it.",
    source: "kustomize v5.8 (api v0.21.1) `imagetag.Filter`, `imagetag.LegacyFilter`",
    bad: &[Example::new(
        "# file: a/kustomization.yaml
resources: [web.yaml]
images:
- {name: ⟦docker.io/nginx⟧, newTag: \"1.30\"}
- {name: nginx, newTag: \"1.30\"}
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
resources: [web.yaml]
images:
- {name: nginx, newName: example.com/nginx}
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
# file: b/kustomization.yaml
resources: [../a]
images:
- {name: example.com/nginx, newTag: \"1.30\"}
",
    )],
    check: Check::All(crate::kustomize::say),
    ..BROKEN
};
