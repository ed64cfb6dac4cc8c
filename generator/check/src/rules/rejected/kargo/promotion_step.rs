use std::collections::HashMap;

use luban_yaml::Path;

use crate::kargo::steps;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "promotion-step",
    kinds: &["Stage", "PromotionTask", "ClusterPromotionTask", "Promotion"],
    title: "a step of a promotion that Kargo refuses",
    why: "Names of steps differ, and `step-1`, `task-1` and their like are taken. A step has `uses` or refers to a \
          task, and of a task no `if`, `config`, `retry` and `continueOnError`; a task refers to no task.",
    fix: "Rename the step, or move what it says into the task.",
    source: "kargo v1.11.2 pkg/webhook/kubernetes/promotion_steps.go; pkg/webhook/kubernetes/stage/webhook.go; rules \
          of the definitions",
    bad: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Stage
metadata: {name: snd, namespace: shop}
spec:
  requestedFreight:
  - origin: {kind: Warehouse, name: web}
    sources: {direct: true}
  promotionTemplate:
    spec:
      vars: [{name: repo, value: 'https://git.example.com/acme/gitops'}]
      steps:
      - uses: git-clone
        as: ⟦step-1⟧
        config: {repoURL: '${{ vars.repo }}', checkout: [{branch: main, path: ./src}]}
      - uses: git-push
        config: {path: ./src, targetBranch: 'web-x'}
      - {uses: fail, as: a}
      - {uses: fail, as: ⟦a⟧}
      - {task: {name: open-pr}, ⟦if⟧: 'true', ⟦config⟧: {}}
      - {⟦as⟧: b}
---
apiVersion: kargo.akuity.io/v1alpha1
kind: PromotionTask
metadata: {name: open-pr, namespace: shop}
spec: {steps: [{⟦task⟧: {name: other}}]}
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
kind: Stage
metadata: {name: snd, namespace: shop}
spec:
  requestedFreight:
  - origin: {kind: Warehouse, name: web}
    sources: {direct: true}
  promotionTemplate:
    spec:
      vars: [{name: repo, value: 'https://git.example.com/acme/gitops'}]
      steps:
      - uses: git-clone
        as: clone
        config: {repoURL: '${{ vars.repo }}', checkout: [{branch: main, path: ./src}]}
      - uses: git-push
        config: {path: ./src, targetBranch: 'web-${{ outputs.clone.commits.x }}'}
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
    let list = steps(entry);
    let is_task = matches!(entry.name.kind.as_str(), "PromotionTask" | "ClusterPromotionTask");
    let mut seen: HashMap<&str, Path> = HashMap::new();
    for index in 0..document.length_at(&list).unwrap_or(0) {
        let at = list.index(index);
        let has = |field: &str| document.has(&at.key(field)) && document.has_value(&at.key(field));
        let alias = document.text_at(&at.key("as")).unwrap_or_default().trim();
        let is_reserved = ["step-", "task-"].iter().any(|prefix| {
            alias.strip_prefix(prefix).is_some_and(|number| !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()))
        });
        if is_reserved {
            let finding = sink.finding(format!("`{alias}` is the name of a step that has none"));
            sink.push(finding.at(document.locate(&at.key("as"))));
            continue;
        }
        if let Some(first) = seen.get(alias).filter(|_| !alias.is_empty()) {
            let finding = sink.finding(format!("another step is called `{alias}`")).at(document.locate(&at.key("as")));
            sink.push(finding.related("here", document.locate(&first.key("as"))));
        } else {
            seen.insert(alias, at.clone());
        }
        match (has("uses"), has("task")) {
            (false, false) if !["uses", "task"].iter().any(|field| sink.is_misspelt(entry, &at, field)) => {
                let finding = sink.finding("the step does nothing: it needs `uses` or `task`");
                sink.push(finding.at(document.locate_head(&at)));
            }
            (_, true) if is_task => {
                let finding = sink.finding("a task cannot refer to a task");
                sink.push(finding.at(document.locate_key(&at.key("task"))));
            }
            (false, true) => {
                for field in ["if", "config", "retry", "continueOnError"] {
                    if has(field) {
                        let finding = sink.finding(format!("a step that refers to a task has no `{field}`"));
                        sink.push(finding.at(document.locate_key(&at.key(field))));
                    }
                }
            }
            _ => {}
        }
    }
}
