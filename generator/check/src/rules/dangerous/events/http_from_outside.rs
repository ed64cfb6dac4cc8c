use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "http-from-outside",
    profile: Profile::Strict,
    kinds: &["Ingress", "Gateway", "EventListener"],
    title: "a way in without TLS",
    why: "What comes over plain HTTP can be read and changed on the way: tokens of webhooks, and the events themselves.",
    fix: "Give the Ingress `tls`, the Gateway a listener of HTTPS, the event source `serverCertSecret`; keep the Service \
          inside the cluster.",
    source: "kubernetes v1.35 docs, Ingress; Gateway API v1, TLS",
    bad: &[
        Example::new(
            "apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: hooks}
spec:
  ⟦rules⟧:
  - host: hooks.example.com
    http:
      paths: [{path: /, pathType: Prefix, backend: {service: {name: el-hooks, port: {number: 8080}}}}]
",
        ),
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: hooks}
spec:
  serviceAccountName: triggers
  triggers: [{triggerRef: hooks}]
  resources: {kubernetesResource: {serviceType: ⟦LoadBalancer⟧}}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: hooks}
spec:
  tls: [{hosts: [hooks.example.com], secretName: hooks-tls}]
  rules:
  - host: hooks.example.com
    http:
      paths: [{path: /, pathType: Prefix, backend: {service: {name: el-hooks, port: {number: 8080}}}}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = surface.root.get("spec") else {
        return;
    };
    match surface.kind() {
        "Ingress" if surface.is_of("networking.k8s.io") && spec.get("tls").is_none() => {
            sink.push(sink.finding("this Ingress has no `tls`").at(spec.head()));
        }
        "Gateway" if surface.is_of("gateway.networking.k8s.io") => {
            for protocol in spec.items_of("listeners").filter_map(|listener| listener.get("protocol")) {
                if protocol.text() == Some("HTTP") {
                    sink.push(sink.finding("this listener takes plain HTTP").at(protocol.place()));
                }
            }
        }
        "EventListener" => {
            let service = spec.at(&["resources", "kubernetesResource"]);
            let kind = service.and_then(|service| service.get("serviceType"));
            if let Some(kind) = kind.filter(|kind| matches!(kind.text(), Some("LoadBalancer" | "NodePort"))) {
                sink.push(sink.finding("this listener is reached from outside over plain HTTP").at(kind.place()));
            }
        }
        _ => {}
    }
}
