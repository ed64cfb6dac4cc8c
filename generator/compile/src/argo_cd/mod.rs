//! Argo CD's own objects: what is synced from where to where, and what each of these may touch.
//!
//! One root Application syncs `pipelines/argo-cd`, itself included: the AppProjects and Applications of the folders that
//! there are once, and an Application for each project. That one syncs `pipelines/argo-cd/projects/<project>`, where the
//! project's AppProjects and Applications are. Tenants' AppProjects permit no object of Argo CD; only the root's does.

mod application;
mod kinds;
#[cfg(test)]
pub(crate) mod permission;
mod project;
mod promotion;
#[cfg(test)]
mod tests;

use crate::CompileError;
use crate::context::Context;
use crate::delivery::{self, PlatformFolder};
use crate::names::{ARGO_CD, DISPATCH, folder, overlay_folder};
use crate::tree::Folder;
use application::{Source, application};
use luban_platform::model::{Cluster, Project, Sync};
use luban_platform::{derived, model};
use std::sync::Arc;

/// Order of AppProjects: an Application whose AppProject is missing fails.
const PROJECT_WAVE: i32 = -1;
/// Order of projects: after the folders that there are once, the last of which is 2.
const TENANT_WAVE: i32 = 3;
/// Order of a project's namespaces, tables and templates.
const INFRASTRUCTURE_WAVE: i32 = 0;
/// Order of applications: after the namespaces they run in.
const DEPLOYMENT_WAVE: i32 = 1;

/// Path of a project's Argo CD objects.
fn project_path(project: &Project) -> String {
    format!("{}/projects/{}", folder::ARGO_CD, project.name)
}

/// Path of a folder of a project's own.
fn infrastructure_path(project: &Project, part: &str) -> String {
    format!("{}/{}/{part}", folder::PROJECTS, project.name)
}

/// The cluster that Argo CD runs on.
fn delivery_cluster<'a>(context: &Context<'a>) -> &'a str {
    delivery::delivery_cluster(context.platform)
        .map_or(Cluster::IN_CLUSTER, |cluster| cluster.server.as_str())
}

/// The folder of the root Application, with one for each of `parts`.
///
/// # Errors
/// When two objects have the same name.
pub(crate) fn folder(
    context: &Context<'_>,
    parts: &[PlatformFolder<'_>],
) -> Result<Folder, CompileError> {
    let platform = context.platform;
    let mut folder = context.folder(folder::ARGO_CD);
    folder.add(project::of_argo_cd(context))?;
    folder.add(project::of_platform(context, parts))?;
    let root = Source {
        // Removing it must not remove the platform.
        cascades: false,
        ..Source::new(
            platform.name.to_string(),
            platform.name.to_string(),
            folder::ARGO_CD.to_owned(),
            delivery_cluster(context),
            ARGO_CD.to_owned(),
        )
    };
    folder.add(application(context, root))?;
    for part in parts {
        let source = Source {
            wave: part.wave,
            ignored: kinds::ignored(&part.name),
            ..Source::new(
                derived::platform_application(&platform.name, &part.name),
                derived::platform_app_project(&platform.name),
                part.folder.path().to_owned(),
                part.cluster.server.as_str(),
                kinds::default_namespace(&part.folder).to_owned(),
            )
        };
        folder.add(application(context, source))?;
    }
    for project in &platform.projects {
        let source = Source {
            wave: TENANT_WAVE,
            is_guarded: true,
            project: Some(project),
            ..Source::new(
                project.name.to_string(),
                platform.name.to_string(),
                project_path(project),
                delivery_cluster(context),
                ARGO_CD.to_owned(),
            )
        };
        folder.add(application(context, source))?;
    }
    Ok(folder)
}

/// A folder of a project that one Application syncs.
struct Infrastructure<'a> {
    part: String,
    server: &'a str,
    namespace: String,
    app_project: String,
    sync: Sync,
}

fn infrastructure<'a>(context: &Context<'a>, project: &Project) -> Vec<Infrastructure<'a>> {
    let delivery = |part: &str, namespace: String| Infrastructure {
        part: part.to_owned(),
        server: delivery_cluster(context),
        namespace,
        app_project: project.name.to_string(),
        sync: Sync::Automatic,
    };
    let mut parts = vec![
        delivery("ci", derived::ci_namespace(project)),
        Infrastructure {
            app_project: derived::project_application(project, derived::DISPATCH_PART),
            ..delivery(derived::DISPATCH_PART, DISPATCH.to_owned())
        },
    ];
    if derived::has_build_namespace(project) {
        parts.push(delivery("build", derived::build_namespace(project)));
    }
    let environments: &'a [Arc<model::Environment>] = &context.platform.environments;
    parts.extend(environments.iter().map(|environment| Infrastructure {
        part: environment.name.to_string(),
        server: environment.cluster.server.as_str(),
        namespace: derived::runtime_namespace(project, environment),
        app_project: project.name.to_string(),
        sync: environment.sync,
    }));
    parts
}

/// The folder of a project's app-of-apps; `parts` are the project's own folders.
///
/// # Errors
/// When two objects have the same name.
pub(crate) fn project_folder(
    context: &Context<'_>,
    project: &Project,
    parts: &[Folder],
) -> Result<Folder, CompileError> {
    let mut folder = context.folder(project_path(project));
    folder.add(project::of_infrastructure(context, project, parts))?;
    folder.add(project::of_dispatch(context, project))?;
    for environment in &context.platform.environments {
        if kinds::is_deployed(project) {
            folder.add(project::of_environment(context, project, environment))?;
        }
    }
    for part in infrastructure(context, project) {
        let source = Source {
            wave: INFRASTRUCTURE_WAVE,
            sync: part.sync,
            is_guarded: part.sync == Sync::Manual,
            project: Some(project),
            ..Source::new(
                derived::project_application(project, &part.part),
                part.app_project,
                infrastructure_path(project, &part.part),
                part.server,
                part.namespace,
            )
        };
        folder.add(application(context, source))?;
    }
    for application in &project.applications {
        let environments = application
            .deploy
            .iter()
            .flat_map(|deploy| &deploy.environments);
        for environment in environments.map(|here| &here.environment) {
            let source = Source {
                wave: DEPLOYMENT_WAVE,
                sync: environment.sync,
                is_guarded: environment.sync == Sync::Manual,
                project: Some(project),
                application: Some(application),
                environment: Some(environment),
                ..Source::new(
                    derived::deployment(project, application, environment),
                    derived::app_project(project, environment),
                    overlay_folder(project, application, environment),
                    environment.cluster.server.as_str(),
                    derived::runtime_namespace(project, environment),
                )
            };
            folder.add(self::application(context, source))?;
        }
    }
    promotion::add(context, project, &mut folder)?;
    Ok(folder)
}
