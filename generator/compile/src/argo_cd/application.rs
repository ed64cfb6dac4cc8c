//! One Argo CD Application: a folder of the GitOps repository, kept in sync with a namespace.

use crate::context::Context;
use crate::labels;
use crate::names::ARGO_CD;
use luban_api_argo_cd::{
    Application, ApplicationDestination, ApplicationSource, ApplicationSpec, Backoff,
    ResourceIgnoreDifferences, RetryStrategy, SyncPolicy, SyncPolicyAutomated,
};
use luban_api_core::{ObjectMeta, named_in};
use luban_platform::model::{self, Environment, Project, Sync};

/// Deletes what an Application has synced before the Application itself, and keeps an AppProject while an Application needs it.
pub(super) const FINALIZER: &str = "resources-finalizer.argocd.argoproj.io";
/// How Argo CD compares.
const COMPARE_OPTIONS: &str = "argocd.argoproj.io/compare-options";
/// Attempts after a failed sync: with the pauses below about twenty minutes, in which namespaces and webhooks of a new cluster
/// come up. Argo CD does not wait for one Application before the next, unless its settings restore the health check of
/// Applications (argo-cd v3.5 `docs/operator-manual/health.md`).
const RETRIES: i64 = 10;
/// First pause between attempts.
const RETRY_PAUSE: &str = "10s";
/// Longest pause between attempts.
const LONGEST_PAUSE: &str = "3m";

/// What an Application syncs, and for whom.
pub(super) struct Source<'a> {
    pub(super) name: String,
    pub(super) app_project: String,
    pub(super) path: String,
    pub(super) server: &'a str,
    pub(super) namespace: String,
    /// Order among the Applications of its folder.
    pub(super) wave: i32,
    /// Whether Argo CD applies changes by itself.
    pub(super) sync: Sync,
    /// Whether a person must confirm its end: in a project's environments without automatic sync, and of whole projects.
    pub(super) is_guarded: bool,
    /// Whether what it has synced goes with it.
    pub(super) cascades: bool,
    /// What others write.
    pub(super) ignored: Vec<ResourceIgnoreDifferences>,
    pub(super) project: Option<&'a Project>,
    pub(super) application: Option<&'a model::Application>,
    pub(super) environment: Option<&'a Environment>,
}

impl<'a> Source<'a> {
    /// A folder that is synced by itself.
    pub(super) fn new(
        name: String,
        app_project: String,
        path: String,
        server: &'a str,
        namespace: String,
    ) -> Self {
        Self {
            name,
            app_project,
            path,
            server,
            namespace,
            wave: 0,
            sync: Sync::Automatic,
            is_guarded: false,
            cascades: true,
            ignored: Vec::new(),
            project: None,
            application: None,
            environment: None,
        }
    }

    fn metadata(&self) -> ObjectMeta {
        let names = [
            (
                labels::PROJECT,
                self.project.map(|project| project.name.as_str()),
            ),
            (
                labels::APPLICATION,
                self.application
                    .map(|application| application.name.as_str()),
            ),
            (
                labels::ENVIRONMENT,
                self.environment
                    .map(|environment| environment.name.as_str()),
            ),
        ];
        let names = names
            .into_iter()
            .filter_map(|(key, name)| Some((key.to_owned(), name?.to_owned())));
        let mut annotations = labels::map([
            (labels::SYNC_WAVE, &self.wave.to_string()),
            // Defaults and webhooks' changes are no difference: the API server is asked what applying would change.
            (COMPARE_OPTIONS, "ServerSideDiff=true"),
        ]);
        if self.is_guarded {
            let options = "Prune=confirm,Delete=confirm".to_owned();
            annotations.insert(labels::SYNC_OPTIONS.to_owned(), options);
        }
        ObjectMeta {
            labels: Some(names.collect()),
            annotations: Some(annotations),
            finalizers: self.cascades.then(|| vec![FINALIZER.to_owned()]),
            ..named_in(ARGO_CD, &self.name)
        }
    }
}

/// The Application that syncs `source`.
pub(super) fn application(context: &Context<'_>, source: Source<'_>) -> Application {
    let gitops = &context.platform.gitops;
    let mut options = vec![
        "ServerSideApply=true",
        // Namespaces are compiled, with their Pod Security level; none is made in passing.
        "CreateNamespace=false",
        // What is no longer wanted goes when what replaces it is healthy: pods that still run need their ConfigMap.
        "PruneLast=true",
        // Two Applications never take turns with one object.
        "FailOnSharedResource=true",
    ];
    if !source.ignored.is_empty() {
        options.push("RespectIgnoreDifferences=true");
    }
    let automated = match source.sync {
        Sync::Automatic => Some(SyncPolicyAutomated {
            prune: Some(true),
            self_heal: Some(true),
            ..SyncPolicyAutomated::default()
        }),
        Sync::Manual => None,
    };
    Application {
        metadata: source.metadata(),
        spec: ApplicationSpec {
            project: source.app_project,
            source: Some(ApplicationSource {
                repo_url: gitops.repository.to_string(),
                path: Some(source.path),
                target_revision: Some(gitops.branch.clone()),
                ..ApplicationSource::default()
            }),
            destination: ApplicationDestination {
                server: Some(source.server.to_owned()),
                namespace: Some(source.namespace),
                ..ApplicationDestination::default()
            },
            sync_policy: Some(SyncPolicy {
                automated,
                sync_options: options.into_iter().map(str::to_owned).collect(),
                retry: Some(RetryStrategy {
                    limit: Some(RETRIES),
                    backoff: Some(Backoff {
                        duration: Some(RETRY_PAUSE.to_owned()),
                        factor: Some(2),
                        max_duration: Some(LONGEST_PAUSE.to_owned()),
                    }),
                    ..RetryStrategy::default()
                }),
                ..SyncPolicy::default()
            }),
            ignore_differences: source.ignored,
            ..ApplicationSpec::default()
        },
        ..Application::default()
    }
}
