use crate::references::{Pods, References, is_known};
use crate::rules::prelude::*;
use luban_diagnostic::Place;
use luban_yaml::Cursor;

pub(crate) static RULE: Rule = Rule {
    id: "selector-without-pods",
    kinds: &["Service", "PodDisruptionBudget", "NetworkPolicy"],
    title: "a selector that matches no pod",
    why: "A Service whose selector matches nothing has no endpoints, a PodDisruptionBudget protects nothing, a NetworkPolicy \
          closes nothing. Only said where pods of the namespace are given and nothing unknown may make others.",
    fix: "Select by labels of the pods' template, not by those of the Deployment itself.",
    source: "kubernetes v1.35 pkg/controller/endpointslice, pkg/controller/disruption/disruption.go",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: ⟦web⟧, tier: front}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {app: web, tier: front}}
spec:
  selector: {matchLabels: {app: web-app}}
  template:
    metadata: {labels: {app: web-app, tier: front}}
    spec:
      containers:
      - {name: web, image: 'ghcr.io/acme/web:1.4.2'}
",
        ),
        Example::new(
            "apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec:
  minAvailable: 1
  selector: {⟦matchLabels⟧: {app: web}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {name: shop}}
  template:
    metadata: {labels: {name: shop}}
    spec:
      containers:
      - {name: web, image: 'ghcr.io/acme/web:1.4.2'}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector:
    matchExpressions:
    - {key: app, operator: In, values: [web, api]}
---
apiVersion: v1
kind: Service
metadata: {name: hooks, namespace: shop}
spec:
  selector: {eventsource-name: hooks}
  ports: [{port: 80}]
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks, namespace: shop}
spec:
  webhook:
    push: {endpoint: /push, method: POST, port: '12000'}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  containers:
  - {name: web, image: 'ghcr.io/acme/web:1.4.2'}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

/// A condition on one label.
enum Wanted<'a> {
    Is(&'a str, Cursor<'a>),
    In(Vec<&'a str>),
    NotIn(Vec<&'a str>),
    Exists,
    DoesNotExist,
}

impl Wanted<'_> {
    fn holds(&self, value: Option<&str>) -> bool {
        match (self, value) {
            (Self::Is(wanted, _), value) => value == Some(wanted),
            (Self::In(values), Some(value)) => values.contains(&value),
            (Self::NotIn(values), Some(value)) => !values.contains(&value),
            (Self::Exists, value) => value.is_some(),
            (Self::DoesNotExist, value) => value.is_none(),
            (Self::In(_), None) => false,
            (Self::NotIn(_), None) => true,
        }
    }
}

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    let Some((selector, wanted)) = wanted(references) else {
        return;
    };
    let universe = references.universe;
    let Some(placement) = universe.placement(references.position) else {
        return;
    };
    if wanted.is_empty() || placement.is_partial || placement.is_patch {
        return;
    }
    let pods = &universe.pods;
    for namespace in &placement.namespaces {
        if pods.is_open(namespace) || !(pods.has_certain(namespace) || references.options.is_closed) {
            continue;
        }
        let is_here = |pods: &&Pods| universe.shares(pods.position, namespace);
        let is_met = |pods: &Pods| {
            wanted.iter().all(|(key, wanted)| wanted.holds(pods.labels.get(*key).map(String::as_str)))
        };
        // Most selectors name a label, by which pods are found.
        let named = wanted.iter().find_map(|(key, wanted)| match wanted {
            Wanted::Is(value, _) => Some((*key, *value)),
            _ => None,
        });
        let is_found = match named {
            Some((key, value)) => pods.with(key, value).filter(is_here).any(is_met),
            None => pods.all().iter().filter(is_here).any(is_met),
        };
        if is_found || is_of_a_controller(&wanted, pods.all()) {
            continue;
        }
        let of = if namespace.is_empty() { String::new() } else { format!(" of namespace `{namespace}`") };
        let near = nearest(&wanted, pods.all().iter().filter(is_here));
        let finding = match near {
            Some((near, key, value, place)) => {
                let other = references.objects.entries().get(near.position);
                let has = near.labels.get(key).map_or_else(
                    || format!("have no label `{key}`"),
                    |has| format!("have `{has}`"),
                );
                let name = other.map(|other| format!("{} `{}`", other.name.kind, other.object_name()));
                let message = format!(
                    "no pod{of} has `{key}: {value}` with the other labels: those of {} {has}",
                    name.unwrap_or_default()
                );
                let there = other.and_then(|other| other.document.locate_head(&other.path.key("metadata")));
                sink.finding(message).at(Some(place)).related("these pods", there)
            }
            None => sink.finding(format!("no pod{of} has these labels")).at(head(selector)),
        };
        sink.push(finding);
        return;
    }
}

