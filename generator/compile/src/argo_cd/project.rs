//! AppProjects: what Applications may touch. Each permits the GitOps repository, the namespaces and the kinds that its
//! Applications hold, and nothing more. Kinds and namespaces of one AppProject combine freely, so what must not combine has an
//! AppProject of its own: Argo CD's objects, and the namespace that all projects' dispatch tables share.

use super::application::FINALIZER;
use super::kinds::{self, Kinds};
use super::{PROJECT_WAVE, delivery_cluster, infrastructure, infrastructure_path};
use crate::context::Context;
use crate::delivery::PlatformFolder;
use crate::labels;
use crate::names::{ARGO_CD, DISPATCH};
use crate::tree::Folder;
use luban_api_argo_cd::{AppProject, AppProjectSpec, ApplicationDestination, ProjectRole};
use luban_api_core::{ObjectMeta, named_in};
use luban_platform::derived;
use luban_platform::model::{Environment, Project, Sync};

fn app_project(
    context: &Context<'_>,
    name: String,
    description: String,
    destinations: Vec<(&str, String)>,
    kinds: Kinds,
    project: Option<&Project>,
) -> AppProject {
    let mut destinations: Vec<ApplicationDestination> = destinations
        .into_iter()
        .map(|(server, namespace)| ApplicationDestination {
            server: Some(server.to_owned()),
            namespace: Some(namespace),
            ..ApplicationDestination::default()
        })
        .collect();
    destinations.sort_by(|a, b| (&a.server, &a.namespace).cmp(&(&b.server, &b.namespace)));
    destinations.dedup();
    let project_label =
        project.map(|project| labels::map([(labels::PROJECT, project.name.as_str())]));
    AppProject {
        metadata: ObjectMeta {
            labels: project_label,
            annotations: Some(labels::map([(
                labels::SYNC_WAVE,
                &PROJECT_WAVE.to_string(),
            )])),
            finalizers: Some(vec![FINALIZER.to_owned()]),
            ..named_in(ARGO_CD, name)
        },
        spec: AppProjectSpec {
            description: Some(description),
            source_repos: vec![context.platform.gitops.repository.to_string()],
            destinations,
            cluster_resource_whitelist: kinds.cluster(context.platform),
            // To Argo CD an empty list permits every kind with a namespace.
            namespace_resource_blacklist: kinds.none_namespaced(),
            namespace_resource_whitelist: kinds.namespaced(),
            ..AppProjectSpec::default()
        },
        ..AppProject::default()
    }
}

/// The AppProject of the root and of each project's app-of-apps: the only one that permits Argo CD's own objects.
pub(super) fn of_argo_cd(context: &Context<'_>) -> AppProject {
    app_project(
        context,
        context.platform.name.to_string(),
        "AppProjects and Applications of the platform".to_owned(),
        vec![(delivery_cluster(context), ARGO_CD.to_owned())],
        kinds::of_argo_cd(context),
        None,
    )
}

/// The AppProject of the folders that there are once.
pub(super) fn of_platform(context: &Context<'_>, parts: &[PlatformFolder<'_>]) -> AppProject {
    let destinations = parts.iter().flat_map(|part| {
        let held = part.folder.held().iter();
        let namespaces = held.filter_map(|object| object.namespace.clone());
        let namespaces = namespaces.chain([kinds::default_namespace(&part.folder).to_owned()]);
        namespaces.map(|namespace| (part.cluster.server.as_str(), namespace))
    });
    app_project(
        context,
        derived::platform_app_project(&context.platform.name),
        "What all projects share".to_owned(),
        destinations.collect(),
        Kinds::of(parts.iter().map(|part| &part.folder)),
        None,
    )
}

/// The AppProject of a project's namespaces.
pub(super) fn of_infrastructure(
    context: &Context<'_>,
    project: &Project,
    parts: &[Folder],
) -> AppProject {
    let destinations = infrastructure(context, project)
        .into_iter()
        .filter(|part| part.part != derived::DISPATCH_PART)
        .map(|part| (part.server, part.namespace))
        .collect();
    let dispatch = infrastructure_path(project, derived::DISPATCH_PART);
    let mut app_project = app_project(
        context,
        project.name.to_string(),
        format!("Namespaces of project {}", project.name),
        destinations,
        Kinds::of(parts.iter().filter(|part| part.path() != dispatch)),
        Some(project),
    );
    app_project.spec.roles = roles(project, project.name.as_str(), INFRASTRUCTURE, false);
    app_project
}

/// The AppProject of a project's dispatch tables.
pub(super) fn of_dispatch(context: &Context<'_>, project: &Project) -> AppProject {
    let name = derived::project_application(project, derived::DISPATCH_PART);
    let mut app_project = app_project(
        context,
        name.clone(),
        format!("Dispatch tables of project {}", project.name),
        vec![(delivery_cluster(context), DISPATCH.to_owned())],
        kinds::of_dispatch(),
        Some(project),
    );
    app_project.spec.roles = roles(project, &name, INFRASTRUCTURE, false);
    app_project
}

/// The AppProject of a project's applications in an environment.
pub(super) fn of_environment(
    context: &Context<'_>,
    project: &Project,
    environment: &Environment,
) -> AppProject {
    let name = derived::app_project(project, environment);
    let mut app_project = app_project(
        context,
        name.clone(),
        format!(
            "Applications of project {} in {}",
            project.name, environment.name
        ),
        vec![(
            environment.cluster.server.as_str(),
            derived::runtime_namespace(project, environment),
        )],
        kinds::of_environment(project, environment),
        Some(project),
    );
    app_project.spec.roles = roles(project, &name, RUNTIME, environment.sync == Sync::Automatic);
    app_project
}

/// What a role may do with Applications: resource and action.
type Allowed = (&'static str, &'static str);

/// What may be seen and done in environments.
const RUNTIME: (&[Allowed], &[Allowed]) = (
    &[("applications", "get"), ("logs", "get")],
    &[
        ("applications", "sync"),
        ("applications", "action/apps/Deployment/restart"),
    ],
);

/// What may be seen and done with namespaces and tables.
const INFRASTRUCTURE: (&[Allowed], &[Allowed]) =
    (&[("applications", "get")], &[("applications", "sync")]);

/// Roles of the project's groups: administrators see and do, developers see, and do where Argo CD syncs by itself anyway.
/// Nobody changes or deletes an Application: those are compiled.
fn roles(
    project: &Project,
    app_project: &str,
    (seen, done): (&[Allowed], &[Allowed]),
    developer_syncs: bool,
) -> Vec<ProjectRole> {
    let groups = [
        ("admin", &project.admin, true),
        ("developer", &project.developer, developer_syncs),
    ];
    let role = |(name, group, syncs): (&str, &Option<String>, bool)| {
        let done = if syncs { done } else { &[] };
        let policies = seen.iter().chain(done).map(|(resource, action)| {
            format!("p, proj:{app_project}:{name}, {resource}, {action}, {app_project}/*, allow")
        });
        Some(ProjectRole {
            name: name.to_owned(),
            policies: policies.collect(),
            groups: vec![group.clone()?],
            ..ProjectRole::default()
        })
    };
    groups.into_iter().filter_map(role).collect()
}
