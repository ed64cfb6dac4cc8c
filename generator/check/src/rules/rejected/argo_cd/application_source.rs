use crate::argo_cd::{sources, specs};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "application-source",
    kinds: &["Application", "ApplicationSet"],
    title: "a source of manifests that lacks what it needs",
    why: "A source needs `repoURL` and a `path` or a `chart`, one of several may have `ref` alone; a chart needs \
          `targetRevision`. The application is in error and nothing is synced.",
    fix: "Complete the source.",
    source: "argo-cd v3.5.1 util/argo/argo.go, `validateSourcePermissions`, `validateSourceHydrator`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  ⟦source⟧: {repoURL: 'https://git.example.com/acme/gitops', targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  sources:
  - {repoURL: 'https://charts.example.com', ⟦chart⟧: redis}
  - {repoURL: 'https://git.example.com/acme/gitops', ref: values}
  - {⟦path⟧: apps/web, repoURL: ''}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', chart: redis, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some((spec, path)) = specs(entry) else { return };
    if let Some(hydrator) = &spec.source_hydrator {
        let at = path.key("sourceHydrator");
        let needed = [
            (hydrator.dry_source.repo_url.is_empty(), at.key("drySource").key("repoURL")),
            (hydrator.sync_source.target_branch.is_empty(), at.key("syncSource").key("targetBranch")),
        ];
        for (is_missing, at) in needed {
            if is_missing && entry.document.has(&path.key("sourceHydrator")) {
                let finding = sink.finding(format!("`{at}` is missing"));
                sink.push(finding.at(entry.key_or_head(&at)));
            }
        }
        return;
    }
    let is_set = entry.name.kind == "ApplicationSet";
    let all = sources(spec, &path);
    // A set's generators may have the source.
    if all.is_empty() && !is_set && !sink.is_misspelt(entry, &path, "source") && !sink.is_misspelt(entry, &path, "sources") {
        let at = path.key("source");
        let finding = sink.finding(format!("`{at}` is missing: there is nothing to sync"));
        sink.push(finding.at(entry.key_or_head(&at)));
    }
    let is_several = !spec.sources.is_empty();
    let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
    for (source, at) in all {
        if is_set && entry.document.length_at(&path.key("generators")).is_some() {
            continue;
        }
        let has_content = given(&source.path) || given(&source.chart) || is_several && given(&source.ref_);
        let message = if source.repo_url.is_empty() {
            format!("the source has no `repoURL`: `{at}.repoURL` is missing")
        } else if !has_content {
            let or_ref = if is_several { ", a `chart` or a `ref`" } else { " or a `chart`" };
            format!("the source needs a `path`{or_ref}")
        } else if given(&source.chart) && !given(&source.target_revision) {
            let chart = source.chart.as_deref().unwrap_or_default();
            let finding = sink.finding(format!("chart `{chart}` needs its version as `targetRevision`"));
            sink.push(finding.at(entry.document.locate_key(&at.key("chart"))));
            continue;
        } else {
            continue;
        };
        if ["repoURL", "path", "chart"].iter().any(|field| sink.is_misspelt(entry, &at, field)) {
            continue;
        }
        let place = if is_several { entry.document.locate_head(&at) } else { entry.document.locate_key(&at) };
        sink.push(sink.finding(message).at(place));
    }
}
