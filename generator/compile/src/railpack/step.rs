//! Tasks and their steps, as all of this module's are: restricted, on a read-only root, with isolated workspaces.

use super::interface::{Output, Param, Workspace, workspace};
use crate::CompileError;
use crate::container::{Size, restricted};
use crate::context::Context;
use crate::images::Tool;
use crate::names;
use k8s_openapi::api::core::v1::{EmptyDirVolumeSource, EnvVar, Volume, VolumeMount};
use luban_api_core::{Quantity, named_in};
use luban_api_tekton::{ParamSpec, Sidecar, Step, StepTemplate, Task, TaskSpec, WorkspaceUsage};
use luban_command::{Call, INSTALL, install};
use luban_platform::Platform;
use luban_platform::model::Egress;

/// Where the first step puts Luban's binary for steps in other tools' images.
const BIN_DIRECTORY: &str = "/luban/bin";
/// The volume that holds it.
const BIN_VOLUME: &str = "luban-bin";
/// The binary is static and has about 30 MiB.
const BIN_SIZE: &str = "128Mi";
/// The volume of every step's scratch directory, with a directory for each step: none reads what another left.
const TMP_VOLUME: &str = "tmp";
/// The step that puts Luban's binary in place.
const INSTALL_STEP: &str = "install";

/// A step: a verb in the image of a tool.
pub(super) struct Run<'a> {
    /// Its name.
    pub(super) name: &'static str,
    /// Whose image it runs in.
    pub(super) tool: Tool,
    /// What it may use.
    pub(super) size: Size,
    /// What it runs.
    pub(super) call: Call,
    /// The workspaces that it sees, beside certificates.
    pub(super) workspaces: &'a [Workspace],
}

impl Run<'_> {
    /// The step.
    pub(super) fn step(self, context: &Context<'_>) -> Result<Step, CompileError> {
        let mut mounts = vec![VolumeMount {
            name: TMP_VOLUME.to_owned(),
            mount_path: "/tmp".to_owned(),
            sub_path: Some(self.name.to_owned()),
            ..VolumeMount::default()
        }];
        let program = if self.tool == Tool::Luban {
            "luban".to_owned()
        } else {
            mounts.push(VolumeMount {
                name: BIN_VOLUME.to_owned(),
                mount_path: BIN_DIRECTORY.to_owned(),
                read_only: Some(true),
                ..VolumeMount::default()
            });
            format!("{BIN_DIRECTORY}/luban")
        };
        let mut env = Vec::new();
        if self
            .workspaces
            .iter()
            .any(|used| used.name == workspace::REGISTRY_CREDENTIALS.name)
        {
            env.push(variable(
                "DOCKER_CONFIG",
                &workspace::REGISTRY_CREDENTIALS.path(),
            ));
        }
        let certificates = [workspace::CERTIFICATE_AUTHORITY];
        Ok(Step {
            name: Some(self.name.to_owned()),
            image: Some(context.images.get(self.tool).to_owned()),
            command: vec![program],
            args: self.call.args()?,
            env,
            compute_resources: Some(self.size.requirements()),
            volume_mounts: mounts,
            workspaces: usages(self.workspaces.iter().chain(&certificates)),
            security_context: Some(restricted()),
            ..Step::default()
        })
    }
}

/// The first step of a Task whose other steps run in tools' images.
fn install_step(context: &Context<'_>) -> Result<Step, CompileError> {
    Ok(Step {
        name: Some(INSTALL_STEP.to_owned()),
        image: Some(context.images.get(Tool::Luban).to_owned()),
        command: vec!["luban".to_owned()],
        args: Call::new(&INSTALL)
            .flag(&install::INTO, BIN_DIRECTORY)
            .args()?,
        compute_resources: Some(Size::SMALL.requirements()),
        volume_mounts: vec![VolumeMount {
            name: BIN_VOLUME.to_owned(),
            mount_path: BIN_DIRECTORY.to_owned(),
            ..VolumeMount::default()
        }],
        security_context: Some(restricted()),
        ..Step::default()
    })
}

