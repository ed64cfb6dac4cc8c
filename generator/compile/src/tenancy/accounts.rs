//! Whose accounts are in a project's namespaces. What each of them does is said by the part that its pods belong to.

use crate::delivery::promotes_tags;
use crate::rbac::Account;
use crate::{dispatch, events, kpack, railpack};
use luban_platform::model::{Build, Platform, Project};

/// What is built in a project.
#[derive(Clone, Copy, Debug)]
pub(super) struct Jobs {
    /// Applications that kpack builds.
    pub(super) kpack: usize,
    /// Applications that railpack and BuildKit build.
    pub(super) railpack: usize,
}

impl Jobs {
    pub(super) fn of(project: &Project) -> Self {
        let railpack = project
            .applications
            .iter()
            .filter(|application| matches!(application.build, Build::Railpack(_)))
            .count();
        Self {
            kpack: project.applications.len() - railpack,
            railpack,
        }
    }
}

/// Names of Secrets that accounts refer to.
#[derive(Clone, Debug, Default)]
pub(super) struct Credentials<'a> {
    /// Pull images of the platform's tools.
    pub(super) pull: Vec<&'a str>,
    /// What kpack clones and pushes with.
    pub(super) kpack: Vec<&'a str>,
}

/// Accounts of a `-ci` namespace: Argo Workflows' pods, and kpack's own.
pub(super) fn ci<'a>(
    project: &Project,
    namespace: &'a str,
    credentials: &'a Credentials<'a>,
) -> Vec<Account<'a>> {
    with_pull_secrets(
        kpack::ci_accounts(project, namespace, &credentials.kpack),
        credentials,
    )
}

/// Accounts of a `-build` namespace: Tekton's pods.
pub(super) fn build<'a>(namespace: &'a str, credentials: &'a Credentials<'a>) -> Vec<Account<'a>> {
    with_pull_secrets(railpack::build_accounts(namespace), credentials)
}

fn with_pull_secrets<'a>(
    mut accounts: Vec<Account<'a>>,
    credentials: &'a Credentials<'a>,
) -> Vec<Account<'a>> {
    for account in &mut accounts {
        if account.pull_secrets.is_empty() {
            account.pull_secrets = &credentials.pull;
        }
    }
    accounts
}

/// Accounts of other namespaces that work in a `-ci` namespace.
pub(super) fn visitors_of_ci(platform: &Platform, project: &Project) -> Vec<Account<'static>> {
    let jobs = Jobs::of(project);
    let mut applications = project.applications.iter();
    let follows_tags =
        promotes_tags(platform) && applications.any(|application| application.deploy.is_some());
    let mut visitors = Vec::new();
    // Its runs here are builds by kpack, and those of Git tags.
    if jobs.kpack > 0 || follows_tags {
        visitors.push(dispatch::dispatch_account());
    }
    if jobs.kpack > 0 {
        visitors.push(events::build_watcher_account());
        visitors.push(events::rebuild_sensor_account());
    }
    visitors
}

/// Accounts of other namespaces that work in a `-build` namespace.
pub(super) fn visitors_of_build() -> Vec<Account<'static>> {
    vec![dispatch::dispatch_account()]
}
