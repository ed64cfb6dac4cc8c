//! What every trigger of ours has: it creates one object, gives up late, and leaves a record when it does.

use super::destination;
use crate::CompileError;
use crate::labels;
use crate::names::DISPATCH;
use k8s_openapi::api::core::v1::ConfigMap;
use luban_api_argo_events::{
    Amount, ArtifactLocation, Backoff, RateLimit, StandardK8STrigger, Trigger, TriggerParameter,
    TriggerParameterSource, TriggerTemplate,
};
use luban_api_core::ObjectMeta;
use luban_platform::dispatch_table::{DEAD_LETTER, DEAD_LETTER_LABEL};
use serde::Serialize;
use std::collections::BTreeMap;

/// Attempts to create an object, and the first pause; each pause is twice the one before. Over half a minute an API server restarts;
/// the trigger handles no other event meanwhile.
const ATTEMPTS: (i32, &str) = (5, "2s");

/// Objects that a trigger creates in a second: a pod each, which the scheduler and the workflow controller keep up with. A burst
/// waits on the bus.
const PER_SECOND: i32 = 5;

/// A value of an event: the Go template that takes it out, and the field of the created object that gets it.
pub(super) struct Value<'a> {
    pub(super) template: &'a str,
    pub(super) destination: String,
}

/// A trigger called `name` that creates `object` with `values` of the event of `dependency`, and `dead_letter` if it cannot.
pub(super) fn create(
    name: &str,
    dependency: &str,
    object: &impl Serialize,
    values: Vec<Value<'_>>,
    dead_letter: Option<Trigger>,
) -> Result<Trigger, CompileError> {
    let (steps, pause) = ATTEMPTS;
    Ok(Trigger {
        template: Some(TriggerTemplate {
            name: name.to_owned(),
            k8s: Some(StandardK8STrigger {
                operation: Some("create".to_owned()),
                source: Some(ArtifactLocation {
                    resource: Some(luban_api_core::Embedded::of(object)?),
                    ..ArtifactLocation::default()
                }),
                parameters: values
                    .into_iter()
                    .map(|value| parameter(dependency, value))
                    .collect(),
                ..StandardK8STrigger::default()
            }),
            ..TriggerTemplate::default()
        }),
        // The message is acknowledged after the object is created, and attempts are made at all.
        at_least_once: Some(true),
        retry_strategy: Some(Backoff {
            steps: Some(steps),
            duration: Some(pause.into()),
            factor: Some(Amount::from(2)),
            ..Backoff::default()
        }),
        rate_limit: Some(RateLimit {
            unit: Some("Second".to_owned()),
            requests_per_unit: Some(PER_SECOND),
        }),
        dlq_trigger: dead_letter.map(Box::new),
        ..Trigger::default()
    })
}

/// No `dataKey`: where the template gives nothing, the raw text of the event would take its place.
fn parameter(dependency: &str, value: Value<'_>) -> TriggerParameter {
    TriggerParameter {
        src: Some(TriggerParameterSource {
            dependency_name: dependency.to_owned(),
            data_template: Some(value.template.to_owned()),
            value: Some(String::new()),
            ..TriggerParameterSource::default()
        }),
        dest: value.destination,
        operation: None,
    }
}

/// A trigger that records an event in a ConfigMap: `fixed` entries, and one for each of `fields` (key and template).
pub(super) fn dead_letter(
    platform: &str,
    dependency: &str,
    meant_for: &str,
    fixed: &[(&str, &str)],
    fields: &[(&str, &str)],
) -> Result<Trigger, CompileError> {
    let mut metadata = ObjectMeta {
        generate_name: Some(DEAD_LETTER.to_owned()),
        namespace: Some(DISPATCH.to_owned()),
        labels: Some(labels::map([(DEAD_LETTER_LABEL, meant_for)])),
        ..ObjectMeta::default()
    };
    labels::own(&mut metadata, platform);
    let empty = fields.iter().map(|(key, _)| (*key, ""));
    let data: BTreeMap<_, _> = fixed
        .iter()
        .copied()
        .chain(empty)
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let record = ConfigMap {
        metadata,
        data: Some(data),
        ..ConfigMap::default()
    };
    let values = fields.iter().map(|(key, template)| {
        Ok(Value {
            template,
            destination: destination::entry(&record, key)?,
        })
    });
    let values = values.collect::<Result<_, CompileError>>()?;
    Ok(Trigger {
        // The limit of the trigger that failed has been waited for already.
        rate_limit: None,
        ..create("dead-letter", dependency, &record, values, None)?
    })
}
