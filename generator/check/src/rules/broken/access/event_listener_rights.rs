use crate::access::{Need, account, items, lack, plural};
use crate::objects::Objects;
use crate::references::{Called, group_of, is_known};
use luban_diagnostic::Place;
use luban_yaml::Cursor;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-listener-rights",
    kinds: &["EventListener"],
    title: "an EventListener whose ServiceAccount may not do what it does",
    why: "The listener reads triggers, bindings and templates, and makes what the templates say, with its account \
          or, for a trigger with an account of its own, as that. Without the rights events are lost.",
    fix: "Bind the account to `tekton-triggers-eventlistener-roles`, or give it what that has, and `create` on \
          each kind that templates make.",
    source: "triggers v0.37 config/200-clusterrole.yaml; pkg/sink/sink.go; pkg/resources/create.go; \
          pkg/sink/auth_override.go",
    bad: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: push, namespace: ci}
spec:
  serviceAccountName: ⟦listener⟧
  triggers:
  - name: build
    bindings:
    - {name: revision, value: $(body.after)}
    template:
      spec:
        params: [{name: revision}]
        resourcetemplates:
        - apiVersion: tekton.dev/v1
          kind: TaskRun
          metadata: {generateName: build-}
          spec:
            params: [{name: revision, value: $(tt.params.revision)}]
            taskSpec:
              params: [{name: revision}]
              steps:
              - {name: build, image: 'ghcr.io/acme/build:1.4.2', args: [$(params.revision)]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: listener, namespace: ci}
rules:
- {apiGroups: [triggers.tekton.dev], resources: [eventlisteners, triggerbindings, triggertemplates, triggers, interceptors], verbs: [get, list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: listener, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: listener}
subjects:
- {kind: ServiceAccount, name: listener, namespace: ci}
",
    ), Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: push, namespace: ci}
spec:
  serviceAccountName: ⟦listener⟧
  triggers:
  - name: build
    bindings:
    - {name: revision, value: $(body.after)}
    template:
      spec:
        params: [{name: revision}]
        resourcetemplates:
        - apiVersion: tekton.dev/v1
          kind: TaskRun
          metadata: {generateName: build-}
          spec:
            params: [{name: revision, value: $(tt.params.revision)}]
            taskSpec:
              params: [{name: revision}]
              steps:
              - {name: build, image: 'ghcr.io/acme/build:1.4.2', args: [$(params.revision)]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: listener, namespace: ci}
rules:
- {apiGroups: [triggers.tekton.dev], resources: [eventlisteners, triggerbindings, triggers, interceptors], verbs: [get, list, watch]}
- {apiGroups: [tekton.dev], resources: [taskruns], verbs: [create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: listener, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: listener}
subjects:
- {kind: ServiceAccount, name: listener, namespace: ci}
",
    )],
    good: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: push, namespace: ci}
spec:
  serviceAccountName: listener
  triggers:
  - name: build
    bindings:
    - {name: revision, value: $(body.after)}
    template:
      spec:
        params: [{name: revision}]
        resourcetemplates:
        - apiVersion: tekton.dev/v1
          kind: TaskRun
          metadata: {generateName: build-}
          spec:
            params: [{name: revision, value: $(tt.params.revision)}]
            taskSpec:
              params: [{name: revision}]
              steps:
              - {name: build, image: 'ghcr.io/acme/build:1.4.2', args: [$(params.revision)]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: listener, namespace: ci}
rules:
- {apiGroups: [triggers.tekton.dev], resources: [eventlisteners, triggerbindings, triggertemplates, triggers, interceptors], verbs: [get, list, watch]}
- {apiGroups: [tekton.dev], resources: [taskruns], verbs: [create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: listener, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: listener}
subjects:
- {kind: ServiceAccount, name: listener, namespace: ci}
",
    )],
    needs_others: true,
    check: Check::Object(check),
    ..BROKEN
};

/// What every listener reads.
const READS: &[&str] = &["eventlisteners", "triggerbindings", "triggertemplates", "triggers"];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let (objects, entry) = (subject.objects, subject.entry);
    let Some(spec) = entry.document.cursor(&entry.path).and_then(|node| node.get("spec")) else {
        return;
    };
    let Some((listener, Some(place))) = account(spec.get("serviceAccountName")) else {
        return;
    };
    let placement = objects.universe().placement(subject.position);
    let namespaces = placement.into_iter().flat_map(|placement| &placement.namespaces);
    let own: &str = namespaces.map(|namespace| &**namespace).next().unwrap_or_default();
    let mut say = |need: &Need<'_>| {
        if let Some(finding) = lack(objects, need, sink) {
            sink.push(finding);
        }
    };
    for resource in READS {
        say(&need(own, resource, "triggers.tekton.dev", &["get", "list", "watch"], listener, &place));
    }
    let mut made: Vec<(&str, String)> = Vec::new();
    for trigger in items(spec, "triggers") {
        let own_account = trigger.get("serviceAccountName");
        let (Some((account, _)), is_other) = (account(own_account.or(spec.get("serviceAccountName"))), own_account.is_some()) else {
            continue;
        };
        if is_other {
            say(&need(own, "serviceaccounts", "", &["impersonate"], listener, &place));
        }
        let place = own_account.map_or_else(|| place.clone(), |node| node.place());
        for object in templates(objects, trigger, own) {
            let (Some(api_version), Some(kind)) = (object.text_at(&["apiVersion"]), object.text_at(&["kind"])) else {
                continue;
            };
            if !is_known(api_version) || !is_known(kind) {
                continue;
            }
            let resource = plural(api_version, kind);
            let stated = object.text_at(&["metadata", "namespace"]);
            // Where it is made may be a parameter's to say.
            if stated.is_some_and(|stated| !is_known(stated)) || made.contains(&(account, resource.clone())) {
                continue;
            }
            let mut creates = need(own, &resource, group_of(api_version), &["create"], account, &place);
            creates.namespace = stated.unwrap_or(own);
            say(&creates);
            made.push((account, resource));
        }
    }
}

/// A need of a listener in its namespace.
fn need<'a>(
    own: &'a str,
    resource: &'a str,
    group: &'a str,
    verbs: &'a [&'a str],
    account: &'a str,
    place: &Place,
) -> Need<'a> {
    Need {
        account,
        account_namespace: own,
        namespace: own,
        group,
        resource,
        verbs,
        name: None,
        of: "this listener",
        place: place.clone(),
    }
}

/// What the template of a trigger makes.
fn templates<'a>(objects: &'a Objects, trigger: Cursor<'a>, namespace: &str) -> Vec<Cursor<'a>> {
    let template = trigger.get("template");
    let named = template.and_then(|template| template.get("ref")?.text());
    let spec = match named.map(|name| objects.called("TriggerTemplate", namespace, name)) {
        Some(Called::One(entry)) => entry.document.cursor(&entry.path).and_then(|node| node.get("spec")),
        Some(_) => None,
        None => template.and_then(|template| template.get("spec")),
    };
    spec.into_iter().flat_map(|spec| items(spec, "resourcetemplates")).collect()
}
