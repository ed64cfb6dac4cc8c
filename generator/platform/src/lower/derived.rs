//! Names that are made from other names: short enough, and no two the same.

use super::scope::Scope;
use crate::derived::{self, RESERVED_NAMESPACES};
use crate::model::Platform;
use crate::names::{DnsLabel, MAX_LABEL};
use luban_yaml::Path;
use std::collections::HashMap;

/// Checks every derived name of `platform`.
pub(super) fn check(scope: &mut Scope<'_>, platform: &Platform) {
    shared_credentials(scope, platform);
    let projects = Path::root().key("spec").key("projects");
    let providers = Path::root().key("spec").key("providers");
    for provider in &platform.providers {
        let at = providers.key(provider.name.as_str());
        let service = derived::event_source_service(provider.name.as_str());
        label(scope, &service, &at, "the Service of its event source");
        if derived::is_kpack_builds(provider.name.as_str()) {
            scope.error(
                "derived-name",
                &at,
                format!(
                    "`{}` is what the event source of kpack's builds is called; rename the provider",
                    provider.name
                ),
            );
        }
    }
    let mut namespaces = Names::new("namespace");
    let mut deployments = Names::new("Argo CD application");
    let mut app_projects = Names::new("AppProject");
    let mut images = Names::new("image");
    let name = Path::root().key("metadata").key("name");
    deployments.add(scope, platform.name.as_str(), &name);
    app_projects.add(scope, platform.name.as_str(), &name);
    app_projects.add(scope, &derived::platform_app_project(&platform.name), &name);
    let policies = platform
        .clusters
        .iter()
        .map(|cluster| format!("policies-{}", cluster.name));
    let folders = derived::PLATFORM_FOLDERS.iter().map(ToString::to_string);
    for folder in folders.chain(policies) {
        let application = derived::platform_application(&platform.name, &folder);
        deployments.add(scope, &application, &name);
    }
    for (i, project) in platform.projects.iter().enumerate() {
        let at = projects.index(i).key("name");
        for namespace in derived::namespaces(platform, project) {
            namespaces.add(scope, &namespace, &at);
        }
        deployments.add(scope, project.name.as_str(), &at);
        app_projects.add(scope, project.name.as_str(), &at);
        let dispatch = derived::project_application(project, derived::DISPATCH_PART);
        app_projects.add(scope, &dispatch, &at);
        for environment in &platform.environments {
            app_projects.add(scope, &derived::app_project(project, environment), &at);
        }
        // The others are called like the namespaces.
        deployments.add(scope, &dispatch, &at);
        for namespace in derived::namespaces(platform, project) {
            deployments.add(scope, &namespace, &at);
        }
        for (j, application) in project.applications.iter().enumerate() {
            let at = projects.index(i).key("applications").index(j).key("name");
            images.add_unchecked(
                scope,
                &project.registry.image_of(&project.name, &application.name),
                &at,
            );
            label(
                scope,
                &derived::longest_run_name(application),
                &at,
                "the name of a run",
            );
            for deploy in application
                .deploy
                .iter()
                .flat_map(|deploy| &deploy.environments)
            {
                deployments.add(
                    scope,
                    &derived::deployment(project, application, &deploy.environment),
                    &at,
                );
            }
        }
    }
}

/// Derived names of one kind and where each comes from.
struct Names {
    what: &'static str,
    seen: HashMap<String, Path>,
}

impl Names {
    fn new(what: &'static str) -> Self {
        Self {
            what,
            seen: HashMap::new(),
        }
    }

    fn add(&mut self, scope: &mut Scope<'_>, name: &str, at: &Path) {
        label(scope, name, at, self.what);
        if RESERVED_NAMESPACES.contains(&name) && self.what == "namespace" {
            scope.error(
                "derived-name",
                at,
                format!("namespace `{name}` belongs to the platform itself; rename the project"),
            );
        }
        self.add_unchecked(scope, name, at);
    }

    fn add_unchecked(&mut self, scope: &mut Scope<'_>, name: &str, at: &Path) {
        let Some(first) = self.seen.insert(name.to_owned(), at.clone()) else {
            return;
        };
        if first == *at {
            return;
        }
        let finding = scope.finding(
            "derived-name",
            at,
            format!("two things would have the same {} `{name}`", self.what),
        );
        let finding = scope.related(finding, &first, "the other one comes from here");
        scope.push(finding.help("rename one of them: names are joined with `-`, so `a` and `b-c` make the same as `a-b` and `c`"));
    }
}

fn label(scope: &mut Scope<'_>, name: &str, at: &Path, what: &str) {
    if DnsLabel::new(name).is_err() {
        let finding = scope.finding(
            "derived-name",
            at,
            format!(
                "{what} `{name}` would have {} characters; at most {MAX_LABEL} fit",
                name.len()
            ),
        );
        scope.push(finding.help(format!(
            "shorten this name by {}",
            name.len().saturating_sub(MAX_LABEL)
        )));
    }
}

/// Warns where builds, which run users' code, hold the credentials that write releases.
fn shared_credentials(scope: &mut Scope<'_>, platform: &Platform) {
    let gitops = &platform.gitops;
    let mut projects = platform.projects.iter();
    let Some(project) = projects.find(|project| project.provider.credentials == gitops.credentials)
    else {
        return;
    };
    let at = Path::root().key("spec").key("gitops");
    let message = format!(
        "builds of project `{}` hold the credentials that write releases, `{}`",
        project.name, gitops.credentials
    );
    let help = "add `credentials: {secret: <name>}` with a token that may write this repository; \
                the provider's then only reads";
    scope.warn_with_help("shared-credentials", &at, message, help);
}
