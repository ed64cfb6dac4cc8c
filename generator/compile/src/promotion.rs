//! Promotions by hand: a WorkflowTemplate for each project that proposes what one environment runs to the next.
//!
//! Everything about a promotion is compiled, a template for each environment that gets one; who starts it chooses among
//! them and names an application. What a Git tag promotes is part of the application's run templates.

use crate::CompileError;
use crate::container::{Size, restricted_pod, step};
use crate::context::Context;
use crate::labels;
use crate::names::{CA_CERTIFICATE, account, template as template_name};
use k8s_openapi::api::core::v1::{
    EmptyDirVolumeSource, KeyToPath, SecretVolumeSource, Volume, VolumeMount,
};
use luban_api_argo_workflows::{
    Arguments, Backoff, LabelValueFrom, Metadata, Mutex, ParallelSteps, Parameter, PodGC,
    RetryStrategy, Synchronization, TTLStrategy, Template, WorkflowMetadata, WorkflowSpec,
    WorkflowStep, WorkflowTemplate,
};
use luban_api_core::{IntOrString, Quantity, named_in};
use luban_command::{Call, PROMOTE, promote};
use luban_platform::derived;
use luban_platform::model::{Approval, Environment, Project, PromotionTrigger, Requirement};

/// Seconds that a promotion may take: it clones, checks, pushes and opens a pull request, and waits for nobody.
const DEADLINE_SECONDS: i64 = 600;
/// Further attempts after a pod was lost.
const RETRIES: i32 = 2;
/// Seconds before the first of them; a node that went away is noticed in about that time.
const RETRY_SECONDS: &str = "30s";
/// Seconds in an hour.
const HOUR_SECONDS: u32 = 3600;
/// How long the pod of a finished promotion stays, for its logs.
const POD_STAYS: &str = "1h";

const APPLICATION: &str = "application";
const ENVIRONMENT: &str = "environment";
const DIGEST: &str = "digest";

const WORK: &str = "/tmp";
const CREDENTIALS: &str = "/secrets/gitops";
const PUBLIC_KEY: &str = "/secrets/cosign";
const CERTIFICATES: &str = "/secrets/certificates";

/// Key of the public key in a Secret of cosign's key pair.
const PUBLIC_KEY_FILE: &str = "cosign.pub";

/// Environments that people may promote to, in order of promotion.
fn targets<'a>(context: &Context<'a>) -> Vec<&'a Environment> {
    let environments = context.platform.environments.iter();
    environments
        .map(|environment| &**environment)
        .filter(|environment| {
            environment.after.is_some() && environment.on.contains(&PromotionTrigger::Manual)
        })
        .collect()
}

