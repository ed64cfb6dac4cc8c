use crate::references::{References, Target};
use luban_yaml::Cursor;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-gateway",
    title: "a Gateway or listener that is not given",
    why: "A route whose parent does not exist serves nothing. A Gateway is often of another team: without \
          `--closed` only a name that is nearly one of the given is said, but a listener that a given Gateway \
          lacks always is.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "gateway-api v1 `ParentReference`",
    bad: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: gateway}
spec:
  gatewayClassName: any
  listeners:
  - {name: https, port: 443, protocol: HTTPS}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs:
  - {name: ⟦pubilc⟧, namespace: gateway}
",
    ), Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: gateway}
spec:
  gatewayClassName: any
  listeners:
  - {name: https, port: 443, protocol: HTTPS}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs:
  - {name: public, namespace: gateway, sectionName: ⟦http⟧}
",
    ), Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: gateway}
spec:
  gatewayClassName: any
  listeners:
  - {name: https, port: 443, protocol: HTTPS}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs:
  - {name: ⟦public⟧}
",
    )],
    good: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: gateway}
spec:
  gatewayClassName: any
  listeners:
  - {name: https, port: 443, protocol: HTTPS}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs:
  - {name: public, namespace: gateway, sectionName: https}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::Gateway], sink);
    for resolved in references.to(Target::Gateway) {
        let wanted = resolved.reference.parts.first();
        let Some((part, wanted)) = wanted.and_then(|part| Some((part, part.text()?))) else {
            continue;
        };
        let makers = resolved.found.iter().flat_map(|(_, makers)| makers);
        let listeners = makers.filter_map(|maker| maker.node(references.objects)?.at(&["spec", "listeners"]));
        let listeners: Vec<Cursor<'_>> = listeners.collect();
        let names = listeners.iter().flat_map(|list| list.values());
        let names: Vec<&str> = names.filter_map(|listener| listener.text_at(&["name"])).collect();
        if names.is_empty() || names.contains(&wanted) {
            continue;
        }
        let near = did_you_mean(wanted, names.iter().copied());
        let near = near.map_or_else(
            || format!(": it has `{}`", names.join("`, `")),
            |near| format!(" (did you mean `{near}`?)"),
        );
        let message = format!("Gateway `{}` has no listener `{wanted}`{near}", resolved.reference.name);
        let finding = sink.finding(message).at(Some(part.place()));
        sink.push(finding.related("its listeners", listeners.first().map(|list| list.place())));
    }
}
