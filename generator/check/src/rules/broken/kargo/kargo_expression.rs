use crate::kargo::expressions;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kargo-expression",
    kinds: &["Stage", "PromotionTask", "ClusterPromotionTask", "Promotion"],
    title: "an expression of a promotion that cannot be evaluated",
    why: "Expressions between `${{` and `}}` are of expr-lang with the functions of Kargo. The promotion fails at \
          one that cannot be read.",
    fix: "Correct the expression.",
    source: "kargo v1.11.2 pkg/expressions",
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
        config: {repoURL: '${{ ⟦qoute⟧(vars.repo) }}', checkout: [{branch: main, path: ./src}]}
      - uses: git-push
        config: {path: ./src, targetBranch: 'web-${{ outputs.clone.commits[ ⟦⟧}}'}
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
    severity: Severity::Error,
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    for found in expressions(entry) {
        for problem in found.problems {
            let place = found.scalar.place_of(problem.span);
            sink.push(sink.finding(problem.message).at(place));
        }
    }
}
