use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "open-gateway",
    profile: Profile::Strict,
    kinds: &["Gateway"],
    title: "a Gateway that any namespace may attach routes to",
    why: "With `from: All` any team puts a route under any host name of the listener and takes its traffic.",
    fix: "Allow namespaces by a selector, or one listener for each host.",
    source: "Gateway API v1, Cross-Namespace routing",
    bad: &[
        Example::new(
            "apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public}
spec:
  gatewayClassName: shared
  listeners:
  - name: https
    port: 443
    protocol: HTTPS
    tls: {certificateRefs: [{name: public}]}
    allowedRoutes: {namespaces: {from: ⟦All⟧}}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public}
spec:
  gatewayClassName: shared
  listeners:
  - name: https
    port: 443
    protocol: HTTPS
    tls: {certificateRefs: [{name: public}]}
    allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {routes: public}}}}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let listeners = surface.root.get("spec").into_iter().flat_map(|spec| spec.items_of("listeners"));
    for from in listeners.filter_map(|listener| listener.at(&["allowedRoutes", "namespaces", "from"])) {
        if from.text() == Some("All") {
            sink.push(sink.finding("every namespace may attach routes to this listener").at(from.place()));
        }
    }
}
