//! An object inside another object.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An object of any kind inside another object: what a Sensor's trigger creates before its parameters are set, or a
/// TriggerTemplate's resource before `$(tt.params.…)` are filled in.
///
/// The crates of API groups do not know each other, so the object is kept as it is written; the table of known kinds reads
/// it as the type it is, strictly, with the rest of the document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Embedded(pub Value);

impl Embedded {
    /// An object to be put inside another. Fails only if the object has a mapping whose keys are no strings.
    pub fn of(object: &impl Serialize) -> Result<Self, serde_json::Error> {
        serde_json::to_value(object).map(Embedded)
    }
}
