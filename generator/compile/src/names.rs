//! Names of the platform's own objects: one place for each, so that no two parts disagree. Names that are made from the
//! platform's names are in [`luban_platform::derived`].

use luban_platform::model::{Application, Environment, Project};

/// Namespace of event bus, event sources and sensors.
pub(crate) const EVENTS: &str = "luban-events";
/// Namespace of dispatch: its tables, its runs, and events that could not be delivered.
pub(crate) const DISPATCH: &str = "luban-dispatch";
/// Namespace of what all projects' builds share: Tasks and Pipelines, the kpack stack and builder, dashboards.
pub(crate) const SYSTEM: &str = "luban-system";
/// Namespace of the runs that publish the kpack stack, and of nothing else: they run BuildKit.
pub(crate) const STACK: &str = "luban-stack";
/// Namespace of Argo CD.
pub(crate) const ARGO_CD: &str = "argocd";
/// Namespace of sigstore's policy-controller, as upstream installs it.
pub(crate) const POLICY_CONTROLLER: &str = "cosign-system";

/// Port that every event source of a provider listens on.
pub(crate) const WEBHOOK_PORT: u16 = 12000;

/// Key of the token in a provider's webhook Secret.
pub(crate) const WEBHOOK_TOKEN: &str = "token";
/// Key of certificates in a certificate authority's Secret.
pub(crate) const CA_CERTIFICATE: &str = "ca.crt";

/// Part of folders in the tree.
pub(crate) mod folder {
    /// Objects of the delivery cluster.
    pub(crate) const DELIVERY: &str = "pipelines/delivery";
    /// Argo CD's objects.
    pub(crate) const ARGO_CD: &str = "pipelines/argo-cd";
    /// Namespaces of projects.
    pub(crate) const PROJECTS: &str = "pipelines/projects";
    /// Overlays of applications.
    pub(crate) const OVERLAYS: &str = "overlays";
}

/// ServiceAccounts, one for each job.
pub(crate) mod account {
    /// The event bus: no permission at all.
    pub(crate) const EVENT_BUS: &str = "event-bus";
    /// Sensors of providers: creates dispatch runs.
    pub(crate) const SENSOR: &str = "sensor";
    /// Sensors of kpack builds: creates the runs that release what kpack rebuilt.
    pub(crate) const REBUILD_SENSOR: &str = "rebuild-sensor";
    /// The client of the Cloudflare Tunnel: no permission at all.
    pub(crate) const CLOUDFLARED: &str = "cloudflared";
    /// Event sources of providers: no permission at all.
    pub(crate) const EVENT_SOURCE: &str = "event-source";
    /// The event source that watches kpack builds.
    pub(crate) const BUILD_WATCHER: &str = "build-watcher";
    /// Dispatch runs.
    pub(crate) const DISPATCH: &str = "dispatch";
    /// The kpack step of a run: applies the Image, awaits its Build.
    pub(crate) const KPACK_STEP: &str = "kpack-step";
    /// The pods of kpack itself, which run users' code.
    pub(crate) const KPACK: &str = "kpack";
    /// Pods of railpack builds, which run users' code: no token.
    pub(crate) const RAILPACK: &str = "railpack";
    /// Steps that only talk to registries: scan, sbom, sign.
    pub(crate) const SUPPLY_CHAIN: &str = "supply-chain";
    /// Steps that write releases.
    pub(crate) const RELEASE: &str = "release";
    /// Steps that report.
    pub(crate) const REPORT: &str = "report";
    /// Promotions.
    pub(crate) const PROMOTE: &str = "promote";
    /// Publishing of the stack.
    pub(crate) const STACK: &str = "stack";
}

/// Names of run templates and of what they refer to.
pub(crate) mod template {
    /// ClusterWorkflowTemplate of kpack builds.
    pub(crate) const KPACK_BUILD: &str = "kpack-build";
    /// ClusterWorkflowTemplate of rebuilds that kpack started itself.
    pub(crate) const KPACK_REBUILT: &str = "kpack-rebuilt";
    /// WorkflowTemplate of dispatch.
    pub(crate) const DISPATCH: &str = "dispatch";
    /// WorkflowTemplate of promotions, one for each project.
    pub(crate) const PROMOTE: &str = "promote";
    /// ClusterWorkflowTemplate of Git tags: retags what was released for a commit, and promotes it.
    pub(crate) const RETAG: &str = "retag";
    /// WorkflowTemplate that publishes the stack.
    pub(crate) const PUBLISH_STACK: &str = "publish-stack";
}

/// ConfigMap in each `-ci` namespace with the number of builds that may run at the same time, and its key for kpack.
pub(crate) mod limits {
    /// The ConfigMap.
    pub(crate) const CONFIG_MAP: &str = "build-limits";
    /// Its key for kpack builds.
    pub(crate) const KPACK: &str = "kpack";
}

/// Folder of an application's overlays.
pub(crate) fn application_folder(project: &Project, application: &Application) -> String {
    let (project, application) = (project.name.as_str(), application.name.as_str());
    [folder::OVERLAYS, "/", project, "/", application].concat()
}

/// Folder of an application in an environment.
pub(crate) fn overlay_folder(
    project: &Project,
    application: &Application,
    environment: &Environment,
) -> String {
    application_folder(project, application) + "/" + environment.name.as_str()
}

/// Folder with the release of an application in an environment, which pipelines write.
pub(crate) fn release_folder(
    project: &Project,
    application: &Application,
    environment: &Environment,
) -> String {
    overlay_folder(project, application, environment) + "/release"
}

/// Name of the kpack builder, stack, store and lifecycle.
pub(crate) const KPACK: &str = "luban";

/// Name of the queue that admits the builds of a project, a Kueue LocalQueue in its build namespace.
pub(crate) const QUEUE: &str = "builds";
