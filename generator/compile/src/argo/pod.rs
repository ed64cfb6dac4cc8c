//! The pod of a step: one verb of `luban step`, with what it reads and writes.

use super::mount::Mount;
use super::time::{STEP_SECONDS, retry};
use crate::CompileError;
use crate::container::{self, Size};
use crate::context::Context;
use crate::images::Tool;
use k8s_openapi::api::core::v1::{Container, EmptyDirVolumeSource, EnvVar, Volume, VolumeMount};
use luban_api_argo_workflows::{
    Artifact, Inputs, Metadata, Outputs, Parameter, Template, UserContainer, ValueFrom,
};
use luban_api_core::IntOrString;
use luban_command::{Call, RESULT, install};
use luban_platform::model::Egress;

/// Where things are in the pods.
pub(crate) mod path {
    /// Results.
    pub(crate) const OUT: &str = "/luban/out";
    /// Scratch space, and the home directory.
    pub(crate) const WORK: &str = "/luban/work";
    /// The program, in pods of other images.
    pub(crate) const BIN: &str = "/luban/bin";
    /// Certificates that are trusted beside the system's, a file for each authority.
    pub(crate) const CERTIFICATES: &str = "/luban/certificates";
    /// For `SSL_CERT_DIR`: some programs read nothing else once it is set, so the image's own directory is in it.
    pub(crate) const CERTIFICATE_DIRECTORIES: &str = "/etc/ssl/certs:/luban/certificates";
    /// Credentials of registries, as Docker's `config.json`.
    pub(crate) const REGISTRY: &str = "/luban/registry";
    /// Credentials of the GitOps repository.
    pub(crate) const GITOPS: &str = "/luban/gitops";
    /// Credentials of the source.
    pub(crate) const SOURCE: &str = "/luban/source";
    /// The key pair that signs.
    pub(crate) const SIGNING: &str = "/luban/signing";
    /// The key of the report's webhook.
    pub(crate) const WEBHOOK: &str = "/luban/webhook";
    /// A directory for each provider that dispatch asks which files changed.
    pub(crate) const PROVIDERS: &str = "/luban/providers";
}

/// A template of one pod that runs one verb.
pub(crate) struct Pod<'c, 'p> {
    context: &'c Context<'p>,
    name: String,
    account: &'static str,
    tool: Tool,
    size: Size,
    call: Call,
    deadline_seconds: i64,
    retry_within_seconds: Option<i64>,
    inputs: Inputs,
    outputs: Outputs,
    volumes: Vec<Volume>,
    mounts: Vec<VolumeMount>,
    env: Vec<EnvVar>,
    beside: Vec<UserContainer>,
    metadata: Option<Metadata>,
}

impl<'c, 'p> Pod<'c, 'p> {
    /// A pod of Luban's own image that runs `call` as `account`.
    pub(crate) fn new(
        context: &'c Context<'p>,
        name: impl Into<String>,
        account: &'static str,
        call: Call,
    ) -> Self {
        let pod = Self {
            context,
            name: name.into(),
            account,
            tool: Tool::Luban,
            size: Size::SMALL,
            call,
            deadline_seconds: STEP_SECONDS,
            retry_within_seconds: None,
            inputs: Inputs::default(),
            outputs: Outputs::default(),
            volumes: Vec::new(),
            mounts: Vec::new(),
            env: Vec::new(),
            beside: Vec::new(),
            metadata: None,
        };
        let pod = pod
            .scratch("work", path::WORK)
            .env("HOME", path::WORK)
            .env("TMPDIR", path::WORK);
        proxy_env(&context.platform.egress)
            .into_iter()
            .fold(pod, |pod, (name, value)| pod.env(name, &value))
    }

    /// Runs in the image of `tool`: `luban` is copied into it first.
    pub(crate) fn tool(mut self, tool: Tool) -> Self {
        self.tool = tool;
        self.scratch("bin", path::BIN)
    }

