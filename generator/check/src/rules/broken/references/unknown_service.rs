use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-service",
    title: "a Service that is not given",
    why: "An Ingress answers 503 and an HTTPRoute 500 for a backend that does not exist. Services of EventSources \
          and EventListeners count. It may exist elsewhere, so that this is a warning unless all objects are \
          given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "gateway-api v1 `BackendRef`; kubernetes v1.35 `IngressServiceBackend`; argo-events v1.9 \
          pkg/reconciler/eventsource/resource.go, `buildService`",
    bad: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  rules:
  - backendRefs:
    - {name: ⟦webb⟧, port: 80}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  type: ExternalName
  externalName: web.acme.dev
  ports: [{name: http, port: 80}]
",
    ), Example::new(
        "apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: hooks, namespace: ci}
spec:
  defaultBackend: {service: {name: ⟦git-eventsource⟧, port: {number: 12000}}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git, namespace: ci}
spec:
  service:
    ports: [{port: 12000, targetPort: 12000}]
  webhook:
    push: {endpoint: /push, method: POST, port: '12000'}
",
    )],
    good: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  rules:
  - backendRefs:
    - {name: web, port: 80}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  type: ExternalName
  externalName: web.acme.dev
  ports: [{name: http, port: 80}]
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::Service], sink);
}
