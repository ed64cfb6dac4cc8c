use crate::access::{Need, account, items, lack, workflow_spec};
use luban_yaml::Cursor;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "workflow-rights",
    kinds: WORKFLOWS,
    title: "a ServiceAccount that cannot report the results of its pods",
    why: "Since v3.4 the executor beside each container of a workflow creates and patches a `workflowtaskresult`. \
          Without these rights it tries again and fails: the pod's outputs are lost, and the workflow waits or \
          errors.",
    fix: "Give the account `create` and `patch` on `workflowtaskresults.argoproj.io`.",
    source: "argo-workflows v4.1 docs/workflow-rbac.md; workflow/executor/executor.go, `reportResult`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build, namespace: ci}
spec:
  serviceAccountName: ⟦builds⟧
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: builds, namespace: ci}
rules:
- {apiGroups: [argoproj.io], resources: [workflowtaskresults], verbs: [create]}
- {apiGroups: [\"\"], resources: [pods], verbs: [get, patch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: builds, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: builds}
subjects:
- {kind: ServiceAccount, name: builds, namespace: ci}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build, namespace: ci}
spec:
  serviceAccountName: builds
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: builds, namespace: ci}
rules:
- {apiGroups: [argoproj.io], resources: [workflowtaskresults], verbs: [create, patch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: builds, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: builds}
subjects:
- {kind: ServiceAccount, name: builds, namespace: ci}
",
    )],
    needs_others: true,
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let (objects, entry) = (subject.objects, subject.entry);
    let Some(spec) = workflow_spec(entry) else {
        return;
    };
    let placement = objects.universe().placement(subject.position);
    let namespaces = placement.into_iter().flat_map(|placement| &placement.namespaces);
    let namespace: &str = namespaces.map(|namespace| &**namespace).next().unwrap_or_default();
    // Where templates of the cluster run is their callers' to say.
    let namespace = if entry.name.kind == "ClusterWorkflowTemplate" { return } else { namespace };
    let mut said: Vec<&str> = Vec::new();
    for template in items(spec, "templates") {
        if !["container", "containerSet", "script", "resource", "data"].iter().any(|kind| template.get(kind).is_some()) {
            continue;
        }
        let of_executor = |node: Cursor<'_>| node.get("executor").is_some_and(|executor| executor.get("serviceAccountName").is_some());
        let field = if of_executor(template) {
            template.at(&["executor", "serviceAccountName"])
        } else if of_executor(spec) {
            spec.at(&["executor", "serviceAccountName"])
        } else {
            template.get("serviceAccountName").or_else(|| spec.get("serviceAccountName"))
        };
        // A template that others call runs with their account.
        let Some((account, Some(place))) = account(field) else {
            continue;
        };
        if said.contains(&account) {
            continue;
        }
        said.push(account);
        let need = Need {
            account,
            account_namespace: namespace,
            namespace,
            group: "argoproj.io",
            resource: "workflowtaskresults",
            verbs: &["create", "patch"],
            name: None,
            of: "the executor of its pods",
            place,
        };
        if let Some(finding) = lack(objects, &need, sink) {
            sink.push(finding);
        }
    }
}
