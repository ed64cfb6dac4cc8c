use crate::references::{How, Maker, References, Target};
use luban_yaml::Cursor;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-port",
    title: "a port that a Service does not have",
    why: "An Ingress answers 503 and an HTTPRoute 500 for a port that the Service does not list: it is the port of \
          the Service that is named, not that of the container.",
    fix: "Write a port of the Service, or add it there.",
    source: "gateway-api v1 `BackendObjectReference.port`; kubernetes v1.35 `ServiceBackendPort`",
    bad: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  rules:
  - backendRefs:
    - {name: web, port: ⟦8080⟧}
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
metadata: {name: web, namespace: shop}
spec:
  defaultBackend: {service: {name: web, port: {name: ⟦https⟧}}}
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
    for resolved in references.to(Target::Service) {
        let wanted = resolved.reference.parts.first();
        let Some((part, wanted)) = wanted.and_then(|part| Some((part, part.text()?))) else {
            continue;
        };
        for (_, makers) in &resolved.found {
            let ports: Option<Vec<Ports<'_>>> = makers.iter().map(|maker| ports(references, maker)).collect();
            let ports = ports.unwrap_or_default();
            let Some(first) = ports.first() else {
                continue;
            };
            if ports.iter().any(|ports| ports.has(wanted)) {
                continue;
            }
            let listed: Vec<String> = first.list.iter().map(|(number, name)| shown(number, *name)).collect();
            let message = format!(
                "Service `{}` has no port `{wanted}`: it has {}",
                resolved.reference.name,
                listed.join(", ")
            );
            let finding = sink.finding(message).at(Some(part.place()));
            sink.push(finding.related("the Service's ports", Some(first.node.place())));
            break;
        }
    }
}

/// The ports of a Service.
struct Ports<'a> {
    node: Cursor<'a>,
    /// Numbers and names.
    list: Vec<(&'a str, Option<&'a str>)>,
}

impl Ports<'_> {
    fn has(&self, wanted: &str) -> bool {
        let mut list = self.list.iter();
        list.any(|(number, name)| *number == wanted || *name == Some(wanted))
    }
}

/// The ports of the Service that `maker` makes; none if they are not known.
fn ports<'a>(references: &References<'a>, maker: &Maker) -> Option<Ports<'a>> {
    let node = maker.node(references.objects)?;
    let ports = match maker.how {
        How::Itself => node.at(&["spec", "ports"]),
        How::Served => node.at(&["spec", "service", "ports"]),
        _ => None,
    }?;
    let list: Vec<_> = ports
        .values()
        .filter_map(|port| Some((port.text_at(&["port"])?, port.text_at(&["name"]))))
        .collect();
    let is_known = list.iter().all(|(number, _)| number.parse::<u16>().is_ok());
    (!list.is_empty() && is_known).then_some(Ports { node: ports, list })
}

fn shown(number: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("`{number}` (`{name}`)"),
        None => format!("`{number}`"),
    }
}
