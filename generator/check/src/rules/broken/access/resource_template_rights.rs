use crate::access::{Need, account, items, lack, manifest, plural, workflow_spec};
use crate::references::group_of;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "resource-template-rights",
    kinds: WORKFLOWS,
    title: "a resource template whose ServiceAccount may not do what it does",
    why: "The executor works on the object with the account of the workflow: without the right the step fails.",
    fix: "Give the account the verb on the manifest's kind.",
    source: "argo-workflows v4.1 workflow/executor/resource.go, `ExecResource`; docs/service-accounts.md",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: deploy, namespace: ci}
spec:
  serviceAccountName: deploys
  entrypoint: main
  templates:
  - name: main
    resource:
      action: ⟦apply⟧
      manifest: |
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deploys, namespace: ci}
rules:
- {apiGroups: [argoproj.io], resources: [workflowtaskresults], verbs: [create, patch]}
- {apiGroups: [apps], resources: [deployments], verbs: [get, create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deploys, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deploys}
subjects:
- {kind: ServiceAccount, name: deploys, namespace: ci}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: deploy, namespace: ci}
spec:
  serviceAccountName: deploys
  entrypoint: main
  templates:
  - name: main
    resource:
      action: apply
      manifest: |
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deploys, namespace: ci}
rules:
- {apiGroups: [argoproj.io], resources: [workflowtaskresults], verbs: [create, patch]}
- {apiGroups: [apps], resources: [deployments], verbs: [get, create, patch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deploys, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deploys}
subjects:
- {kind: ServiceAccount, name: deploys, namespace: ci}
",
    )],
    needs_others: true,
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let (objects, entry) = (subject.objects, subject.entry);
    let Some(spec) = workflow_spec(entry).filter(|_| entry.name.kind != "ClusterWorkflowTemplate") else {
        return;
    };
    let placement = objects.universe().placement(subject.position);
    let namespaces = placement.into_iter().flat_map(|placement| &placement.namespaces);
    let own: &str = namespaces.map(|namespace| &**namespace).next().unwrap_or_default();
    for template in items(spec, "templates") {
        let Some(resource) = template.get("resource") else {
            continue;
        };
        let field = template.get("serviceAccountName").or_else(|| spec.get("serviceAccountName"));
        let (Some((account, Some(_))), Some(action)) = (account(field), resource.get("action")) else {
            continue;
        };
        let Some(object) = resource.text_at(&["manifest"]).and_then(manifest) else {
            continue;
        };
        let waits = ["successCondition", "failureCondition"].iter().any(|field| resource.get(field).is_some());
        let verbs: &[&str] = match action.text().unwrap_or_default() {
            "create" if waits => &["create", "get"],
            "create" => &["create"],
            "apply" => &["get", "create", "patch"],
            "patch" => &["get", "patch"],
            "replace" => &["get", "update"],
            "delete" => &["delete"],
            "get" => &["get"],
            _ => continue,
        };
        let kind = plural(object.api_version, object.kind);
        let need = Need {
            account,
            account_namespace: own,
            namespace: object.namespace.unwrap_or(own),
            group: group_of(object.api_version),
            resource: &kind,
            verbs,
            name: object.name,
            of: "this template",
            place: action.place(),
        };
        if let Some(finding) = lack(objects, &need, sink) {
            sink.push(finding);
        }
    }
}
