//! Namespaces of a project: one for its runs, one for BuildKit if it needs that, one for each environment.

use super::accounts::{self, Credentials, Jobs};
use super::groups;
use super::namespace::{self, Level};
use super::network::{Network, Pods, namespace as all_of, tcp};
use super::platform::dns_and_outside;
use crate::CompileError;
use crate::context::Context;
use crate::labels;
use crate::names::{folder, limits};
use crate::policies;
use crate::promotion;
use crate::quantity::Amount;
use crate::queue;
use crate::railpack;
use crate::secrets::{self, SecretNeed};
use crate::tree::Folder;
use k8s_openapi::api::core::v1::ConfigMap;
use luban_api_core::{ObjectMeta, named_in};
use luban_command::Grant;
use luban_platform::derived;
use luban_platform::model::{Deploy, DeployEnvironment, Environment, Layout, Project, Sync};
use std::collections::BTreeSet;

/// Pods that one run of a Workflow has at a time, its exit handler among them.
const PODS_OF_WORKFLOW: u32 = 4;
/// Pods that one PipelineRun has at a time: a build for each platform, or what follows them.
const PODS_OF_PIPELINE_RUN: u32 = 4;
/// Runs beyond those that are kept or running: those that wait in a queue or have just finished. The quota is there to keep
/// etcd small if clean-up stops, not to queue: a run that it refuses is an event that could not be delivered.
const RUNS_BEYOND: u32 = 1000;
/// CPU and memory of a project's runs that build nothing: promotions and reports.
const WITHOUT_BUILDS: (&str, &str) = ("2", "4Gi");
/// How often over an application fits into its namespace: once more while a new version replaces the old.
const DURING_UPDATE: u32 = 2;
/// Pods of jobs that a team starts beside its applications.
const PODS_BESIDE: u32 = 10;

/// The folders of a project's namespaces; each is applied to one cluster.
pub(crate) fn project_folders(
    context: &Context<'_>,
    project: &Project,
) -> Result<Vec<Folder>, CompileError> {
    let needs = secrets::of_project(context, project);
    let mut folders = vec![ci(context, project, &needs)?];
    if derived::has_build_namespace(project) {
        folders.push(build(context, project, &needs)?);
    }
    for environment in &context.platform.environments {
        folders.push(runtime(context, project, environment, &needs)?);
    }
    Ok(folders)
}

/// Path of one of the folders.
fn path(project: &Project, name: &str) -> String {
    format!("{}/{}/{name}", folder::PROJECTS, project.name)
}

fn ci(
    context: &Context<'_>,
    project: &Project,
    needs: &[SecretNeed],
) -> Result<Folder, CompileError> {
    let platform = context.platform;
    let name = derived::ci_namespace(project);
    let jobs = Jobs::of(project);
    let mut folder = context.folder(path(project, "ci"));
    folder.label(labels::PROJECT, project.name.as_str());
    let purpose = (policies::PURPOSE_LABEL, policies::CI);
    // Pods of Workflows keep to `restricted`; those of kpack cannot.
    let level = if jobs.kpack > 0 {
        Level::CI
    } else {
        Level::RESTRICTED
    };
    namespace::add(&mut folder, platform, &name, level, &[purpose])?;

    let credentials = Credentials {
        pull: context.pull_of_tools.clone(),
        kpack: secrets::of_kpack(platform, project),
    };
    // What promotions read of Argo CD is granted where its objects are.
    for account in accounts::ci(project, &name, &credentials) {
        account.add(&mut folder)?;
    }
    for visitor in accounts::visitors_of_ci(platform, project) {
        visitor.grant_in(&mut folder, Grant::CiNamespaces, &name)?;
    }
    let promote = promotion::template(context, project)?;
    let promotes = promote.is_some() && policies::people_promote(platform);
    groups::ci(&mut folder, project, &name, promotes)?;
    if let Some(promote) = promote {
        folder.add(promote)?;
    }

    if jobs.kpack > 0 {
        folder.add(ConfigMap {
            metadata: ObjectMeta {
                annotations: Some(labels::map([(
                    labels::REASON,
                    "builds at a time: `quota.builds` of the project",
                )])),
                ..named_in(&name, limits::CONFIG_MAP)
            },
            data: Some(labels::map([(limits::KPACK, &project.builds.to_string())])),
            ..ConfigMap::default()
        })?;
    }
    let ((cpu, memory), compute) = if jobs.kpack > 0 {
        let share = share(project, jobs.kpack, jobs);
        (share, why_share(jobs.kpack, jobs))
    } else {
        let (cpu, memory) = WITHOUT_BUILDS;
        let why = "CPU and memory: promotions and reports, nothing is built here".to_owned();
        ((cpu.to_owned(), memory.to_owned()), why)
    };
    namespace::quota(
        &mut folder,
        &name,
        &[
            ("requests.cpu", cpu),
            ("requests.memory", memory),
            // A kpack build is one pod more than its run.
            ("pods", pods(project, PODS_OF_WORKFLOW + 1)),
            // Caches are in registries; no run has a claim.
            ("persistentvolumeclaims", "0".to_owned()),
            (
                "count/workflows.argoproj.io",
                runs(context, project, project.applications.len()),
            ),
        ],
        &format!(
            "{compute}; pods: {}; count/workflows.argoproj.io: {}",
            why_pods(project, PODS_OF_WORKFLOW + 1),
            why_runs(context, project, project.applications.len())
        ),
    )?;
    namespace::limits(&mut folder, &name)?;

    let network = Network {
        platform,
        namespace: &name,
    };
    network.deny(&mut folder)?;
    dns_and_outside(&network, &mut folder)?;
    network.api(&mut folder, "egress-kubernetes-api", Pods::of_workflows())?;
    secrets::add(&mut folder, platform, needs, &name)?;
    Ok(folder)
}

