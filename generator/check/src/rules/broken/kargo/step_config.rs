use crate::kargo::{STEPS, steps};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "step-config",
    kinds: &["Stage", "PromotionTask", "ClusterPromotionTask", "Promotion"],
    title: "a step of a promotion whose config lacks something, or has a misspelt field",
    why: "The config of a step is checked when the promotion comes to it: it fails without a field that the step \
          needs, and with one that it does not know.",
    fix: "Complete the config.",
    source: "kargo v1.11.2 pkg/promotion/runner/builtin/schemas",
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
        config: {⟦checkout⟧: [{branch: main, path: ./src}]}
      - uses: git-push
        config: {path: ./src, ⟦targetBrnach⟧: main}
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
    let document = &entry.document;
    let list = steps(entry);
    for index in 0..document.length_at(&list).unwrap_or(0) {
        let at = list.index(index);
        let uses = document.text_at(&at.key("uses")).unwrap_or_default();
        let Some(step) = STEPS.iter().find(|step| step.name == uses) else { continue };
        let config = at.key("config");
        let has_config = document.has(&config) && document.has_value(&config);
        if has_config && document.text_at(&config).is_some() {
            continue;
        }
        let mut misspelt = Vec::new();
        for key in document.keys(&config).filter(|key| !step.fields.contains(key) && !step.needs.contains(key)) {
            // A newer Kargo may know more fields; a slip is near to one.
            let known = step.needs.iter().chain(step.fields).copied();
            let Some(near) = did_you_mean(key, known) else { continue };
            misspelt.push(near);
            let finding = sink.finding(format!("step `{uses}` has no field `{key}` (did you mean `{near}`?)"));
            sink.push(finding.at(document.locate_key(&config.key(key))));
        }
        for needed in step.needs.iter().filter(|needed| !misspelt.contains(needed)) {
            if !document.has(&config.key(needed)) {
                let place = if has_config { document.locate_head(&config) } else { document.locate_head(&at) };
                sink.push(sink.finding(format!("step `{uses}` needs `{needed}`: `{config}.{needed}` is missing")).at(place));
            }
        }
    }
}
