//! The template of dispatch runs: `luban step dispatch` with the fields of one event.

use super::providers;
use crate::CompileError;
use crate::argo::time::is_transient;
use crate::argo::why_deadline;
use crate::container;
use crate::context::Context;
use crate::labels;
use crate::names::{DISPATCH as NAMESPACE, account, template};
use luban_api_argo_workflows::{
    Arguments, Backoff, Inputs, Metadata, Parameter, PodGC, RetryStrategy, TTLStrategy, Template,
    WorkflowMetadata, WorkflowSpec, WorkflowTemplate,
};
use luban_api_core::{IntOrString, ObjectMeta, named_in};
use luban_command::{Call, DISPATCH, Flag, Value};

/// Seconds that one attempt may take: it reads a few ConfigMaps, asks Git at the provider which files changed and creates runs.
const ATTEMPT_SECONDS: i32 = 300;
/// Further attempts after a fault that may pass by itself.
const RETRIES: i32 = 4;
/// First pause between attempts, in seconds; each pause is twice the one before.
const PAUSE_SECONDS: i64 = 10;
/// Seconds that the whole run may take: all attempts, their pauses (10 + 20 + 40 + 80), and as long for pods to be scheduled.
const RUN_SECONDS: i64 =
    2 * ((RETRIES as i64 + 1) * ATTEMPT_SECONDS as i64 + PAUSE_SECONDS * ((1 << RETRIES) - 1));
/// Seconds that a successful run is kept: what it did is in the runs that it created.
const KEEP_SUCCEEDED_SECONDS: i32 = 3600;
const SECONDS_PER_HOUR: u32 = 3600;

/// What an event may say. Paths are not of it: where things are in the pod is decided here.
fn parameters() -> impl Iterator<Item = &'static Flag> {
    let flags = DISPATCH.flags.iter();
    flags.filter(|flag| flag.value != Value::Path)
}

/// The template.
pub(super) fn workflow_template(context: &Context<'_>) -> Result<WorkflowTemplate, CompileError> {
    let platform = context.platform;
    let asked = providers::asked(platform);
    let names = || parameters().map(|flag| flag.name.to_owned());
    let mut call = providers::call(Call::new(&DISPATCH), &asked);
    for flag in parameters() {
        call = call.flag(flag, format!("{{{{inputs.parameters.{}}}}}", flag.name));
    }
    let container = container::step(context, &call, providers::size(&asked))?;
    let parts = labels::map([(labels::NAME, template::DISPATCH)]);
    let mut workflow_labels = parts.clone();
    workflow_labels.insert(labels::PART_OF.into(), platform.name.to_string());
    let keep_failed = platform.keep.hours.saturating_mul(SECONDS_PER_HOUR);
    Ok(WorkflowTemplate {
        metadata: ObjectMeta {
            annotations: Some(why_deadline()),
            ..named_in(NAMESPACE, template::DISPATCH)
        },
        spec: WorkflowSpec {
            entrypoint: Some(template::DISPATCH.to_owned()),
            arguments: Some(Arguments {
                // Empty where an event has no such field; whoever dispatches by hand sets what is needed.
                parameters: names()
                    .map(|name| Parameter {
                        name,
                        value: Some(String::new()),
                        ..Parameter::default()
                    })
                    .collect(),
                ..Arguments::default()
            }),
            templates: vec![Template {
                name: Some(template::DISPATCH.to_owned()),
                inputs: Some(Inputs {
                    parameters: names()
                        .map(|name| Parameter {
                            name,
                            ..Parameter::default()
                        })
                        .collect(),
                    ..Inputs::default()
                }),
                container: Some(providers::container(platform, container, &asked)),
                volumes: providers::volumes(&asked),
                active_deadline_seconds: Some(IntOrString::Int(ATTEMPT_SECONDS)),
                retry_strategy: Some(transient_faults()),
                ..Template::default()
            }],
            service_account_name: Some(account::DISPATCH.to_owned()),
            security_context: Some(container::restricted_pod()),
            pod_metadata: Some(Metadata {
                labels: parts,
                ..Metadata::default()
            }),
            workflow_metadata: Some(WorkflowMetadata {
                labels: workflow_labels,
                ..WorkflowMetadata::default()
            }),
            active_deadline_seconds: Some(RUN_SECONDS),
            // The pod of a failed run stays for its log, as long as the run.
            pod_gc: Some(PodGC {
                strategy: Some("OnPodSuccess".to_owned()),
                ..PodGC::default()
            }),
            ttl_strategy: Some(TTLStrategy {
                seconds_after_success: Some(KEEP_SUCCEEDED_SECONDS),
                seconds_after_failure: Some(i32::try_from(keep_failed).unwrap_or(i32::MAX)),
                ..TTLStrategy::default()
            }),
            ..WorkflowSpec::default()
        },
        ..WorkflowTemplate::default()
    })
}

/// Tries again when the pod was lost or the verb says that it may help. Runs that were created already are found, not made twice.
fn transient_faults() -> RetryStrategy {
    RetryStrategy {
        limit: Some(IntOrString::Int(RETRIES)),
        // With an expression each outcome is asked about; the expression alone decides.
        retry_policy: Some("Always".to_owned()),
        expression: Some(is_transient()),
        backoff: Some(Backoff {
            duration: Some(format!("{PAUSE_SECONDS}s")),
            factor: Some(IntOrString::Int(2)),
            ..Backoff::default()
        }),
        ..RetryStrategy::default()
    }
}
