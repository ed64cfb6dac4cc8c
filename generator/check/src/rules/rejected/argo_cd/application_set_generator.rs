use luban_api::Object;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "application-set-generator",
    kinds: &["ApplicationSet"],
    title: "a generator of an ApplicationSet that is none, or combines the wrong number",
    why: "Each item of `generators` is one generator; `matrix` combines exactly two, `merge` two or more by \
          `mergeKeys`. The set is in error and makes no application.",
    fix: "Complete the generator.",
    source: "argo-cd v3.5.1 applicationset/utils `CheckInvalidGenerators`; applicationset/generators `matrix.go`, \
          `merge.go`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
  - matrix:
      ⟦generators⟧:
      - list: {elements: [{name: snd}]}
  - merge:
      ⟦mergeKeys⟧: []
      generators:
      - list: {elements: [{name: snd}]}
      - list: {elements: [{name: snd, a: b}]}
  - ⟦selector⟧: {}
  template:
    metadata: {name: 'web-{{ .name }}'}
    spec:
      project: default
      source: {repoURL: 'https://git.example.com/acme/gitops', path: 'apps/web/{{ .name }}', targetRevision: main}
      destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
  - list: {elements: [{name: snd}]}
  template:
    metadata: {name: 'web-{{ .name }}'}
    spec:
      project: default
      source: {repoURL: 'https://git.example.com/acme/gitops', path: 'apps/web/{{ .name }}', targetRevision: main}
      destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
  - matrix:
      generators:
      - list: {elements: [{name: snd}]}
      - clusters: {}
  template:
    metadata: {name: 'web-{{ .name }}'}
    spec:
      project: default
      source: {repoURL: 'https://git.example.com/acme/gitops', path: 'apps/web/{{ .name }}', targetRevision: main}
      destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let Some(Object::ApplicationSet(_)) = &entry.object else { return };
    let mut pending = vec![entry.path.key("spec").key("generators")];
    while let Some(list) = pending.pop() {
        for index in 0..document.length_at(&list).unwrap_or(0) {
            let at = list.index(index);
            let has = |field: &str| document.has(&at.key(field)) && document.has_value(&at.key(field));
            let is_any = KINDS.iter().any(|kind| has(kind));
            // Of generators in generators, those that are none give nothing.
            let is_outer = list.len() == entry.path.len() + 2;
            if is_outer && !is_any && !KINDS.iter().any(|kind| sink.is_misspelt(entry, &at, kind)) {
                let finding = sink.finding(format!("the item is no generator: write one of `{}`", KINDS.join("`, `")));
                sink.push(finding.at(document.locate_head(&at)));
            }
            for kind in ["matrix", "merge"] {
                let generators = at.key(kind).key("generators");
                let Some(count) = document.length_at(&generators) else { continue };
                let is_fine = if kind == "matrix" { count == 2 } else { count >= 2 };
                if !is_fine {
                    let needs = if kind == "matrix" { "exactly two" } else { "two or more" };
                    let finding = sink.finding(format!("`{kind}` combines {needs} generators, and there {}", is(count)));
                    sink.push(finding.at(document.locate_key(&generators)));
                }
                let keys = at.key(kind).key("mergeKeys");
                if kind == "merge" && document.length_at(&keys) == Some(0) {
                    let finding = sink.finding("`merge` needs the keys by which it merges");
                    sink.push(finding.at(document.locate_key(&keys)));
                }
                pending.push(generators);
            }
        }
    }
}

const KINDS: [&str; 9] = ["list", "clusters", "git", "scmProvider", "clusterDecisionResource", "pullRequest", "matrix", "merge", "plugin"];

fn is(count: usize) -> String {
    if count == 1 { "is one".to_owned() } else { format!("are {count}") }
}
