//! kpack's objects and its pods, as far as waiting looks at them (kpack v0.17, `kpack.io/v1alpha2`).
//!
//! What an object lacks is empty here: kpack fills its objects bit by bit.

use std::collections::BTreeMap;

use luban_command::Value as Grammar;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Label of a Build with its number.
const NUMBER: &str = "image.kpack.io/buildNumber";
/// Label of a Build with the generation of its Image.
const GENERATION: &str = "image.kpack.io/imageGeneration";
/// Label of a Build with the name of its Image.
pub(super) const IMAGE: &str = "image.kpack.io/image";
/// Label of a pod with the name of its Build.
pub(super) const BUILD: &str = "kpack.io/build";
/// Annotation of a Build: why it was made.
const REASON: &str = "image.kpack.io/reason";
/// Annotation of an Image's last Build that makes kpack build once more, whatever its value.
pub(super) const AGAIN: &str = "image.kpack.io/additionalBuildNeeded";

/// The part of metadata that all objects have.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Metadata {
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) uid: String,
    pub(super) generation: u64,
    pub(super) labels: BTreeMap<String, String>,
    pub(super) annotations: BTreeMap<String, String>,
    pub(super) owner_references: Vec<Owner>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Owner {
    pub(super) uid: String,
}

impl Metadata {
    pub(super) fn is_owned_by(&self, uid: &str) -> bool {
        self.owner_references.iter().any(|owner| owner.uid == uid)
    }

    pub(super) fn annotation(&self, name: &str) -> &str {
        self.annotations.get(name).map_or("", String::as_str)
    }

    fn label(&self, name: &str) -> &str {
        self.labels.get(name).map_or("", String::as_str)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Source {
    pub(super) git: Git,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Git {
    pub(super) url: String,
    pub(super) revision: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Condition {
    #[serde(rename = "type")]
    kind: String,
    pub(super) status: String,
    pub(super) reason: String,
    pub(super) message: String,
}

/// An Image.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Image {
    pub(super) metadata: Metadata,
    pub(super) spec: ImageSpec,
    pub(super) status: ImageStatus,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ImageSpec {
    pub(super) source: Source,
    pub(super) additional_tags: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ImageStatus {
    pub(super) observed_generation: u64,
    conditions: Vec<Condition>,
}

impl Image {
    /// Whether kpack has nothing to do for it, or why it has.
    pub(super) fn ready(&self) -> Option<&Condition> {
        of_kind(&self.status.conditions, "Ready")
    }
}

/// A Build.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Build {
    pub(super) metadata: Metadata,
    pub(super) spec: BuildSpec,
    pub(super) status: BuildStatus,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BuildSpec {
    pub(super) tags: Vec<String>,
    pub(super) source: Source,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct BuildStatus {
    conditions: Vec<Condition>,
    latest_image: String,
    pub(super) pod_name: String,
    pub(super) steps_completed: Vec<String>,
}

/// How far a Build is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    Unfinished,
    Succeeded,
    Failed,
}

impl Build {
    /// Its number among those of its Image; 0 for a Build without Image.
    pub(super) fn number(&self) -> u64 {
        self.metadata.label(NUMBER).parse().unwrap_or_default()
    }

    /// The generation of the Image that it was made for.
    pub(super) fn image_generation(&self) -> u64 {
        self.metadata.label(GENERATION).parse().unwrap_or_default()
    }

    /// The name of its Image.
    pub(super) fn image(&self) -> &str {
        self.metadata.label(IMAGE)
    }

    /// Why kpack made it, as `COMMIT` or `STACK,BUILDPACK`.
    pub(super) fn reason(&self) -> &str {
        self.metadata.annotation(REASON)
    }

    /// What kpack says of how it went.
    pub(super) fn succeeded(&self) -> Option<&Condition> {
        of_kind(&self.status.conditions, "Succeeded")
    }

    pub(super) fn progress(&self) -> Progress {
        match self.succeeded().map(|condition| condition.status.as_str()) {
            Some("True") => Progress::Succeeded,
            Some("False") => Progress::Failed,
            _ => Progress::Unfinished,
        }
    }

    /// The digest of what it made.
    pub(super) fn digest(&self) -> Option<&str> {
        let (_, digest) = self.status.latest_image.split_once('@')?;
        Grammar::Digest.check(digest).is_ok().then_some(digest)
    }

    pub(super) fn name(&self) -> &str {
        &self.metadata.name
    }
}

/// A pod that builds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pod {
    pub(super) metadata: Metadata,
    pub(super) spec: PodSpec,
    pub(super) status: PodStatus,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct PodSpec {
    pub(super) init_containers: Vec<Container>,
    pub(super) containers: Vec<Container>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Container {
    pub(super) name: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct PodStatus {
    pub(super) phase: String,
    pub(super) reason: String,
    pub(super) message: String,
    conditions: Vec<Condition>,
    init_container_statuses: Vec<ContainerStatus>,
    container_statuses: Vec<ContainerStatus>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ContainerStatus {
    pub(super) name: String,
    pub(super) state: ContainerState,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ContainerState {
    pub(super) running: Option<Value>,
    pub(super) terminated: Option<Terminated>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Terminated {
    pub(super) exit_code: i64,
    pub(super) reason: String,
    pub(super) message: String,
}

impl Pod {
    /// Its containers in the order in which they run.
    pub(super) fn steps(&self) -> impl Iterator<Item = &str> {
        let all = self
            .spec
            .init_containers
            .iter()
            .chain(&self.spec.containers);
        all.map(|container| container.name.as_str())
    }

    /// How a container is.
    pub(super) fn state(&self, container: &str) -> Option<&ContainerState> {
        let mut all = self.statuses();
        all.find(|status| status.name == container)
            .map(|status| &status.state)
    }

    pub(super) fn statuses(&self) -> impl Iterator<Item = &ContainerStatus> {
        let status = &self.status;
        status
            .init_container_statuses
            .iter()
            .chain(&status.container_statuses)
    }

    /// Whether none of its containers will run again.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.status.phase.as_str(), "Succeeded" | "Failed")
    }

    /// Why it was taken off its node, if it was: by an eviction, a drain, a preemption.
    pub(super) fn disruption(&self) -> Option<&Condition> {
        of_kind(&self.status.conditions, "DisruptionTarget")
            .filter(|condition| condition.status == "True")
    }

    /// Why no node takes it, if none does.
    pub(super) fn unscheduled(&self) -> Option<&str> {
        of_kind(&self.status.conditions, "PodScheduled")
            .filter(|condition| condition.status == "False")
            .map(|condition| condition.message.as_str())
    }
}

fn of_kind<'a>(conditions: &'a [Condition], kind: &str) -> Option<&'a Condition> {
    conditions.iter().find(|condition| condition.kind == kind)
}

/// An object as one of these types. An error says what is wrong with it.
pub(super) fn read<T: DeserializeOwned>(mut object: Value) -> Result<T, String> {
    without_nulls(&mut object);
    T::deserialize(object).map_err(|error| error.to_string())
}

/// What Go writes as null is what it has not got.
fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        Value::Array(values) => values.iter_mut().for_each(without_nulls),
        _ => {}
    }
}
