use crate::kargo::{expressions, steps};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "step-output",
    kinds: &["Stage", "PromotionTask", "ClusterPromotionTask"],
    title: "an output of a step that does not come before",
    why: "Steps see the outputs of steps before them, by `as` or, without it, as `step-1` and so on. Any other \
          output is nothing, and a field of it ends the promotion.",
    fix: "Write the name of a step that comes before.",
    source: "kargo v1.11.2 pkg/promotion/evaluator.go",
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
      - uses: git-push
        config: {path: ./src, targetBranch: 'web-${{ ⟦outputs.clon.commits⟧ }}'}
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
        config: {path: ./src, targetBranch: 'web-${{ outputs.other?.x ?? outputs.clone.commits }}'}
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
    let count = document.length_at(&list).unwrap_or(0);
    let aliases: Vec<&str> = (0..count).map(|index| document.text_at(&list.index(index).key("as")).unwrap_or_default()).collect();
    for found in expressions(entry) {
        let Some(step) = found.step else { continue };
        let before = aliases.get(..step).unwrap_or_default();
        for read in found.reads.iter().filter(|read| !read.guarded && read.root() == Some("outputs")) {
            let Some(name) = read.names().nth(1) else { continue };
            let is_numbered = ["step-", "task-"].iter().any(|prefix| name.starts_with(prefix));
            if is_numbered || name.contains("::") || before.contains(&name) {
                continue;
            }
            let is_later = aliases.contains(&name);
            let message = if is_later {
                format!("step `{name}` comes later: it has no outputs yet")
            } else {
                let near = did_you_mean(name, before.iter().copied().filter(|alias| !alias.is_empty()));
                let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                format!("no step before is called `{name}`{near}")
            };
            let finding = sink.finding(message).at(found.scalar.place_of(read.span()));
            sink.push(finding);
        }
    }
}
