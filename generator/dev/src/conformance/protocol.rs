//! What is asked of a judge and what it answers, as tests/conformance/README.md describes it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// One line of a judge's input.
#[derive(Debug, Serialize)]
pub(crate) struct Request<'a> {
    pub(crate) id: String,
    #[serde(flatten)]
    pub(crate) question: &'a Question,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Question {
    /// Whether a document is right.
    Document {
        yaml: String,
        group: String,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        submit: bool,
        /// Feature flags over the released defaults, for the judge of Tekton.
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        flags: BTreeMap<String, String>,
    },
    /// What a Sensor creates for an event.
    Event {
        yaml: String,
        group: String,
        /// The event's data, as an EventSource puts it on the bus.
        event: serde_json::Value,
    },
    /// The containers that a run's variables are substituted to.
    Pods {
        yaml: String,
        group: String,
        /// Always true.
        pods: bool,
    },
    /// Whether a folder below `root` can be rendered.
    Folder { root: PathBuf, dir: String },
    /// Whether an AppProject permits an object.
    Permit(Permit),
}

/// Whether `project` permits an object to be deployed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Permit {
    /// Always true.
    pub(crate) permit: bool,
    /// The set.
    pub(crate) group: String,
    pub(crate) project: String,
    pub(crate) group_kind: GroupKind,
    /// The object's name.
    pub(crate) name: String,
    pub(crate) namespaced: bool,
    pub(crate) namespace: String,
    /// URL or name of the destination's cluster.
    pub(crate) server: String,
}

/// A kind of an API group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct GroupKind {
    pub(crate) group: String,
    pub(crate) kind: String,
}

/// One line of a judge's output.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verdict {
    pub(crate) id: String,
    /// Whether upstream accepts it.
    pub(crate) ok: bool,
    /// Upstream's words if not.
    pub(crate) error: String,
    /// What kustomize rendered, a Sensor created, or a run's containers are.
    #[serde(default)]
    pub(crate) output: String,
}
