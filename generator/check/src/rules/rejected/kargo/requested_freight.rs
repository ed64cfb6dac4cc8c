use std::collections::HashMap;

use luban_api::Object;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "requested-freight",
    kinds: &["Stage"],
    title: "freight that a Stage asks for twice, or chooses in a way that cannot be",
    why: "A Stage asks for the freight of an origin once. `MatchUpstream` follows one other Stage: it is not for \
          freight that comes directly.",
    fix: "Merge the two requests, or choose `NewestFreight`.",
    source: "kargo v1.11.2 pkg/webhook/kubernetes/stage/webhook.go, `validateRequestedFreight`, \
          `validateFreightSources`",
    bad: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Stage
metadata: {name: snd, namespace: shop}
spec:
  requestedFreight:
  - origin: {kind: Warehouse, name: web}
    sources: {direct: true}
  - ⟦origin⟧: {kind: Warehouse, name: web}
    sources: {direct: true, autoPromotionOptions: {selectionPolicy: ⟦MatchUpstream⟧}}
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
    let Some(Object::Stage(stage)) = &entry.object else { return };
    let list = entry.path.key("spec").key("requestedFreight");
    let mut seen = HashMap::new();
    for (index, request) in stage.spec.requested_freight.iter().enumerate() {
        let at = list.index(index);
        let origin = (request.origin.kind.as_str(), request.origin.name.as_str());
        if let Some(first) = seen.insert(origin, at.clone()) {
            let finding = sink.finding(format!("freight of {} `{}` is requested twice", origin.0, origin.1));
            let finding = finding.at(entry.document.locate_key(&at.key("origin")));
            sink.push(finding.related("the other is here", entry.document.locate_head(&first)));
        }
        let sources = &request.sources;
        let policy = sources.auto_promotion_options.as_ref().and_then(|options| options.selection_policy.as_deref());
        if policy != Some("MatchUpstream") {
            continue;
        }
        let message = if sources.direct == Some(true) {
            "`MatchUpstream` follows another Stage, and this freight comes directly from its origin"
        } else if sources.stages.len() != 1 {
            "`MatchUpstream` needs exactly one Stage that it follows"
        } else {
            continue;
        };
        let place = entry.document.locate(&at.key("sources").key("autoPromotionOptions").key("selectionPolicy"));
        sink.push(sink.finding(message).at(place));
    }
}
