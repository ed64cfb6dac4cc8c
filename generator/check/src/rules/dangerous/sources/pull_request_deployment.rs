use crate::rules::prelude::*;
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "pull-request-deployment",
    kinds: &["ApplicationSet"],
    title: "a deployment for whatever anyone proposes",
    why: "Every open pull request is deployed, those of forks too: who opens one chooses the manifests that Argo CD \
          applies and the program that runs, with the Secrets of that namespace.",
    fix: "Ask for a label that maintainers set (`labels: [preview]`), and give previews a project of their own with few \
          kinds.",
    source: "argo-cd v3.5 docs/operator-manual/applicationset/Generators-Pull-Request.md and Security.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: previews}
spec:
  goTemplate: true
  generators:
  - pullRequest:
      ⟦github⟧: {owner: acme, repo: shop}
  template:
    metadata: {name: 'preview-{{.number}}'}
    spec:
      project: previews
      source: {repoURL: 'https://github.com/acme/shop.git', targetRevision: '{{.head_sha}}', path: deploy}
      destination: {server: 'https://kubernetes.default.svc', namespace: previews}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: previews}
spec:
  goTemplate: true
  generators:
  - pullRequest:
      github: {owner: acme, repo: shop, labels: [preview]}
  template:
    metadata: {name: 'preview-{{.number}}'}
    spec:
      project: previews
      source: {repoURL: 'https://github.com/acme/shop.git', targetRevision: '{{.head_sha}}', path: deploy}
      destination: {server: 'https://kubernetes.default.svc', namespace: previews}
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
    let mut pending: Vec<Value<'_>> = spec.items_of("generators").collect();
    while let Some(generator) = pending.pop() {
        for combined in ["matrix", "merge"] {
            pending.extend(generator.get(combined).into_iter().flat_map(|it| it.items_of("generators")));
        }
        let Some(requests) = generator.get("pullRequest") else {
            continue;
        };
        let has_filter = requests.get("filters").is_some();
        for provider in ["github", "gitlab", "gitea", "bitbucketServer", "bitbucket", "azuredevops"] {
            let Some(provider) = requests.get(provider) else {
                continue;
            };
            if !has_filter && provider.get("labels").is_none() {
                let message = "every open pull request is deployed, whoever opens it: ask for a label that maintainers set";
                sink.push(sink.finding(message).at(provider.key_place()));
            }
        }
    }
}
