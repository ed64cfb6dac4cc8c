use luban_api::Object;
use luban_api_kargo::Stage;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "freight-path",
    kinds: &["Stage"],
    title: "freight that never reaches the Stage that asks for it",
    why: "Freight comes to a Stage from the Stages that it names only if these ask for freight of the same origin, \
          and some Stage takes it directly. Stages that wait for each other wait for ever.",
    fix: "Let the other Stage ask for this origin, or one of them take it directly.",
    source: "kargo v1.11.2 internal/controller/stages",
    bad: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Stage
metadata: {name: snd, namespace: shop}
spec:
  requestedFreight:
  - origin: {kind: Warehouse, name: web}
    sources: {stages: [⟦prd⟧]}
---
apiVersion: kargo.akuity.io/v1alpha1
kind: Stage
metadata: {name: prd, namespace: shop}
spec:
  requestedFreight:
  - origin: {kind: Warehouse, name: web}
    sources: {stages: [⟦snd⟧]}
---
apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  subscriptions:
  - image: {repoURL: example.com/shop/web, constraint: ^1.2.0}
",
    ), Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Stage
metadata: {name: snd, namespace: shop}
spec:
  requestedFreight:
  - origin: {kind: Warehouse, name: web}
    sources: {direct: true}
---
apiVersion: kargo.akuity.io/v1alpha1
kind: Stage
metadata: {name: prd, namespace: shop}
spec:
  requestedFreight:
  - origin: {kind: Warehouse, name: api}
    sources: {stages: [⟦snd⟧]}
---
apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  subscriptions:
  - image: {repoURL: example.com/shop/web, constraint: ^1.2.0}
---
apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: api, namespace: shop}
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
kind: Stage
metadata: {name: prd, namespace: shop}
spec:
  requestedFreight:
  - origin: {kind: Warehouse, name: web}
    sources: {stages: [snd]}
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

const API: &str = "kargo.akuity.io/v1alpha1";

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(Object::Stage(stage)) = &entry.object else { return };
    let find = |name: &str| match subject.objects.find(API, "Stage", entry.namespace(), name).map(|entry| &entry.object) {
        Some(Some(Object::Stage(stage))) => Some(&**stage),
        _ => None,
    };
    for (index, request) in stage.spec.requested_freight.iter().enumerate() {
        let origin = &request.origin;
        let list = entry.path.key("spec").key("requestedFreight").index(index).key("sources").key("stages");
        if request.sources.direct == Some(true) {
            continue;
        }
        for (index, name) in request.sources.stages.iter().enumerate() {
            let Some(other) = find(name) else { continue };
            let of = |stage: &Stage| stage.spec.requested_freight.iter().find(|request| request.origin == *origin).cloned();
            let message = match of(other) {
                None => format!("Stage `{name}` does not ask for freight of {} `{}`: none comes from it", origin.kind, origin.name),
                Some(theirs) => {
                    // Whether any way leads back to the origin, or to what is not given.
                    let mut seen = vec![name.clone()];
                    let mut pending = vec![theirs];
                    let mut is_reached = false;
                    while let Some(request) = pending.pop() {
                        is_reached |= request.sources.direct == Some(true);
                        for next in &request.sources.stages {
                            match find(next).map(of) {
                                None => is_reached = true,
                                Some(Some(request)) if !seen.contains(next) => {
                                    seen.push(next.clone());
                                    pending.push(request);
                                }
                                Some(_) => {}
                            }
                        }
                    }
                    if is_reached {
                        continue;
                    }
                    format!("no Stage takes freight of {} `{}` directly on the way through `{name}`", origin.kind, origin.name)
                }
            };
            let finding = sink.finding(message).at(entry.document.locate(&list.index(index)));
            sink.push(finding);
        }
    }
}
