//! Rebuilds that kpack starts by itself when its stack, buildpacks or lifecycle change: seen when they finish, and released.
//!
//! Each project's `-ci` namespace is watched on its own, so that nothing may list builds of the whole cluster, and each has
//! a trigger of its own, so that the namespace of the run is compiled and never taken from an event.

use super::accounts::builds_with_kpack;
use super::provider_sensor::REVISIONS;
use super::trigger::{self, Value};
use super::{destination, pod};
use crate::CompileError;
use crate::labels;
use crate::names::{EVENTS, account, template};
use crate::tree::Folder;
use luban_api_argo_events::{
    DataFilter, EventDependency, EventDependencyFilter, EventSource, EventSourceSpec,
    ResourceEventSource, ResourceFilter, Selector, Sensor, SensorSpec, Trigger, TriggerTemplate,
};
use luban_api_argo_workflows::{Arguments, Parameter, Workflow, WorkflowSpec, WorkflowTemplateRef};
use luban_api_core::{ObjectMeta, named_in};
use luban_command::kpack_rebuilt;
use luban_platform::Platform;
use luban_platform::derived;
use luban_platform::dispatch_table::dead_letter;
use luban_platform::model::Project;
use std::collections::BTreeMap;

/// Projects of one event source and sensor. The controllers hand a sensor to its pod as one environment variable, in base64, and
/// Linux takes no longer one than 128 KiB (`MAX_ARG_STRLEN`); a project's trigger is about 4 KB.
const PROJECTS: usize = 16;

/// Size of a Build in an event, with its older version: what pods hold of each is sized by it.
const BUILD_BYTES: u32 = 256 << 10;

/// Label of a Build with the name of its Image (kpack v0.17 `ImageLabel`); a Build of a branch has none.
const IMAGE: &str = "image.kpack.io/image";

/// Why kpack built (kpack v0.17 `BuildReasonAnnotation`), as a path of gjson.
const REASON: &str = r"metadata.annotations.image\.kpack\.io/reason";

/// Reasons that are kpack's own, and none else beside them: a commit, a changed Image or a trigger is a run's business.
const OWN_REASONS: &str = "^(STACK|BUILDPACK|LIFECYCLE)(,(STACK|BUILDPACK|LIFECYCLE))*$";

/// How a build ended, as a path of gjson below the Build.
const SUCCEEDED: &str = r#"status.conditions.#(type=="Succeeded").status"#;

/// What names of kpack's objects are; anything else becomes the empty text.
const OBJECT_NAME: &str = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";

/// Adds an event source and a sensor for each sixteen projects with kpack builds.
pub(super) fn add(folder: &mut Folder, platform: &Platform) -> Result<(), CompileError> {
    let projects: Vec<&Project> = platform
        .projects
        .iter()
        .map(AsRef::as_ref)
        .filter(|project| builds_with_kpack(project))
        .collect();
    for (i, projects) in projects.chunks(PROJECTS).enumerate() {
        let name = match i {
            0 => derived::KPACK_BUILDS.to_owned(),
            _ => format!("{}-{}", derived::KPACK_BUILDS, i + 1),
        };
        folder.add(event_source(&name, projects))?;
        folder.add(sensor(&name, platform, projects)?)?;
    }
    Ok(())
}

fn metadata(name: &str) -> ObjectMeta {
    let (leader_election, by_lease) = pod::LEADER_ELECTION;
    ObjectMeta {
        annotations: Some(labels::map([(leader_election, by_lease)])),
        ..named_in(EVENTS, name)
    }
}

fn event_source(name: &str, projects: &[&Project]) -> EventSource {
    let resource: BTreeMap<_, _> = projects
        .iter()
        .map(|project| {
            let namespace = derived::ci_namespace(project);
            let source = ResourceEventSource {
                namespace: Some(namespace.clone()),
                group: Some("kpack.io".to_owned()),
                version: "v1alpha2".to_owned(),
                resource: "builds".to_owned(),
                event_types: vec!["UPDATE".to_owned()],
                filter: Some(finished_rebuild()),
                ..ResourceEventSource::default()
            };
            (namespace, source)
        })
        .collect();
    EventSource {
        metadata: metadata(name),
        spec: EventSourceSpec {
            replicas: Some(pod::REPLICAS),
            resource,
            template: Some(pod::template(
                account::BUILD_WATCHER,
                (pod::EVENT_SOURCE_LABEL, name),
                BUILD_BYTES,
            )),
            ..EventSourceSpec::default()
        },
        ..EventSource::default()
    }
}