    /// What the container may use.
    pub(crate) fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }

    /// How long one attempt may take.
    pub(crate) fn deadline(mut self, seconds: i64) -> Self {
        self.deadline_seconds = seconds;
        self
    }

    /// How long after the first attempt another may start.
    pub(crate) fn retry_within(mut self, seconds: i64) -> Self {
        self.retry_within_seconds = Some(seconds);
        self
    }

    /// Declares inputs.
    pub(crate) fn inputs(mut self, names: &[&str]) -> Self {
        let declared = names.iter().map(|name| super::declared(name));
        self.inputs.parameters.extend(declared);
        self
    }

    /// Declares an input that is a file at `path`.
    pub(crate) fn file(mut self, name: &str, path: &str) -> Self {
        self.inputs.artifacts.push(Artifact {
            name: name.to_owned(),
            path: Some(path.to_owned()),
            ..Artifact::default()
        });
        self
    }

    /// Declares a result of the verb as an output, seen by the whole workflow as `global` if there is one.
    pub(crate) fn output(mut self, name: &str, global: Option<&str>) -> Self {
        let path = format!("{}/{name}", path::OUT);
        if self.outputs.parameters.is_empty() {
            self = self.scratch("out", path::OUT);
        }
        self.call = self.call.flag(&RESULT, format!("{name}={path}"));
        self.outputs.parameters.push(Parameter {
            value_from: Some(ValueFrom {
                path: Some(path),
                ..ValueFrom::default()
            }),
            global_name: global.map(str::to_owned),
            ..super::declared(name)
        });
        self
    }

    /// A directory of its own that the container may write to.
    pub(crate) fn scratch(mut self, volume: &str, path: &str) -> Self {
        self.volumes.push(empty_dir(volume));
        self.mount(volume, path, false)
    }

    /// Secrets as files below `path`.
    pub(crate) fn secrets(mut self, volume: &str, path: &str, secrets: Vec<Mount>) -> Self {
        if secrets.is_empty() {
            return self;
        }
        self.volumes.push(Mount::volume(volume, secrets));
        self.mount(volume, path, true)
    }

    /// A volume that is given.
    pub(crate) fn volume(mut self, volume: Volume, path: &str) -> Self {
        let name = volume.name.clone();
        self.volumes.push(volume);
        self.mount(&name, path, true)
    }

    fn mount(mut self, volume: &str, path: &str, is_read_only: bool) -> Self {
        self.mounts.push(VolumeMount {
            name: volume.to_owned(),
            mount_path: path.to_owned(),
            read_only: is_read_only.then_some(true),
            ..VolumeMount::default()
        });
        self
    }

    /// Credentials of a registry, where every client looks for them.
    pub(crate) fn registry(self, secret: impl Into<String>) -> Self {
        self.secrets("registry", path::REGISTRY, vec![Mount::registry(secret)])
            .env("DOCKER_CONFIG", path::REGISTRY)
    }

    /// Certificates that are trusted: the platform's, the GitOps provider's with `has_gitops`, and those of the Secret
    /// `source`. Tools find them by `SSL_CERT_DIR`.
    pub(crate) fn certificates(self, has_gitops: bool, source: Option<String>) -> Self {
        let platform = self.context.platform;
        let key = crate::names::CA_CERTIFICATE;
        let trusted = platform.trust.certificate_authority.as_ref();
        let gitops = platform.gitops.provider.certificate_authority.as_ref();
        let mut secrets = Vec::new();
        if let Some(secret) = trusted {
            secrets.push(Mount::new(secret.to_string(), &[(key, "trusted.crt")]));
        }
        if let Some(secret) = gitops.filter(|_| has_gitops) {
            secrets.push(Mount::new(secret.to_string(), &[(key, "gitops.crt")]));
        }
        if let Some(secret) = source {
            secrets.push(Mount::new(secret, &[(key, "source.crt")]).optional());
        }
        if secrets.is_empty() {
            return self;
        }
        self.secrets("certificates", path::CERTIFICATES, secrets)
            .env("SSL_CERT_DIR", path::CERTIFICATE_DIRECTORIES)
    }

    /// An environment variable.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push(env(name, value));
        self
    }

    /// A container that starts before and runs beside.
    pub(crate) fn beside(mut self, container: UserContainer) -> Self {
        self.beside.push(container);
        self
    }

    /// Annotations of the pod.
    pub(crate) fn annotations<const N: usize>(mut self, annotations: [(&str, &str); N]) -> Self {
        self.metadata = Some(Metadata {
            annotations: crate::labels::map(annotations),
            ..Metadata::default()
        });
        self
    }

    /// The template.
    pub(crate) fn build(self) -> Result<Template, CompileError> {
        let mut init_containers = Vec::new();
        let step = container::step(self.context, &self.call, self.size)?;
        let container = Container {
            env: Some(self.env),
            volume_mounts: Some(self.mounts),
            ..step
        };
        let container = if self.tool == Tool::Luban {
            container
        } else {
            init_containers.push(install_container(self.context)?);
            Container {
                image: Some(self.context.images.get(self.tool).to_owned()),
                command: Some(vec![format!("{}/luban", path::BIN)]),
                ..container
            }
        };
        init_containers.extend(self.beside);
        Ok(Template {
            name: Some(self.name),
            inputs: Some(self.inputs).filter(|inputs| *inputs != Inputs::default()),
            outputs: Some(self.outputs).filter(|outputs| *outputs != Outputs::default()),
            metadata: self.metadata,
            container: Some(container),
            init_containers,
            volumes: self.volumes,
            service_account_name: Some(self.account.to_owned()),
            active_deadline_seconds: i32::try_from(self.deadline_seconds)
                .ok()
                .map(IntOrString::Int),
            retry_strategy: Some(retry(self.retry_within_seconds)),
            ..Template::default()
        })
    }
}

