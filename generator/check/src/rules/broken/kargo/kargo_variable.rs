use luban_yaml::Path;

use crate::kargo::{expressions, steps};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kargo-variable",
    kinds: &["Stage"],
    title: "a variable of a promotion that is declared nowhere",
    why: "A Stage declares variables in `spec.vars`, its promotion template in `vars`, a step in its own. Any \
          other is nothing.",
    fix: "Declare the variable, or correct its name.",
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
        config: {repoURL: '${{ ⟦vars.rpeo⟧ }}', checkout: [{branch: main, path: ./src}]}
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
    let spec = entry.path.key("spec");
    let names = |list: Path| -> Vec<&str> {
        let count = document.length_at(&list).unwrap_or(0);
        (0..count).filter_map(|index| document.text_at(&list.index(index).key("name"))).collect()
    };
    let mut declared = names(spec.key("vars"));
    declared.extend(names(spec.key("promotionTemplate").key("spec").key("vars")));
    for found in expressions(entry) {
        let Some(step) = found.step else { continue };
        let own = names(steps(entry).index(step).key("vars"));
        for read in found.reads.iter().filter(|read| !read.guarded && read.root() == Some("vars")) {
            let Some(name) = read.names().nth(1) else { continue };
            if declared.contains(&name) || own.contains(&name) {
                continue;
            }
            let near = did_you_mean(name, declared.iter().chain(&own).copied());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let finding = sink.finding(format!("no variable `{name}` is declared{near}"));
            sink.push(finding.at(found.scalar.place_of(read.span())));
        }
    }
}
