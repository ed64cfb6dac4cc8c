use std::collections::HashMap;

use luban_expression::go_regexp;

use crate::argo_cd::is_template;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "project-config",
    kinds: &["ProjectConfig"],
    title: "a ProjectConfig that Kargo refuses",
    why: "Its name is that of its project, which is its namespace. A policy is for a Stage, once, by its name, \
          `glob:` or `regex:`.",
    fix: "Correct the name or the selector.",
    source: "kargo v1.11.2 pkg/webhook/kubernetes/projectconfig/webhook.go",
    bad: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: ProjectConfig
metadata: {name: ⟦config⟧, namespace: shop}
spec:
  promotionPolicies:
  - {stageSelector: {name: snd}, autoPromotionEnabled: true}
  - {⟦stageSelector⟧: {name: snd}, autoPromotionEnabled: true}
  - {stageSelector: {name: ⟦'globs:a*'⟧}, autoPromotionEnabled: true}
  - {stageSelector: {name: ⟦'regex:a('⟧}, autoPromotionEnabled: true}
---
apiVersion: kargo.akuity.io/v1alpha1
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
",
    )],
    good: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: ProjectConfig
metadata: {name: shop, namespace: shop}
spec:
  promotionPolicies:
  - {stageSelector: {name: snd}, autoPromotionEnabled: true}
  - {stageSelector: {name: 'glob:dev-*'}, autoPromotionEnabled: true}
---
apiVersion: kargo.akuity.io/v1alpha1
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
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let metadata = entry.path.key("metadata");
    let text = |field: &str| document.text_at(&metadata.key(field)).unwrap_or_default();
    let (name, namespace) = (text("name"), text("namespace"));
    if !name.is_empty() && !namespace.is_empty() && name != namespace && !is_template(name) && !is_template(namespace) {
        let finding = sink.finding(format!("the config of project `{namespace}` is called `{namespace}`, not `{name}`"));
        sink.push(finding.at(document.locate(&metadata.key("name"))));
    }
    let list = entry.path.key("spec").key("promotionPolicies");
    let mut seen = HashMap::new();
    for index in 0..document.length_at(&list).unwrap_or(0) {
        let at = list.index(index);
        let selector = at.key("stageSelector").key("name");
        let Some(stage) = document.text_at(&selector).or_else(|| document.text_at(&at.key("stage"))) else { continue };
        if stage.is_empty() || is_template(stage) {
            continue;
        }
        let why = match stage.split_once(':') {
            Some(("glob", _)) => None,
            Some(("regex" | "regexp", pattern)) => go_regexp::check(pattern).err().map(|problem| problem.message),
            Some((other, _)) => Some(format!("`{other}:` is none of `glob:`, `regex:`, `regexp:`")),
            None => {
                if let Some(first) = seen.insert(stage, at.clone()) {
                    let finding = sink.finding(format!("there is another policy for Stage `{stage}`"));
                    let finding = finding.at(document.locate_head(&at));
                    sink.push(finding.related("here", document.locate_head(&first)));
                }
                None
            }
        };
        if let Some(why) = why {
            let finding = sink.finding(format!("`{stage}` selects no Stage: {why}"));
            sink.push(finding.at(document.locate(&selector)));
        }
    }
}
