//! The nodes of a run: steps, tasks, pods, attempts; the controller writes them.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::Time;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Inputs, Outputs, TemplateRef};

/// A step, task, pod or attempt of a run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["id", "name", "type"])))]
pub struct NodeStatus {
    /// Its id: the workflow's name and a hash of the node's.
    #[serde(default)]
    pub id: String,
    /// Its full name, such as `run[0].build(0)`.
    #[serde(default)]
    pub name: String,
    /// Its short name, such as `build(0)`.
    pub display_name: Option<String>,
    /// `Pod`, `Container`, `Steps`, `StepGroup`, `DAG`, `TaskGroup`, `Retry`, `Skipped`, `Suspend`, `HTTP` or `Plugin`.
    #[serde(default)]
    pub type_: String,
    /// The template that it runs; groups and attempts have none of their own.
    pub template_name: Option<String>,
    /// The template that it runs, where another object has it.
    pub template_ref: Option<TemplateRef>,
    /// Whose templates its names are looked up in, such as `local/run`.
    pub template_scope: Option<String>,
    /// `Pending` or `Running`; at the end `Succeeded`, `Skipped`, `Failed`, `Error` or `Omitted`.
    pub phase: Option<String>,
    /// Why it is in this phase.
    pub message: Option<String>,
    /// Units of work as `done/all`.
    pub progress: Option<String>,
    /// When it started.
    pub started_at: Option<Time>,
    /// When it ended.
    pub finished_at: Option<Time>,
    /// Seconds that it is expected to take, by the last run of the same template.
    pub estimated_duration: Option<i64>,
    /// The node of the template that it belongs to.
    #[serde(rename = "boundaryID")]
    pub boundary_id: Option<String>,
    /// Nodes that follow it, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<String>,
    /// Its last nodes, which become the parents of what follows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outbound_nodes: Vec<String>,
    /// What its template was given.
    pub inputs: Option<Inputs>,
    /// What its template gave.
    pub outputs: Option<Outputs>,
    /// The address of its pod, where it is a daemon.
    #[serde(rename = "podIP")]
    pub pod_ip: Option<String>,
    /// The Kubernetes node of its pod.
    pub host_node_name: Option<String>,
    /// Whether it is a daemon that is still to be stopped.
    pub daemoned: Option<bool>,
    /// How it came to be: by a hook, by a retry.
    pub node_flag: Option<NodeFlag>,
    /// Whether outputs of an earlier run were reused.
    pub memoization_status: Option<MemoizationStatus>,
    /// The lock that it waits for.
    pub synchronization_status: Option<NodeSynchronizationStatus>,
    /// Seconds of each resource times its amount: of `cpu` in cores, of `memory` in 100 Mi.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resources_duration: BTreeMap<String, i64>,
    /// Whether its outputs have arrived.
    pub task_result_synced: Option<bool>,
    /// How often its pod was started again, having failed before its main container ran.
    pub failed_pod_restarts: Option<i32>,
    /// The failed pod whose restart is under way.
    #[serde(rename = "restartingPodUID")]
    pub restarting_pod_uid: Option<String>,
}

/// How a node came to be.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NodeFlag {
    /// By a hook or `onExit`.
    pub hooked: Option<bool>,
    /// By a `retryStrategy`.
    pub retried: Option<bool>,
}

/// Whether outputs of an earlier run were reused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["hit", "key", "cacheName"])))]
pub struct MemoizationStatus {
    /// Whether the key was found.
    #[serde(default)]
    pub hit: bool,
    /// The key.
    #[serde(default)]
    pub key: String,
    /// The ConfigMap of the cache.
    #[serde(default)]
    pub cache_name: String,
}

/// The lock that a node waits for.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NodeSynchronizationStatus {
    /// The lock.
    pub waiting: Option<String>,
}