/// Builds of Images that kpack started by itself and that have ended, well or not: a failed rebuild is reported too.
fn finished_rebuild() -> ResourceFilter {
    let field = |key: &str, value: &str| Selector {
        key: key.to_owned(),
        operation: Some("==".to_owned()),
        value: value.to_owned(),
    };
    ResourceFilter {
        labels: vec![Selector {
            key: IMAGE.to_owned(),
            operation: Some("exists".to_owned()),
            value: String::new(),
        }],
        fields: vec![
            field(REASON, OWN_REASONS),
            field(SUCCEEDED, "^(True|False)$"),
        ],
        ..ResourceFilter::default()
    }
}

fn sensor(name: &str, platform: &Platform, projects: &[&Project]) -> Result<Sensor, CompileError> {
    let triggers = projects.iter().map(|project| trigger(platform, project));
    Ok(Sensor {
        metadata: metadata(name),
        spec: SensorSpec {
            replicas: Some(pod::REPLICAS),
            revision_history_limit: Some(REVISIONS),
            dependencies: projects
                .iter()
                .map(|project| dependency(name, project))
                .collect(),
            triggers: triggers.collect::<Result<_, CompileError>>()?,
            template: Some(pod::template(
                account::REBUILD_SENSOR,
                (pod::SENSOR_LABEL, name),
                BUILD_BYTES,
            )),
            ..SensorSpec::default()
        },
        ..Sensor::default()
    })
}

/// Name of a project's dependency. It stands in an expression, where a name must begin with a letter.
fn dependency_name(project: &Project) -> String {
    format!("project-{}", project.name)
}

/// The event of a project's rebuild that was not finished before: later changes of a finished Build count no more.
fn dependency(event_source: &str, project: &Project) -> EventDependency {
    EventDependency {
        name: dependency_name(project),
        event_source_name: event_source.to_owned(),
        event_name: derived::ci_namespace(project),
        filters: Some(EventDependencyFilter {
            data: vec![DataFilter {
                // A list of the value, or an empty one: a path that leads nowhere would drop the event.
                path: format!("[oldBody.{SUCCEEDED}]"),
                type_: "string".to_owned(),
                value: vec!["True|False".to_owned()],
                comparator: Some("!=".to_owned()),
                ..DataFilter::default()
            }],
            ..EventDependencyFilter::default()
        }),
        ..EventDependency::default()
    }
}

/// The Go template of a name of kpack's.
fn object_name(path: &str) -> String {
    format!(r#"{{{{ {path} | default "" | regexFind "{OBJECT_NAME}" }}}}"#)
}

fn trigger(platform: &Platform, project: &Project) -> Result<Trigger, CompileError> {
    let dependency = dependency_name(project);
    let namespace = derived::ci_namespace(project);
    let image = object_name(&format!(r#"index .Input.body.metadata.labels "{IMAGE}""#));
    let build = object_name(".Input.body.metadata.name");
    let fields = [
        (kpack_rebuilt::IMAGE.name, image.as_str()),
        (kpack_rebuilt::BUILD.name, build.as_str()),
    ];
    let run = run(platform, project, &fields.map(|(name, _)| name));
    let values = fields.iter().map(|(name, template)| {
        Ok(Value {
            template,
            destination: destination::argument(&run, name)?,
        })
    });
    let dead_letter = trigger::dead_letter(
        platform.name.as_str(),
        &dependency,
        dead_letter::REBUILT,
        &[("namespace", &namespace)],
        &fields,
    )?;
    let mut trigger = trigger::create(
        // It becomes a label's value, which a project's name fits and nothing longer.
        project.name.as_str(),
        &dependency,
        &run,
        values.collect::<Result<_, CompileError>>()?,
        Some(dead_letter),
    )?;
    // Without a condition a trigger waits for all dependencies of the sensor.
    trigger.template = trigger.template.map(|template| TriggerTemplate {
        conditions: Some(dependency),
        ..template
    });
    Ok(trigger)
}

/// The run that releases a rebuild of `project`.
fn run(platform: &Platform, project: &Project, parameters: &[&str]) -> Workflow {
    let parameters = parameters.iter().map(|name| Parameter {
        name: (*name).to_owned(),
        value: Some(String::new()),
        ..Parameter::default()
    });
    let mut metadata = ObjectMeta {
        generate_name: Some("rebuilt-".to_owned()),
        namespace: Some(derived::ci_namespace(project)),
        labels: Some(labels::map([(labels::PROJECT, project.name.as_str())])),
        ..ObjectMeta::default()
    };
    labels::own(&mut metadata, platform.name.as_str());
    Workflow {
        metadata,
        spec: WorkflowSpec {
            workflow_template_ref: Some(WorkflowTemplateRef {
                name: Some(template::KPACK_REBUILT.to_owned()),
                cluster_scope: Some(true),
            }),
            arguments: Some(Arguments {
                parameters: parameters.collect(),
                ..Arguments::default()
            }),
            ..WorkflowSpec::default()
        },
        ..Workflow::default()
    }
}
