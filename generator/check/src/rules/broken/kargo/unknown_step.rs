use crate::argo_cd::is_template;
use crate::kargo::{OTHERS, STEPS, steps};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-step",
    kinds: &["Stage", "PromotionTask", "ClusterPromotionTask", "Promotion"],
    title: "a step that is not built into Kargo",
    why: "A promotion with a step that its controller does not know fails when it comes to it. There may be steps \
          of another edition of Kargo.",
    fix: "Write the name of a step that there is.",
    source: "kargo v1.11.2 pkg/promotion/runner/builtin",
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
        as: clone
        config: {repoURL: '${{ vars.repo }}', checkout: [{branch: main, path: ./src}]}
      - uses: ⟦git-psuh⟧
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
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let list = steps(entry);
    for index in 0..document.length_at(&list).unwrap_or(0) {
        let at = list.index(index).key("uses");
        let Some(uses) = document.text_at(&at).filter(|uses| !uses.is_empty() && !is_template(uses)) else { continue };
        if STEPS.iter().any(|step| step.name == uses) || OTHERS.contains(&uses) {
            continue;
        }
        let near = did_you_mean(uses, STEPS.iter().map(|step| step.name));
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let finding = sink.finding(format!("Kargo has no step `{uses}`{near}"));
        sink.push(finding.at(document.locate(&at)));
    }
}