/// The WorkflowTemplate `promote` of a project; nothing where nobody can promote anything by hand.
///
/// # Errors
/// When the arguments of a step do not fit its verb.
pub(crate) fn template(
    context: &Context<'_>,
    project: &Project,
) -> Result<Option<WorkflowTemplate>, CompileError> {
    let targets = targets(context);
    let applications: Vec<String> = project
        .applications
        .iter()
        .filter(|application| application.deploy.is_some())
        .map(|application| application.name.to_string())
        .collect();
    if targets.is_empty() || applications.is_empty() {
        return Ok(None);
    }
    let environments: Vec<String> = targets
        .iter()
        .map(|environment| environment.name.to_string())
        .collect();
    let mut templates = vec![entrypoint(&targets)];
    for environment in targets {
        templates.push(promotion(context, project, environment)?);
    }
    let seconds = context.platform.keep.hours.saturating_mul(HOUR_SECONDS);
    let spec = WorkflowSpec {
        entrypoint: Some(template_name::PROMOTE.to_owned()),
        arguments: Some(Arguments {
            parameters: vec![
                choice(APPLICATION, "Application to promote", applications),
                choice(
                    ENVIRONMENT,
                    "Environment that gets the release",
                    environments,
                ),
                Parameter {
                    name: DIGEST.to_owned(),
                    description: Some(
                        "Digest that must be the one that is promoted; empty for any".to_owned(),
                    ),
                    value: Some(String::new()),
                    ..Parameter::default()
                },
            ],
            ..Arguments::default()
        }),
        templates,
        service_account_name: Some(account::PROMOTE.to_owned()),
        security_context: Some(restricted_pod()),
        pod_metadata: Some(Metadata {
            labels: labels::map([(labels::PROJECT, project.name.as_str())]),
            ..Metadata::default()
        }),
        synchronization: mutex(context),
        active_deadline_seconds: Some(DEADLINE_SECONDS),
        pod_gc: Some(PodGC {
            strategy: Some("OnPodCompletion".to_owned()),
            delete_delay_duration: Some(POD_STAYS.to_owned()),
            ..PodGC::default()
        }),
        ttl_strategy: Some(TTLStrategy {
            seconds_after_completion: Some(i32::try_from(seconds).unwrap_or(i32::MAX)),
            ..TTLStrategy::default()
        }),
        workflow_metadata: Some(WorkflowMetadata {
            labels: labels::map([(labels::PROJECT, project.name.as_str())]),
            labels_from: [
                (labels::APPLICATION, APPLICATION),
                (labels::ENVIRONMENT, ENVIRONMENT),
            ]
            .map(|(label, parameter)| {
                let expression = format!("workflow.parameters.{parameter}");
                (label.to_owned(), LabelValueFrom { expression })
            })
            .into(),
            ..WorkflowMetadata::default()
        }),
        ..WorkflowSpec::default()
    };
    let mut metadata = named_in(derived::ci_namespace(project), template_name::PROMOTE);
    metadata.labels = Some(labels::map([(labels::PROJECT, project.name.as_str())]));
    Ok(Some(WorkflowTemplate {
        metadata,
        spec,
        ..WorkflowTemplate::default()
    }))
}

/// A parameter that must be one of `names`; the value where there is only one to choose.
fn choice(name: &str, description: &str, names: Vec<String>) -> Parameter {
    Parameter {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        value: match names.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        enum_: names,
        ..Parameter::default()
    }
}

/// One promotion of an application at a time: two would write the same branch.
fn mutex(context: &Context<'_>) -> Option<Synchronization> {
    let knows_lists = context
        .platform
        .targets
        .support(luban_platform::versions::Feature::LOCK_LISTS);
    knows_lists.then(|| Synchronization {
        mutexes: vec![Mutex {
            name: Some(format!(
                "{}-{{{{workflow.parameters.{APPLICATION}}}}}",
                template_name::PROMOTE
            )),
            ..Mutex::default()
        }],
        ..Synchronization::default()
    })
}

/// Chooses the template of the environment. The condition is an expression, so the parameter is compared as a value and
/// never becomes part of what is evaluated.
fn entrypoint(targets: &[&Environment]) -> Template {
    let steps = targets.iter().map(|environment| WorkflowStep {
        name: Some(environment.name.to_string()),
        template: Some(template_for(environment)),
        when: Some(format!(
            "{{{{=workflow.parameters.{ENVIRONMENT} == '{}'}}}}",
            environment.name
        )),
        ..WorkflowStep::default()
    });
    Template {
        name: Some(template_name::PROMOTE.to_owned()),
        steps: vec![ParallelSteps(steps.collect())],
        ..Template::default()
    }
}

fn template_for(environment: &Environment) -> String {
    format!("{}-to-{}", template_name::PROMOTE, environment.name)
}

