//! What people may do in a project's namespaces: Roles of our own with each verb spelled out. Kubernetes' `admin`, `edit` and
//! `view` are not used, because other programs add rules to them, and because `edit` reads Secrets.
//!
//! Nobody may read Secrets, nor write a Workflow, PipelineRun or pod of their own: its author chooses its ServiceAccount and
//! volumes, and so could read the credentials that write every project's releases. Builds start by a push; promotions by
//! a Git tag, or by an administrator, whom an admission policy ([`crate::policies::add_workflows`]) keeps to the template.

use crate::CompileError;
use crate::rbac::role_ref;
use crate::tree::Folder;
use k8s_openapi::api::rbac::v1::{PolicyRule, Role, RoleBinding, Subject};
use luban_api_core::named_in;
use luban_platform::model::Project;

/// Verbs of who looks.
const READ: &[&str] = &["get", "list", "watch"];

/// What may be done with some resources of one API group.
#[derive(Clone, Copy, Debug)]
struct May(
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// Pods and what explains them, in every namespace.
const LOOK: &[May] = &[
    May(
        "",
        &["events", "pods", "persistentvolumeclaims", "resourcequotas"],
        READ,
    ),
    May("", &["pods/log"], &["get"]),
];

/// Runs and builds of a `-ci` namespace.
const LOOK_AT_CI: &[May] = &[
    May(
        "argoproj.io",
        &["workflows", "workflowtemplates", "workflowtaskresults"],
        READ,
    ),
    May("kpack.io", &["builds", "images", "sourceresolvers"], READ),
];

/// Ends a run: its pods stop with it.
const END_CI: &[May] = &[May("argoproj.io", &["workflows"], &["delete"])];

/// Starts a promotion; an admission policy allows no other run.
const PROMOTE: &[May] = &[May("argoproj.io", &["workflows"], &["create"])];

/// Runs of a `-build` namespace.
const LOOK_AT_BUILDS: &[May] = &[May("tekton.dev", &["pipelineruns", "taskruns"], READ)];

/// Ends a run.
const END_BUILDS: &[May] = &[May("tekton.dev", &["pipelineruns"], &["delete"])];

/// An application and what it is made of.
const LOOK_AT_APPLICATIONS: &[May] = &[
    May("", &["configmaps", "endpoints", "services"], READ),
    May("apps", &["deployments", "replicasets"], READ),
    May("discovery.k8s.io", &["endpointslices"], READ),
    May("gateway.networking.k8s.io", &["httproutes"], READ),
    May("networking.k8s.io", &["networkpolicies"], READ),
    May("policy", &["poddisruptionbudgets"], READ),
];

/// Starts a replica again; its Deployment makes the next.
const RESTART: &[May] = &[May("", &["pods"], &["delete"])];

/// Reaches a replica from one's own machine.
const CONNECT: &[May] = &[May("", &["pods/portforward"], &["create"])];

/// Adds the groups' Roles and RoleBindings of a `-ci` namespace; administrators promote if the clusters keep them to that.
pub(super) fn ci(
    folder: &mut Folder,
    project: &Project,
    namespace: &str,
    promotes: bool,
) -> Result<(), CompileError> {
    let promote = if promotes { PROMOTE } else { &[] };
    let admin: &[&[May]] = &[LOOK, LOOK_AT_CI, END_CI, promote];
    bind(folder, project, namespace, admin, &[LOOK, LOOK_AT_CI])
}

/// Adds the groups' Roles and RoleBindings of a `-build` namespace.
pub(super) fn build(
    folder: &mut Folder,
    project: &Project,
    namespace: &str,
) -> Result<(), CompileError> {
    bind(
        folder,
        project,
        namespace,
        &[LOOK, LOOK_AT_BUILDS, END_BUILDS],
        &[LOOK, LOOK_AT_BUILDS],
    )
}

/// Adds the groups' Roles and RoleBindings of a runtime namespace: developers do more where changes are applied by themselves.
pub(super) fn runtime(
    folder: &mut Folder,
    project: &Project,
    namespace: &str,
    is_automatic: bool,
) -> Result<(), CompileError> {
    let admin: &[&[May]] = &[LOOK, LOOK_AT_APPLICATIONS, RESTART, CONNECT];
    let developer: &[&[May]] = if is_automatic {
        admin
    } else {
        &[LOOK, LOOK_AT_APPLICATIONS]
    };
    bind(folder, project, namespace, admin, developer)
}

fn bind(
    folder: &mut Folder,
    project: &Project,
    namespace: &str,
    admin: &[&[May]],
    developer: &[&[May]],
) -> Result<(), CompileError> {
    for (name, group, may) in [
        ("group-admin", &project.admin, admin),
        ("group-developer", &project.developer, developer),
    ] {
        let Some(group) = group else { continue };
        let text = |list: &[&str]| {
            list.iter()
                .map(|text| (*text).to_owned())
                .collect::<Vec<_>>()
        };
        let rules = may
            .iter()
            .copied()
            .flatten()
            .map(|May(api_group, resources, verbs)| PolicyRule {
                api_groups: Some(text(&[api_group])),
                resources: Some(text(resources)),
                verbs: text(verbs),
                ..PolicyRule::default()
            });
        folder.add(Role {
            metadata: named_in(namespace, name),
            rules: Some(rules.collect()),
        })?;
        folder.add(RoleBinding {
            metadata: named_in(namespace, name),
            role_ref: role_ref("Role", name),
            subjects: Some(vec![Subject {
                api_group: Some("rbac.authorization.k8s.io".to_owned()),
                kind: "Group".to_owned(),
                name: group.clone(),
                ..Subject::default()
            }]),
        })?;
    }
    Ok(())
}
