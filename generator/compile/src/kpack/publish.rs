//! The run that builds and publishes the stack's images, every day and by hand.

use super::stack;
use crate::CompileError;
use crate::argo::time::with_retries;
use crate::argo::{Pod, empty_dir, env, path, proxy_env, workflow};
use crate::container::{self, Size};
use crate::context::Context;
use crate::images::Tool;
use crate::labels::{self, REASON};
use crate::names::{KPACK, STACK, account, template};
use crate::rbac::Account;
use crate::tree::{Folder, HEADER};
use k8s_openapi::api::core::v1::{
    AppArmorProfile, ConfigMap, ConfigMapVolumeSource, ExecAction, Probe, SeccompProfile,
    SecurityContext, Volume, VolumeMount,
};
use luban_api_argo_workflows::{
    CronWorkflow, CronWorkflowSpec, UserContainer, WorkflowSpec, WorkflowTemplate,
    WorkflowTemplateRef,
};
use luban_api_core::{ObjectMeta, named_in};
use luban_command::{self as command, Call, Verb, publish_stack};
use luban_platform::model::KpackBuilder;

/// The ConfigMap with the stack's sources.
const SOURCES: &str = "stack";
/// Where they are in the pod.
const SOURCES_PATH: &str = "/luban/stack";

/// When the stack is checked: daily, before the working day, and not on the hour, when everybody's jobs start.
const SCHEDULE: &str = "17 3 * * *";
/// How late a missed check is made up for: an hour, so that a restart of the controller skips none.
const STARTING_DEADLINE_SECONDS: i64 = 3600;

/// One attempt: three images, of which the build image installs a compiler.
const PUBLISH_SECONDS: i64 = 3600;

/// Directory of buildkitd's socket, which both containers see.
const SOCKET_DIRECTORY: &str = "/luban/buildkit";
/// Address of buildkitd.
const ADDRESS: &str = "unix:///luban/buildkit/buildkitd.sock";

/// What buildkitd may use: it unpacks and installs packages, and holds the layers of three images.
const BUILDKIT_CPU: &str = "1";
const BUILDKIT_MEMORY: &str = "2Gi";
const BUILDKIT_STORAGE: &str = "10Gi";

/// Seconds between two looks whether buildkitd answers, and how many there are: it is up within two minutes or not at all.
const PROBE_SECONDS: i32 = 2;
const PROBES: i32 = 60;

/// Why the pod is not at a stricter Pod Security level.
const WHY_UNCONFINED: &str = "rootless BuildKit makes user namespaces and mounts, which the default seccomp and AppArmor \
    profiles forbid; it runs Luban's own Dockerfiles only, in a namespace with nothing else";

static VERBS: [&Verb; 1] = [&command::PUBLISH_STACK];

/// Adds the stack's sources and the objects of its run.
pub(super) fn add(
    context: &Context<'_>,
    kpack: &KpackBuilder,
    folder: &mut Folder,
) -> Result<(), CompileError> {
    let sources = stack::sources(context, kpack);
    for (name, source) in &sources {
        folder.add_file(&format!("{SOURCES}/{name}"), format!("{HEADER}\n{source}"));
    }
    let data = sources
        .into_iter()
        .map(|(name, source)| (name.to_owned(), source));
    folder.add(ConfigMap {
        metadata: named_in(STACK, SOURCES),
        data: Some(data.collect()),
        ..ConfigMap::default()
    })?;
    let account = Account {
        verbs: &VERBS,
        runs_workflows: true,
        ..Account::new(STACK, account::STACK)
    };
    account.add(folder)?;
    account.grant_cluster(folder, &[KPACK])?;
    folder.add(WorkflowTemplate {
        metadata: ObjectMeta {
            annotations: Some(labels::map([(REASON, WHY_UNCONFINED)])),
            ..named_in(STACK, template::PUBLISH_STACK)
        },
        spec: publish(context, kpack)?,
        ..WorkflowTemplate::default()
    })?;
    let limit = |count: u32| Some(i32::try_from(count).unwrap_or(i32::MAX));
    folder.add(CronWorkflow {
        metadata: named_in(STACK, template::PUBLISH_STACK),
        spec: CronWorkflowSpec {
            schedules: vec![SCHEDULE.to_owned()],
            timezone: Some("Etc/UTC".to_owned()),
            concurrency_policy: Some("Forbid".to_owned()),
            starting_deadline_seconds: Some(STARTING_DEADLINE_SECONDS),
            successful_jobs_history_limit: limit(context.platform.keep.succeeded),
            failed_jobs_history_limit: limit(context.platform.keep.failed),
            workflow_spec: WorkflowSpec {
                workflow_template_ref: Some(WorkflowTemplateRef {
                    name: Some(template::PUBLISH_STACK.to_owned()),
                    cluster_scope: None,
                }),
                ..WorkflowSpec::default()
            },
            ..CronWorkflowSpec::default()
        },
        ..CronWorkflow::default()
    })
}