/// The promotion to one environment.
fn promotion(
    context: &Context<'_>,
    project: &Project,
    environment: &Environment,
) -> Result<Template, CompileError> {
    let platform = context.platform;
    let gitops = &platform.gitops;
    let from = platform
        .before(environment)
        .unwrap_or_else(|| platform.first_environment());
    let key = project
        .sign
        .as_ref()
        .filter(|_| environment.require.contains(&Requirement::Signed));
    let authority = gitops.provider.certificate_authority.as_ref();
    let call = Call::new(&PROMOTE)
        .flag(&promote::GITOPS, gitops.repository.as_str())
        .flag(&promote::BRANCH, gitops.branch.as_str())
        .flag(&promote::CREDENTIALS, CREDENTIALS)
        .flag(&promote::PROVIDER, gitops.provider.kind.as_str())
        .flag(&promote::PROJECT, project.name.as_str())
        .flag(
            &promote::APPLICATION,
            format!("{{{{workflow.parameters.{APPLICATION}}}}}"),
        )
        .flag(&promote::FROM, from.name.as_str())
        .flag(&promote::TO, environment.name.as_str())
        .flag(&promote::APPROVAL, approval(environment.approval))
        .each(
            &promote::REQUIRE,
            environment.require.iter().copied().map(requirement),
        )
        .maybe(
            &promote::PUBLIC_KEY,
            key.map(|_| format!("{PUBLIC_KEY}/{PUBLIC_KEY_FILE}")),
        )
        .flag(
            &promote::DIGEST,
            format!("{{{{workflow.parameters.{DIGEST}}}}}"),
        )
        .maybe(
            &promote::CERTIFICATE_AUTHORITY,
            authority.map(|_| format!("{CERTIFICATES}/{CA_CERTIFICATE}")),
        );
    let mut secrets = vec![(
        "gitops",
        CREDENTIALS,
        gitops.provider.credentials.as_str(),
        vec!["username", "password"],
    )];
    if let Some(sign) = key {
        // The private key is in the same Secret and stays there.
        secrets.push((
            "cosign",
            PUBLIC_KEY,
            sign.key.as_str(),
            vec![PUBLIC_KEY_FILE],
        ));
    }
    if let Some(authority) = authority {
        secrets.push((
            "certificates",
            CERTIFICATES,
            authority.as_str(),
            vec![CA_CERTIFICATE],
        ));
    }
    let mut container = step(context, &call, Size::MEDIUM)?;
    let mut mounts = vec![VolumeMount {
        name: "work".to_owned(),
        mount_path: WORK.to_owned(),
        ..VolumeMount::default()
    }];
    let mut volumes = vec![Volume {
        name: "work".to_owned(),
        empty_dir: Some(EmptyDirVolumeSource {
            size_limit: Some(Quantity(Size::MEDIUM.storage.to_owned())),
            ..EmptyDirVolumeSource::default()
        }),
        ..Volume::default()
    }];
    for (name, path, secret, keys) in secrets {
        mounts.push(VolumeMount {
            name: name.to_owned(),
            mount_path: path.to_owned(),
            read_only: Some(true),
            ..VolumeMount::default()
        });
        volumes.push(secret_files(name, secret, &keys));
    }
    container.volume_mounts = Some(mounts);
    Ok(Template {
        name: Some(template_for(environment)),
        container: Some(container),
        volumes,
        retry_strategy: Some(RetryStrategy {
            limit: Some(IntOrString::Int(RETRIES)),
            // An error is the loss of a pod, by its node or by eviction. What the step itself refuses is a failure, and stays one.
            retry_policy: Some("OnError".to_owned()),
            backoff: Some(Backoff {
                duration: Some(RETRY_SECONDS.to_owned()),
                factor: Some(IntOrString::Int(2)),
                ..Backoff::default()
            }),
            ..RetryStrategy::default()
        }),
        ..Template::default()
    })
}

/// A volume with these keys of a Secret, each a file of its name.
fn secret_files(name: &str, secret: &str, keys: &[&str]) -> Volume {
    let items = keys.iter().map(|key| KeyToPath {
        key: (*key).to_owned(),
        path: (*key).to_owned(),
        ..KeyToPath::default()
    });
    Volume {
        name: name.to_owned(),
        secret: Some(SecretVolumeSource {
            secret_name: Some(secret.to_owned()),
            items: Some(items.collect()),
            ..SecretVolumeSource::default()
        }),
        ..Volume::default()
    }
}

/// As `luban step promote` takes it.
fn approval(approval: Approval) -> &'static str {
    match approval {
        Approval::PullRequest => "pull-request",
        Approval::None => "none",
    }
}

/// As `luban step promote` takes it.
fn requirement(requirement: Requirement) -> &'static str {
    match requirement {
        Requirement::Healthy => "healthy",
        Requirement::Signed => "signed",
    }
}

#[cfg(test)]
mod tests;
