use crate::access::{Need, account, lack};
use crate::references::is_known;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-source-rights",
    kinds: &["EventSource"],
    title: "an EventSource whose ServiceAccount may not watch what it watches",
    why: "Its informer never syncs, and no event comes.",
    fix: "Give the account `list` and `watch` on the resource, in the namespace that is watched.",
    source: "argo-events v1.9 docs/service-accounts.md; pkg/eventsources/sources/resource/start.go",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: builds, namespace: events}
spec:
  template: {serviceAccountName: watcher}
  resource:
    images:
      namespace: ci
      group: kpack.io
      version: v1alpha2
      resource: ⟦images⟧
      eventTypes: [UPDATE]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: watcher, namespace: ci}
rules:
- {apiGroups: [kpack.io], resources: [images], verbs: [get, list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: watcher, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: watcher}
subjects:
- {kind: ServiceAccount, name: watcher, namespace: events}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: builds, namespace: events}
spec:
  template: {serviceAccountName: watcher}
  resource:
    images:
      namespace: ci
      group: kpack.io
      version: v1alpha2
      resource: images
      eventTypes: [UPDATE]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: watcher, namespace: ci}
rules:
- {apiGroups: [kpack.io], resources: [images], verbs: [list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: watcher, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: watcher}
subjects:
- {kind: ServiceAccount, name: watcher, namespace: events}
",
    )],
    needs_others: true,
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let (objects, entry) = (subject.objects, subject.entry);
    let Some(spec) = entry.document.cursor(&entry.path).and_then(|node| node.get("spec")) else {
        return;
    };
    let Some((account, _)) = account(spec.at(&["template", "serviceAccountName"])) else {
        return;
    };
    let placement = objects.universe().placement(subject.position);
    let namespaces = placement.into_iter().flat_map(|placement| &placement.namespaces);
    let own: &str = namespaces.map(|namespace| &**namespace).next().unwrap_or_default();
    for (_, event) in spec.get("resource").into_iter().flat_map(|events| events.entries()) {
        let (Some(node), namespace) = (event.get("resource"), event.text_at(&["namespace"]).unwrap_or_default()) else {
            continue;
        };
        let resource = node.text().unwrap_or_default();
        if !is_known(resource) || (!namespace.is_empty() && !is_known(namespace)) {
            continue;
        }
        let need = Need {
            account,
            account_namespace: own,
            namespace,
            group: event.text_at(&["group"]).unwrap_or_default(),
            resource,
            verbs: &["list", "watch"],
            name: None,
            of: "this event",
            place: node.place(),
        };
        if let Some(finding) = lack(objects, &need, sink) {
            sink.push(finding);
        }
    }
}