/// Workspaces that a container sees.
pub(super) fn usages<'a>(
    workspaces: impl IntoIterator<Item = &'a Workspace>,
) -> Vec<WorkspaceUsage> {
    workspaces
        .into_iter()
        .map(|workspace| WorkspaceUsage {
            name: workspace.name.to_owned(),
            mount_path: None,
        })
        .collect()
}

/// A Task of the platform; what its steps see is declared, and volumes follow from what they mount.
pub(super) struct Definition<'a> {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) params: &'a [Param],
    pub(super) workspaces: &'a [Workspace],
    pub(super) results: &'a [Output],
}

impl Definition<'_> {
    /// The Task with `steps`, beside `sidecars` that use `volumes`.
    pub(super) fn task(
        self,
        context: &Context<'_>,
        mut steps: Vec<Step>,
        sidecars: Vec<Sidecar>,
        mut volumes: Vec<Volume>,
    ) -> Result<Task, CompileError> {
        let mounts_binary = |step: &Step| {
            step.volume_mounts
                .iter()
                .any(|mount| mount.name == BIN_VOLUME)
        };
        volumes.push(scratch(TMP_VOLUME, None));
        if steps.iter().any(mounts_binary) {
            steps.insert(0, install_step(context)?);
            volumes.push(scratch(BIN_VOLUME, Some(BIN_SIZE)));
        }
        let mut env = vec![variable("HOME", "/tmp"), variable("TMPDIR", "/tmp")];
        env.extend(proxy_variables(context.platform));
        Ok(Task {
            metadata: named_in(names::SYSTEM, self.name),
            spec: TaskSpec {
                description: Some(self.description.to_owned()),
                params: declarations(context.platform, self.params),
                results: self.results.iter().map(|result| result.declare()).collect(),
                workspaces: self
                    .workspaces
                    .iter()
                    .chain(&[workspace::CERTIFICATE_AUTHORITY])
                    .map(|workspace| workspace.declare())
                    .collect(),
                volumes,
                step_template: Some(StepTemplate {
                    env,
                    ..StepTemplate::default()
                }),
                steps,
                sidecars,
                ..TaskSpec::default()
            },
            ..Task::default()
        })
    }
}

/// Declarations of `params`; what the platform decides is their default.
fn declarations(platform: &Platform, params: &[Param]) -> Vec<ParamSpec> {
    let version = platform
        .railpack
        .as_ref()
        .map_or("", |railpack| railpack.version.as_str());
    params
        .iter()
        .map(|param| {
            if param.name == super::interface::param::RAILPACK_VERSION.name {
                param.declare_with(version)
            } else {
                param.declare()
            }
        })
        .collect()
}

/// A directory that goes with the pod. Without a limit of its own, the limits of the containers that write to it count.
pub(super) fn scratch(name: &str, limit: Option<&str>) -> Volume {
    Volume {
        name: name.to_owned(),
        empty_dir: Some(EmptyDirVolumeSource {
            size_limit: limit.map(|limit| Quantity(limit.to_owned())),
            ..EmptyDirVolumeSource::default()
        }),
        ..Volume::default()
    }
}

/// An environment variable.
pub(super) fn variable(name: &str, value: &str) -> EnvVar {
    EnvVar {
        name: name.to_owned(),
        value: Some(value.to_owned()),
        ..EnvVar::default()
    }
}

/// The proxy of the platform, by the names that tools look for: most know the upper case ones, curl `http_proxy` only.
pub(super) fn proxy(platform: &Platform) -> Vec<(&'static str, String)> {
    let Egress::Proxy { url, no_proxy, .. } = &platform.egress else {
        return Vec::new();
    };
    let hosts = no_proxy.join(",");
    vec![
        ("HTTP_PROXY", url.to_string()),
        ("HTTPS_PROXY", url.to_string()),
        ("NO_PROXY", hosts.clone()),
        ("http_proxy", url.to_string()),
        ("https_proxy", url.to_string()),
        ("no_proxy", hosts),
    ]
}

/// The proxy as environment variables of a container.
pub(super) fn proxy_variables(platform: &Platform) -> Vec<EnvVar> {
    proxy(platform)
        .iter()
        .map(|(name, value)| variable(name, value))
        .collect()
}
