//! The sensor of a provider: each event becomes one dispatch run, or a dead letter.

use super::provider_source::{EVENT, pod_size};
use super::trigger::{self, Value};
use super::{destination, field, gitops, pod};
use crate::CompileError;
use crate::labels;
use crate::names::{DISPATCH, EVENTS, account, template};
use luban_api_argo_events::{EventDependency, Sensor, SensorSpec};
use luban_api_argo_workflows::{Arguments, Parameter, Workflow, WorkflowSpec, WorkflowTemplateRef};
use luban_api_core::{ObjectMeta, named_in};
use luban_command::dispatch;
use luban_platform::Platform;
use luban_platform::dispatch_table::dead_letter;
use luban_platform::model::Provider;

/// Old ReplicaSets of a sensor: the one before, to go back to by hand.
pub(super) const REVISIONS: i32 = 1;

/// The sensor of `provider`.
pub(super) fn sensor(platform: &Platform, provider: &Provider) -> Result<Sensor, CompileError> {
    let name = provider.name.as_str();
    let fields = field::of(&provider.kind);
    let run = run(platform, provider, &fields);
    let values = fields.iter().map(|field| {
        Ok(Value {
            template: &field.template,
            destination: destination::argument(&run, field.flag.name)?,
        })
    });
    let values = values.collect::<Result<_, CompileError>>()?;
    let record: Vec<_> = fields
        .iter()
        .map(|field| (field.flag.name, field.template.as_str()))
        .collect();
    let dead_letter = trigger::dead_letter(
        platform.name.as_str(),
        EVENT,
        dead_letter::DISPATCH,
        &[(dispatch::PROVIDER.name, name)],
        &record,
    )?;
    let (leader_election, by_lease) = pod::LEADER_ELECTION;
    Ok(Sensor {
        metadata: ObjectMeta {
            annotations: Some(labels::map([(leader_election, by_lease)])),
            ..named_in(EVENTS, name)
        },
        spec: SensorSpec {
            replicas: Some(pod::REPLICAS),
            revision_history_limit: Some(REVISIONS),
            dependencies: vec![EventDependency {
                name: EVENT.to_owned(),
                event_source_name: name.to_owned(),
                event_name: EVENT.to_owned(),
                filters: gitops::filter(platform, provider),
                ..EventDependency::default()
            }],
            triggers: vec![trigger::create(
                "dispatch",
                EVENT,
                &run,
                values,
                Some(dead_letter),
            )?],
            template: Some(pod::template(
                account::SENSOR,
                (pod::SENSOR_LABEL, name),
                pod_size(platform),
            )),
            ..SensorSpec::default()
        },
        ..Sensor::default()
    })
}

/// The dispatch run that an event starts: the template's parameters by name, the provider compiled, the rest empty.
fn run(platform: &Platform, provider: &Provider, fields: &[field::Field]) -> Workflow {
    let parameter = |name: &str, value: &str| Parameter {
        name: name.to_owned(),
        value: Some(value.to_owned()),
        ..Parameter::default()
    };
    let mut parameters = vec![parameter(dispatch::PROVIDER.name, provider.name.as_str())];
    parameters.extend(fields.iter().map(|field| parameter(field.flag.name, "")));
    let mut metadata = ObjectMeta {
        generate_name: Some("dispatch-".to_owned()),
        namespace: Some(DISPATCH.to_owned()),
        ..ObjectMeta::default()
    };
    labels::own(&mut metadata, platform.name.as_str());
    Workflow {
        metadata,
        spec: WorkflowSpec {
            workflow_template_ref: Some(WorkflowTemplateRef {
                name: Some(template::DISPATCH.to_owned()),
                ..WorkflowTemplateRef::default()
            }),
            arguments: Some(Arguments {
                parameters,
                ..Arguments::default()
            }),
            ..WorkflowSpec::default()
        },
        ..Workflow::default()
    }
}