/// The selector and its conditions; none where it selects everything or what it selects is not known.
fn wanted<'a>(references: &References<'a>) -> Option<(Cursor<'a>, Vec<(&'a str, Wanted<'a>)>)> {
    let entry = references.entry;
    let spec = entry.document.cursor(&entry.path)?.get("spec")?;
    let selector = match (entry.name.api_version.as_str(), entry.name.kind.as_str()) {
        ("v1", "Service") => spec.get("selector").filter(|_| spec.text_at(&["type"]) != Some("ExternalName")),
        ("policy/v1", "PodDisruptionBudget") => spec.get("selector"),
        ("networking.k8s.io/v1", "NetworkPolicy") => spec.get("podSelector"),
        _ => None,
    }?;
    let is_plain = entry.name.kind == "Service";
    let labels = if is_plain { Some(selector) } else { selector.get("matchLabels") };
    let mut wanted = Vec::new();
    for (key, value) in labels.into_iter().flat_map(|labels| labels.entries()) {
        let text = value.text().filter(|text| is_known(text))?;
        wanted.push((key.text(), Wanted::Is(text, value)));
    }
    let expressions = selector.get("matchExpressions").filter(|_| !is_plain);
    for expression in expressions.into_iter().flat_map(|list| list.values()) {
        let values = expression.get("values").into_iter().flat_map(|list| list.values());
        let values: Vec<&str> = values.filter_map(|value| value.text()).collect();
        let wants = match expression.text_at(&["operator"])? {
            "In" => Wanted::In(values),
            "NotIn" => Wanted::NotIn(values),
            "Exists" => Wanted::Exists,
            "DoesNotExist" => Wanted::DoesNotExist,
            _ => return None,
        };
        wanted.push((expression.text_at(&["key"])?, wants));
    }
    Some((selector, wanted))
}

/// Whether it wants a label that a controller puts on pods, which stands in no template: one of a domain that no given pod has.
fn is_of_a_controller(wanted: &[(&str, Wanted<'_>)], pods: &[Pods]) -> bool {
    wanted.iter().any(|(key, _)| {
        let is_named = key.contains('/') && !key.starts_with("app.kubernetes.io/");
        let is_plain = matches!(*key, "job-name" | "controller-uid" | "eventlistener" | "pod-template-hash" | "k8s-app");
        (is_named || is_plain) && !pods.iter().any(|pods| pods.labels.contains_key(*key))
    })
}

/// Pods that lack one label only, with that; of several those whose label is most like what is wanted.
fn nearest<'a, 'p>(
    wanted: &'a [(&'a str, Wanted<'a>)],
    pods: impl Iterator<Item = &'p Pods>,
) -> Option<(&'p Pods, &'a str, &'a str, Place)> {
    // Far more are the same again.
    const MOST: usize = 1000;
    let mut near = Vec::new();
    for pods in pods.filter(|pods| pods.is_certain).take(MOST) {
        let has = |key: &str| pods.labels.get(key).map(String::as_str);
        let mut unmet = wanted.iter().filter(|(key, wanted)| !wanted.holds(has(key)));
        if let (Some((key, Wanted::Is(value, node))), None) = (unmet.next(), unmet.next()) {
            // One label alone must be there with another value to be nearly right.
            if wanted.len() > 1 || has(key).is_some() {
                near.push((pods, *key, *value, has(key).unwrap_or_default(), node));
            }
        }
    }
    let (_, _, value, ..) = near.first()?;
    let meant = did_you_mean(value, near.iter().map(|(.., has, _)| *has));
    let is_meant = |has: &str| meant.is_none_or(|meant| meant == has);
    let (pods, key, value, _, node) = near.iter().find(|(.., has, _)| is_meant(has))?;
    Some((pods, key, value, node.place()))
}

fn head(node: Cursor<'_>) -> Option<Place> {
    Some(node.entries().next().map_or_else(|| node.place(), |(key, _)| key.place()))
}