/// Copies `luban` to where a container of another image finds it.
fn install_container(context: &Context<'_>) -> Result<UserContainer, CompileError> {
    let call = Call::new(&luban_command::INSTALL).flag(&install::INTO, path::BIN);
    let step = container::step(context, &call, Size::SMALL)?;
    Ok(UserContainer {
        name: "install".to_owned(),
        image: step.image,
        command: step.command.unwrap_or_default(),
        args: step.args.unwrap_or_default(),
        resources: step.resources,
        volume_mounts: vec![VolumeMount {
            name: "bin".to_owned(),
            mount_path: path::BIN.to_owned(),
            ..VolumeMount::default()
        }],
        security_context: step.security_context,
        ..UserContainer::default()
    })
}

/// A volume that is the pod's own.
pub(crate) fn empty_dir(name: &str) -> Volume {
    Volume {
        name: name.to_owned(),
        empty_dir: Some(EmptyDirVolumeSource::default()),
        ..Volume::default()
    }
}

/// An environment variable.
pub(crate) fn env(name: &str, value: &str) -> EnvVar {
    EnvVar {
        name: name.to_owned(),
        value: Some(value.to_owned()),
        ..EnvVar::default()
    }
}

/// What tells programs of the forward proxy; in both spellings, as each program knows one of them only.
pub(crate) fn proxy_env(egress: &Egress) -> Vec<(&'static str, String)> {
    let Egress::Proxy { url, no_proxy, .. } = egress else {
        return Vec::new();
    };
    let direct = no_proxy.join(",");
    vec![
        ("HTTP_PROXY", url.to_string()),
        ("HTTPS_PROXY", url.to_string()),
        ("NO_PROXY", direct.clone()),
        ("http_proxy", url.to_string()),
        ("https_proxy", url.to_string()),
        ("no_proxy", direct),
    ]
}
