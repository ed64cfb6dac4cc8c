//! Types whose YAML is not a mapping of known fields.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::WorkflowStep;

/// Steps that run at the same time; a list inside the list of `steps`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ParallelSteps(pub Vec<WorkflowStep>);

impl From<WorkflowStep> for ParallelSteps {
    fn from(step: WorkflowStep) -> Self {
        ParallelSteps(vec![step])
    }
}

impl From<Vec<WorkflowStep>> for ParallelSteps {
    fn from(steps: Vec<WorkflowStep>) -> Self {
        ParallelSteps(steps)
    }
}

/// An element of `withItems`: a string, number, boolean, list or mapping.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Item(pub Value);

impl<T: Into<Value>> From<T> for Item {
    fn from(value: T) -> Self {
        Item(value.into())
    }
}

/// The configuration of an executor plugin, under the plugin's name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Plugin(pub BTreeMap<String, Value>);

/// A number as upstream writes it, whole or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(pub Number);

impl Default for Amount {
    fn default() -> Self {
        Amount(Number::from(0))
    }
}

impl From<i64> for Amount {
    fn from(whole: i64) -> Self {
        Amount(Number::from(whole))
    }
}
