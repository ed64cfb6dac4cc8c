use crate::access::{Need, account, items, lack, plural};
use crate::objects::Objects;
use crate::references::{group_of, is_known};
use luban_yaml::Cursor;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "sensor-rights",
    kinds: &["Sensor"],
    title: "a trigger whose ServiceAccount may not do what it does",
    why: "The Sensor makes, changes or deletes the object with its own account, in the object's namespace: without \
          the right the event is lost.",
    fix: "Give the account of the Sensor the verb on the resource, by a Role in the object's namespace.",
    source: "argo-events v1.9 docs/service-accounts.md; pkg/sensors/triggers/standard-k8s/standard-k8s.go, \
          `Execute`; pkg/sensors/triggers/argo-workflow/argo-workflow.go",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: events}
spec:
  template: {serviceAccountName: sensor}
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  triggers:
  - template:
      name: build
      k8s:
        operation: ⟦create⟧
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, namespace: ci}
            spec:
              entrypoint: main
              templates:
              - name: main
                container: {image: 'alpine:3.23'}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: sensor, namespace: events}
rules:
- {apiGroups: [argoproj.io], resources: [workflows], verbs: [create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: sensor, namespace: events}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: sensor}
subjects:
- {kind: ServiceAccount, name: sensor, namespace: events}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: events}
spec:
  template: {serviceAccountName: sensor}
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  triggers:
  - template:
      name: build
      argoWorkflow:
        operation: ⟦submit⟧
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, namespace: ci}
            spec:
              entrypoint: main
              templates:
              - name: main
                container: {image: 'alpine:3.23'}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: sensor, namespace: ci}
rules:
- {apiGroups: [argoproj.io], resources: [workflows], verbs: [create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: sensor, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: sensor}
subjects:
- {kind: ServiceAccount, name: sensor, namespace: events}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: events}
spec:
  template: {serviceAccountName: sensor}
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  triggers:
  - template:
      name: build
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, namespace: ci}
            spec:
              entrypoint: main
              templates:
              - name: main
                container: {image: 'alpine:3.23'}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: sensor, namespace: ci}
rules:
- {apiGroups: [argoproj.io], resources: [workflows], verbs: [create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: sensor, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: sensor}
subjects:
- {kind: ServiceAccount, name: sensor, namespace: events}
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
    for mut trigger in items(spec, "triggers") {
        loop {
            for action in ["k8s", "argoWorkflow"] {
                if let Some(action_node) = trigger.at(&["template", action]) {
                    let does = Does { account, own, is_by_program: action == "argoWorkflow" };
                    does.check(action_node, trigger, objects, sink);
                }
            }
            let Some(next) = trigger.get("dlqTrigger") else {
                break;
            };
            trigger = next;
        }
    }
}

/// What a Sensor does with which account.
struct Does<'a> {
    account: &'a str,
    /// The Sensor's namespace.
    own: &'a str,
    /// Whether `argo` does it.
    is_by_program: bool,
}

impl Does<'_> {
    fn check(&self, action: Cursor<'_>, trigger: Cursor<'_>, objects: &Objects, sink: &mut Sink<'_>) {
        let Some(resource) = action.at(&["source", "resource"]) else {
            return;
        };
        let operation = action.get("operation");
        let default = if self.is_by_program { "submit" } else { "create" };
        let verbs: &[&str] = match (self.is_by_program, operation.and_then(|node| node.text()).unwrap_or(default)) {
            (false, "create") => &["create"],
            (false, "update") => &["get", "update"],
            (false, "patch") => &["get", "patch"],
            (false, "delete") => &["get", "delete"],
            (true, "submit") => &["create", "list"],
            (true, "resubmit") => &["get", "create"],
            (true, "retry" | "resume" | "suspend") => &["get", "update"],
            _ => return,
        };
        let (Some(api_version), Some(kind)) = (resource.text_at(&["apiVersion"]), resource.text_at(&["kind"])) else {
            return;
        };
        let stated = resource.text_at(&["metadata", "namespace"]);
        // A parameter may set where it is made.
        let is_set = items(action, "parameters").any(|parameter| {
            matches!(parameter.text_at(&["dest"]), Some("metadata.namespace" | "apiVersion" | "kind" | "metadata"))
        });
        if is_set || stated.is_some_and(|stated| !is_known(stated)) || !is_known(kind) {
            return;
        }
        let plural = plural(api_version, kind);
        let name = trigger.at(&["template", "name"]).unwrap_or(action);
        let need = Need {
            account: self.account,
            account_namespace: self.own,
            namespace: stated.unwrap_or(self.own),
            group: group_of(api_version),
            resource: &plural,
            verbs,
            name: resource.text_at(&["metadata", "name"]),
            of: "this trigger",
            place: operation.unwrap_or(name).place(),
        };
        if let Some(finding) = lack(objects, &need, sink) {
            sink.push(finding);
        }
    }
}
