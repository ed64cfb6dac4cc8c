use crate::argo_cd::{is_template, specs};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "sync-option",
    title: "a sync option that Argo CD does not know",
    why: "An option is compared as text, with its value: another spelling, space or value is left out without a \
          word.",
    fix: "Write the option as it is documented.",
    source: "argo-cd v3.5.1 docs/user-guide/sync-options.md; gitops-engine pkg/sync/common/types.go",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  syncPolicy: {syncOptions: [CreateNamespace=true, ⟦CreateNamspace=true⟧, ⟦PruneLast=yes⟧]}
",
    ), Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations: {argocd.argoproj.io/sync-options: \"Prune=false,⟦Delete=never⟧\"}
data: {a: b}
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
  syncPolicy: {syncOptions: [CreateNamespace=true, PrunePropagationPolicy=foreground, RespectIgnoreDifferences=true]}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

/// Options with the values that they may have.
const OPTIONS: &[(&str, &[&str])] = &[
    ("ApplyOutOfSyncOnly", &["true", "false"]),
    ("ClientSideApplyMigration", &["true", "false"]),
    ("CreateNamespace", &["true", "false"]),
    ("Delete", &["true", "false", "confirm"]),
    ("FailOnSharedResource", &["true", "false"]),
    ("Force", &["true", "false"]),
    ("Prune", &["true", "false", "confirm"]),
    ("PruneLast", &["true", "false"]),
    ("PrunePropagationPolicy", &["foreground", "background", "orphan"]),
    ("Replace", &["true", "false"]),
    ("RespectIgnoreDifferences", &["true", "false"]),
    ("ServerSideApply", &["true", "false"]),
    ("SkipDryRunOnMissingResource", &["true", "false"]),
    ("Validate", &["true", "false"]),
];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    if let Some((spec, path)) = specs(entry) {
        let options = spec.sync_policy.iter().flat_map(|policy| &policy.sync_options);
        for (index, option) in options.enumerate() {
            if let Some(why) = fault(option) {
                let at = path.key("syncPolicy").key("syncOptions").index(index);
                sink.push(sink.finding(why).at(entry.document.locate(&at)));
            }
        }
    }
    let at = entry.path.key("metadata").key("annotations").key("argocd.argoproj.io/sync-options");
    let Some(scalar) = entry.document.scalar(&at) else { return };
    let mut start = 0;
    for option in scalar.text().split(',') {
        let trimmed = option.trim();
        let from = start + (option.len() - option.trim_start().len());
        if let Some(why) = fault(trimmed).filter(|_| !trimmed.is_empty()) {
            sink.push(sink.finding(why).at(scalar.place_of(from..from + trimmed.len())));
        }
        start += option.len() + 1;
    }
}

fn fault(option: &str) -> Option<String> {
    if is_template(option) {
        return None;
    }
    let (name, value) = option.split_once('=').unwrap_or((option, ""));
    let Some((_, values)) = OPTIONS.iter().find(|(known, _)| *known == name) else {
        let near = did_you_mean(name, OPTIONS.iter().map(|(known, _)| *known));
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        return Some(format!("there is no sync option `{name}`{near}"));
    };
    let is_known = values.contains(&value);
    (!is_known).then(|| format!("sync option `{name}` has no value `{value}`: write one of `{}`", values.join("`, `")))
}
