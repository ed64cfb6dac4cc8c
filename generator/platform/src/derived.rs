//! Names that are made from the platform's names: one place for each, so that no two parts disagree.

use crate::model::{Application, Build, Environment, Platform, Project};
use crate::names::DnsLabel;

/// Namespaces that the platform itself and what it stands on have.
pub const RESERVED_NAMESPACES: [&str; 15] = [
    "argo",
    "argo-events",
    "argo-cd",
    "argocd",
    "default",
    "kargo",
    "kpack",
    "kube-public",
    "kube-system",
    "luban-dispatch",
    "luban-events",
    "luban-stack",
    "luban-system",
    "tekton-pipelines",
    "tekton-pipelines-resolvers",
];

/// Name of the event source and sensor of kpack's builds, which stand beside those of providers; further ones have a
/// number at the end.
pub const KPACK_BUILDS: &str = "kpack-builds";

/// Whether a provider's event source would have the name of one for kpack's builds.
pub fn is_kpack_builds(provider: &str) -> bool {
    provider.strip_prefix(KPACK_BUILDS).is_some_and(|rest| {
        let number = rest.strip_prefix('-').unwrap_or(rest);
        number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Service that Argo Events puts in front of a provider's event source (v1.9 `pkg/reconciler/eventsource/resource.go`).
pub fn event_source_service(provider: &str) -> String {
    format!("{provider}-eventsource-svc")
}

/// Namespace of a project's Workflows, kpack builds and promotions.
pub fn ci_namespace(project: &Project) -> String {
    format!("{}-ci", project.name)
}

/// Namespace of a project's BuildKit builds and of nothing else.
pub fn build_namespace(project: &Project) -> String {
    format!("{}-build", project.name)
}

/// Namespace that a project's applications run in.
pub fn runtime_namespace(project: &Project, environment: &Environment) -> String {
    format!("{}-{}", project.name, environment.name)
}

/// Whether a project has BuildKit builds, and so a namespace for them.
pub fn has_build_namespace(project: &Project) -> bool {
    project
        .applications
        .iter()
        .any(|application| matches!(application.build, Build::Railpack(_)))
}

/// Every namespace that a project has.
pub fn namespaces(platform: &Platform, project: &Project) -> Vec<String> {
    let mut namespaces = vec![ci_namespace(project)];
    if has_build_namespace(project) {
        namespaces.push(build_namespace(project));
    }
    namespaces.extend(
        platform
            .environments
            .iter()
            .map(|environment| runtime_namespace(project, environment)),
    );
    namespaces
}

/// Folders that there are once, policies of clusters apart; each is the end of an Argo CD Application's name.
pub const PLATFORM_FOLDERS: [&str; 8] = [
    "argo-events",
    "argo-workflows",
    "dispatch",
    "kpack",
    "kueue",
    "namespaces",
    "observability",
    "tekton",
];

/// Part of a project's folders, AppProjects and Applications that holds its dispatch tables.
pub const DISPATCH_PART: &str = "dispatch";

/// Name of the Argo CD Application of a folder that there is once.
pub fn platform_application(platform: &DnsLabel, folder: &str) -> String {
    format!("{platform}-{folder}")
}

/// Name of the AppProject of the folders that there are once.
pub fn platform_app_project(platform: &DnsLabel) -> String {
    format!("{platform}-delivery")
}

/// Name of the Argo CD Application of one of a project's own folders: `ci`, `build`, `dispatch` or an environment.
pub fn project_application(project: &Project, part: &str) -> String {
    format!("{}-{part}", project.name)
}

/// Name of the Argo CD Application of an application in an environment.
pub fn deployment(
    project: &Project,
    application: &Application,
    environment: &Environment,
) -> String {
    format!("{}-{}-{}", project.name, application.name, environment.name)
}

/// Name of the AppProject of a project in an environment.
pub fn app_project(project: &Project, environment: &Environment) -> String {
    format!("{}-{}", project.name, environment.name)
}

/// A name as long as a run's can be: `<application>-<10 hexadecimal digits>`.
pub fn longest_run_name(application: &Application) -> String {
    format!("{}-{}", application.name, "0".repeat(10))
}
