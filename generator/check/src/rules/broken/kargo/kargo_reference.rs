use luban_yaml::Path;

use crate::argo_cd::is_template;
use crate::kargo::steps;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kargo-reference",
    kinds: &["Stage", "ProjectConfig"],
    title: "a Warehouse, a Stage or a task that is not given",
    why: "What a Stage asks for comes from a Warehouse or another Stage of its project; without it there is never \
          any freight. A policy for a Stage that there is not does nothing.",
    fix: "Correct the name, or give the file that has the object.",
    source: "kargo v1.11.2 api/v1alpha1/stage_types.go",
    bad: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Stage
metadata: {name: snd, namespace: shop}
spec:
  requestedFreight:
  - origin: {kind: Warehouse, name: ⟦wep⟧}
    sources: {direct: true}
---
apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  subscriptions:
  - image: {repoURL: example.com/shop/web, constraint: ^1.2.0}
---
apiVersion: kargo.akuity.io/v1alpha1
kind: ProjectConfig
metadata: {name: shop, namespace: shop}
spec:
  promotionPolicies:
  - {stageSelector: {name: ⟦dns⟧}, autoPromotionEnabled: true}
",
    )],
    good: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Stage
metadata: {name: snd, namespace: shop}
spec:
  requestedFreight:
  - origin: {kind: Warehouse, name: web}
    sources: {direct: true}
---
apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  subscriptions:
  - image: {repoURL: example.com/shop/web, constraint: ^1.2.0}
---
apiVersion: kargo.akuity.io/v1alpha1
kind: ProjectConfig
metadata: {name: shop, namespace: shop}
spec:
  promotionPolicies:
  - {stageSelector: {name: snd}, autoPromotionEnabled: true}
",
    )],
    check: Check::Object(check),
    severity: Severity::Error,
    ..BROKEN
};

const API: &str = "kargo.akuity.io/v1alpha1";

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let spec = entry.path.key("spec");
    let mut references: Vec<(&str, Path)> = Vec::new();
    if entry.name.kind == "ProjectConfig" {
        let list = spec.key("promotionPolicies");
        for index in 0..document.length_at(&list).unwrap_or(0) {
            let at = list.index(index);
            references.extend([("Stage", at.key("stageSelector").key("name")), ("Stage", at.key("stage"))]);
        }
    }
    let list = spec.key("requestedFreight");
    for index in 0..document.length_at(&list).unwrap_or(0) {
        let at = list.index(index);
        if document.text_at(&at.key("origin").key("kind")) == Some("Warehouse") {
            references.push(("Warehouse", at.key("origin").key("name")));
        }
        let stages = at.key("sources").key("stages");
        references.extend((0..document.length_at(&stages).unwrap_or(0)).map(|index| ("Stage", stages.index(index))));
    }
    if entry.name.kind == "Stage" {
        let list = steps(entry);
        for index in 0..document.length_at(&list).unwrap_or(0) {
            let at = list.index(index).key("task");
            let is_of_cluster = document.text_at(&at.key("kind")) == Some("ClusterPromotionTask");
            references.push((if is_of_cluster { "ClusterPromotionTask" } else { "PromotionTask" }, at.key("name")));
        }
    }
    for (kind, at) in references {
        let Some(name) = document.text_at(&at).filter(|name| !name.is_empty() && !name.contains(':') && !is_template(name)) else {
            continue;
        };
        let namespace = if kind == "ClusterPromotionTask" { "" } else { entry.namespace() };
        if subject.objects.find(API, kind, namespace, name).is_some() {
            continue;
        }
        let near = subject.objects.nearest(kind, namespace, name);
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let place = if namespace.is_empty() { String::new() } else { format!(" in project `{namespace}`") };
        let finding = sink.missing(format!("{kind} `{name}` is not found{place}{near}"));
        sink.push(finding.at(document.locate(&at)));
    }
}
