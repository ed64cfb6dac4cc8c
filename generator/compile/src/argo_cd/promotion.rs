//! What promotions read of Argo CD: whether the applications that they come from are healthy, by name, and nothing else.

use crate::CompileError;
use crate::context::Context;
use crate::names::{ARGO_CD, account};
use crate::rbac::role_ref;
use crate::tree::Folder;
use k8s_openapi::api::rbac::v1::{PolicyRule, Role, RoleBinding, Subject};
use luban_api_core::named_in;
use luban_command::{Grant, PROMOTE};
use luban_platform::derived;
use luban_platform::model::{Project, Requirement};

/// Adds the Role and RoleBinding of a project's promotions; nothing where no promotion asks for health.
pub(super) fn add(
    context: &Context<'_>,
    project: &Project,
    folder: &mut Folder,
) -> Result<(), CompileError> {
    let names = sources(context, project);
    if names.is_empty() {
        return Ok(());
    }
    let namespace = derived::ci_namespace(project);
    let name = format!("{namespace}-{}", account::PROMOTE);
    let needs = PROMOTE.needs.iter();
    let rules = needs
        .filter(|need| need.grant == Grant::ArgoCdNamespace)
        .map(|need| PolicyRule {
            api_groups: Some(vec![need.group.to_owned()]),
            resources: Some(vec![need.resource.to_owned()]),
            resource_names: Some(names.clone()),
            verbs: need.verbs.iter().map(|verb| (*verb).to_owned()).collect(),
            ..PolicyRule::default()
        });
    folder.add(Role {
        metadata: named_in(ARGO_CD, &name),
        rules: Some(rules.collect()),
    })?;
    folder.add(RoleBinding {
        metadata: named_in(ARGO_CD, &name),
        role_ref: role_ref("Role", &name),
        subjects: Some(vec![Subject {
            kind: "ServiceAccount".to_owned(),
            name: account::PROMOTE.to_owned(),
            namespace: Some(namespace),
            ..Subject::default()
        }]),
    })
}

/// Argo CD Applications that promotions come from and that must be healthy for it, each once.
pub(super) fn sources(context: &Context<'_>, project: &Project) -> Vec<String> {
    let platform = context.platform;
    let mut names = Vec::new();
    for application in &project.applications {
        if application.deploy.is_none() {
            continue;
        }
        for environment in &platform.environments {
            let Some(before) = platform.before(environment) else {
                continue;
            };
            let name = derived::deployment(project, application, before);
            if environment.require.contains(&Requirement::Healthy) && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}