fn publish(context: &Context<'_>, kpack: &KpackBuilder) -> Result<WorkflowSpec, CompileError> {
    let call = Call::new(&command::PUBLISH_STACK)
        .flag(&publish_stack::SOURCE, SOURCES_PATH)
        .flag(
            &publish_stack::REPOSITORY,
            kpack.registry.platform_image("stack"),
        )
        .flag(&publish_stack::STACK, KPACK)
        .flag(&publish_stack::ADDRESS, ADDRESS);
    let sources = Volume {
        name: "sources".to_owned(),
        config_map: Some(ConfigMapVolumeSource {
            name: SOURCES.to_owned(),
            ..ConfigMapVolumeSource::default()
        }),
        ..Volume::default()
    };
    let mut template = Pod::new(context, "main", account::STACK, call)
        .tool(Tool::Buildkit)
        .size(Size::MEDIUM)
        .deadline(PUBLISH_SECONDS)
        .volume(sources, SOURCES_PATH)
        .scratch("buildkit", SOCKET_DIRECTORY)
        .registry(kpack.registry.push.to_string())
        .certificates(false, None)
        .beside(buildkitd(context))
        .annotations([(REASON, WHY_UNCONFINED)])
        .build()?;
    template
        .volumes
        .extend(BUILDKIT_DIRECTORIES.map(|(volume, _)| empty_dir(volume)));
    let keep = context.platform.keep;
    Ok(WorkflowSpec {
        on_exit: None,
        service_account_name: Some(account::STACK.to_owned()),
        ..workflow(
            keep,
            with_retries(PUBLISH_SECONDS),
            Vec::new(),
            vec![template],
        )
    })
}

/// Where runc, below buildkitd, keeps the state of containers.
const BUILDKIT_RUNTIME: &str = "/run/user/1000";
/// Where rootlesskit makes its state.
const BUILDKIT_TMP: &str = "/tmp";

/// What buildkitd writes beside its socket; its root is read-only.
const BUILDKIT_DIRECTORIES: [(&str, &str); 3] = [
    ("buildkit-state", "/home/user/.local/share/buildkit"),
    ("buildkit-runtime", BUILDKIT_RUNTIME),
    ("buildkit-tmp", BUILDKIT_TMP),
];

/// The BuildKit daemon as a sidecar that has to answer before the step starts, and is stopped when it ends.
fn buildkitd(context: &Context<'_>) -> UserContainer {
    let trusts_more = context.platform.trust.certificate_authority.is_some();
    let mount = |name: &str, path: &str| VolumeMount {
        name: name.to_owned(),
        mount_path: path.to_owned(),
        ..VolumeMount::default()
    };
    let mut mounts = vec![mount("buildkit", SOCKET_DIRECTORY)];
    mounts.extend(BUILDKIT_DIRECTORIES.map(|(volume, path)| mount(volume, path)));
    // The image sets TMPDIR to a directory of its root, which is read-only here.
    let mut environment = vec![
        env("TMPDIR", BUILDKIT_TMP),
        env("XDG_RUNTIME_DIR", BUILDKIT_RUNTIME),
    ];
    let proxies = proxy_env(&context.platform.egress);
    environment.extend(proxies.iter().map(|(name, value)| env(name, value)));
    if trusts_more {
        mounts.push(VolumeMount {
            read_only: Some(true),
            ..mount("certificates", path::CERTIFICATES)
        });
        environment.push(env("SSL_CERT_DIR", path::CERTIFICATE_DIRECTORIES));
    }
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    UserContainer {
        name: "buildkitd".to_owned(),
        image: Some(context.images.get(Tool::Buildkit).to_owned()),
        command: words(&["rootlesskit"]),
        args: words(&[
            "buildkitd",
            "--addr",
            ADDRESS,
            "--oci-worker-no-process-sandbox",
        ]),
        env: environment,
        resources: Some(container::requirements(
            BUILDKIT_CPU,
            BUILDKIT_MEMORY,
            Some(BUILDKIT_STORAGE),
        )),
        volume_mounts: mounts,
        security_context: Some(SecurityContext {
            seccomp_profile: Some(SeccompProfile {
                type_: "Unconfined".to_owned(),
                ..SeccompProfile::default()
            }),
            app_armor_profile: Some(AppArmorProfile {
                type_: "Unconfined".to_owned(),
                ..AppArmorProfile::default()
            }),
            // newuidmap and newgidmap, which make the user namespace, are set-user-ID programs.
            allow_privilege_escalation: Some(true),
            capabilities: None,
            ..container::restricted()
        }),
        startup_probe: Some(Probe {
            exec: Some(ExecAction {
                command: Some(words(&["buildctl", "--addr", ADDRESS, "debug", "workers"])),
            }),
            period_seconds: Some(PROBE_SECONDS),
            failure_threshold: Some(PROBES),
            ..Probe::default()
        }),
        restart_policy: Some("Always".to_owned()),
        ..UserContainer::default()
    }
}