fn build(
    context: &Context<'_>,
    project: &Project,
    needs: &[SecretNeed],
) -> Result<Folder, CompileError> {
    let platform = context.platform;
    let name = derived::build_namespace(project);
    let jobs = Jobs::of(project);
    let mut folder = context.folder(path(project, "build"));
    folder.label(labels::PROJECT, project.name.as_str());
    let purpose = (policies::PURPOSE_LABEL, policies::BUILDKIT);
    namespace::add(&mut folder, platform, &name, Level::BUILD, &[purpose])?;

    let credentials = Credentials {
        pull: context.pull_of_tools.clone(),
        ..Credentials::default()
    };
    for account in accounts::build(&name, &credentials) {
        account.add(&mut folder)?;
    }
    for visitor in accounts::visitors_of_build() {
        visitor.grant_in(&mut folder, Grant::BuildNamespaces, &name)?;
    }
    groups::build(&mut folder, project, &name)?;

    let (cpu, memory) = build_share(project);
    let is_split = platform
        .railpack
        .as_ref()
        .is_some_and(|railpack| railpack.layout == Layout::Split);
    namespace::quota(
        &mut folder,
        &name,
        &[
            ("requests.cpu", cpu),
            ("requests.memory", memory),
            ("pods", pods(project, PODS_OF_PIPELINE_RUN)),
            // The claim of a build that is split over pods goes with its run; the combined one has an emptyDir.
            (
                "persistentvolumeclaims",
                if is_split {
                    runs(context, project, jobs.railpack)
                } else {
                    "0".to_owned()
                },
            ),
            (
                "count/pipelineruns.tekton.dev",
                runs(context, project, jobs.railpack),
            ),
        ],
        &format!(
            "{}; pods: {}; count/pipelineruns.tekton.dev{}: {}",
            why_share(jobs.railpack, jobs),
            why_pods(project, PODS_OF_PIPELINE_RUN),
            if is_split {
                " and claims, one for each run"
            } else {
                ""
            },
            why_runs(context, project, jobs.railpack)
        ),
    )?;
    namespace::limits(&mut folder, &name)?;

    let network = Network {
        platform,
        namespace: &name,
    };
    network.deny(&mut folder)?;
    dns_and_outside(&network, &mut folder)?;
    queue::add_local_queue(&mut folder, context, project)?;
    railpack::add_pruner(&mut folder, context, project)?;
    secrets::add(&mut folder, platform, needs, &name)?;
    Ok(folder)
}

fn runtime(
    context: &Context<'_>,
    project: &Project,
    environment: &Environment,
    needs: &[SecretNeed],
) -> Result<Folder, CompileError> {
    let platform = context.platform;
    let name = derived::runtime_namespace(project, environment);
    let mut folder = context.folder(path(project, environment.name.as_str()));
    folder.label(labels::PROJECT, project.name.as_str());
    folder.label(labels::ENVIRONMENT, environment.name.as_str());
    let mut own = Vec::new();
    if policies::wants_signatures(project, environment) {
        own.push((policies::INCLUDE_LABEL, "true"));
    }
    namespace::add(&mut folder, platform, &name, Level::RESTRICTED, &own)?;

    let is_automatic = environment.sync == Sync::Automatic;
    groups::runtime(&mut folder, project, &name, is_automatic)?;

    let (mut cpu, mut memory, mut replicas) = (Amount::default(), Amount::default(), 0u32);
    let mut ports = BTreeSet::new();
    for (deploy, here) in deployments(project, environment) {
        let per_replica = |own: &Option<_>, default| Amount::of(own.as_ref().unwrap_or(default));
        cpu = cpu.plus(per_replica(&here.cpu, &deploy.cpu).times(here.replicas));
        memory = memory.plus(per_replica(&here.memory, &deploy.memory).times(here.replicas));
        replicas = replicas.saturating_add(here.replicas);
        if here.route.is_some() {
            ports.extend(deploy.port);
        }
    }
    // Room for jobs too: what LimitRange gives to a container, for each pod beside.
    let beside = |text: &str| {
        luban_platform::names::Quantity::new(text).map(|one| Amount::of(&one).times(PODS_BESIDE))
    };
    let cpu = cpu
        .times(DURING_UPDATE)
        .plus(beside(namespace::DEFAULT_CPU)?);
    let memory = memory
        .times(DURING_UPDATE)
        .plus(beside(namespace::DEFAULT_MEMORY)?);
    let pods = replicas
        .saturating_mul(DURING_UPDATE)
        .saturating_add(PODS_BESIDE);
    namespace::quota(
        &mut folder,
        &name,
        &[
            ("requests.cpu", cpu.cpu()),
            ("requests.memory", memory.memory()),
            ("pods", pods.to_string()),
        ],
        &format!(
            "{DURING_UPDATE} times what the {replicas} replicas of platform.yaml request, for updates, and {PODS_BESIDE} pods of the LimitRange's defaults for jobs"
        ),
    )?;
    namespace::limits(&mut folder, &name)?;

    let network = Network {
        platform,
        namespace: &name,
    };
    network.deny(&mut folder)?;
    network.dns(&mut folder)?;
    let here = || vec![Pods::all().here()];
    network.receive(
        &mut folder,
        "ingress-namespace",
        Pods::all(),
        here(),
        Vec::new(),
    )?;
    network.send(
        &mut folder,
        "egress-namespace",
        Pods::all(),
        here(),
        Vec::new(),
    )?;
    if let Some(gateway) = &platform.application_gateway
        && !ports.is_empty()
    {
        let from = vec![all_of(gateway.namespace.as_str())];
        network.receive(
            &mut folder,
            "ingress-gateway",
            Pods::all(),
            from,
            tcp(ports),
        )?;
    }
    secrets::add(&mut folder, platform, needs, &name)?;
    Ok(folder)
}

/// Applications that run in an environment, and how.
fn deployments<'a>(
    project: &'a Project,
    environment: &'a Environment,
) -> impl Iterator<Item = (&'a Deploy, &'a DeployEnvironment)> {
    let deploys = project
        .applications
        .iter()
        .filter_map(|application| application.deploy.as_ref());
    deploys.flat_map(move |deploy| {
        let here = deploy
            .environments
            .iter()
            .filter(move |here| here.environment.name == environment.name);
        here.map(move |here| (deploy, here))
    })
}

/// CPU and memory of a project's `-build` namespace.
pub(crate) fn build_share(project: &Project) -> (String, String) {
    let jobs = Jobs::of(project);
    share(project, jobs.railpack, jobs)
}

/// CPU and memory of a namespace that builds `part` of a project's applications: `quota` is of all builds together.
fn share(project: &Project, part: usize, jobs: Jobs) -> (String, String) {
    let whole = jobs.kpack + jobs.railpack;
    (
        Amount::of(&project.cpu).share(part, whole).cpu(),
        Amount::of(&project.memory).share(part, whole).memory(),
    )
}

fn why_share(part: usize, jobs: Jobs) -> String {
    let whole = jobs.kpack + jobs.railpack;
    format!(
        "CPU and memory: the project's `quota`, shared by applications: {part} of {whole} build here"
    )
}

fn why_pods(project: &Project, each: u32) -> String {
    let builds = project.builds;
    format!("{each} for each of {builds} builds at a time (`quota.builds`) and of one run more")
}

fn why_runs(context: &Context<'_>, project: &Project, applications: usize) -> String {
    let keep = &context.platform.keep;
    let builds = project.builds;
    format!(
        "{} that succeeded and {} that failed (`runs.keep`) for each of {applications} applications, {builds} builds at a time, and {RUNS_BEYOND} that wait or have just finished, so that no event is lost to the quota",
        keep.succeeded, keep.failed
    )
}

/// Pods of as many runs as may build at the same time, and of one more that builds nothing.
fn pods(project: &Project, each: u32) -> String {
    project
        .builds
        .saturating_add(1)
        .saturating_mul(each)
        .to_string()
}

/// Runs that there may be, finished ones that are kept among them.
fn runs(context: &Context<'_>, project: &Project, applications: usize) -> String {
    let keep = &context.platform.keep;
    let applications = u32::try_from(applications).unwrap_or(u32::MAX);
    keep.succeeded
        .saturating_add(keep.failed)
        .saturating_mul(applications)
        .saturating_add(project.builds)
        .saturating_add(RUNS_BEYOND)
        .to_string()
}
