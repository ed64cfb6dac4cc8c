//! Objects that change, and logs that grow: what waiting for a build does with the API.

use std::time::Duration;

use k8s_openapi::jiff::Timestamp;
use serde_json::Value;

use super::{ClusterError, Objects, Place};

/// Which objects of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// The one of that name.
    Named(String),
    /// Those with a label.
    Labelled(&'static str, String),
}

/// All objects of a place at one moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listed {
    /// The objects.
    pub(crate) objects: Vec<Value>,
    /// The moment, for watching what changes after it.
    pub(crate) version: String,
}

/// What a watch says.
#[derive(Debug)]
pub(crate) enum Change {
    /// An object is new, or has changed.
    Set(Value),
    /// An object is gone.
    Removed(Value),
    /// Nothing has changed until this version.
    Version(String),
    /// Nothing was said in time.
    Nothing,
    /// The watch came to its end, as each does after some time; it goes on from the last version.
    Ended,
    /// The API no longer knows what changed since that version.
    Gone,
    /// The watch broke.
    Broken(ClusterError),
}

/// A watch.
pub(crate) trait Changes {
    /// What it says next, if it says it within `wait`.
    fn next(&mut self, wait: Duration) -> Change;
}

/// What a log says.
#[derive(Debug)]
pub(crate) enum Piece {
    /// More of it, lines or parts of lines.
    Bytes(Vec<u8>),
    /// Nothing was said in time.
    Nothing,
    /// This is all that there is.
    Ended,
    /// The stream broke.
    Broken(String),
}

/// The log of a container while it grows.
pub(crate) trait Log {
    /// What it says next, if it says it within `wait`.
    fn next(&mut self, wait: Duration) -> Piece;
}

/// What waiting for a build does with the API; `luban_command` has the verbs that this is granted.
pub(crate) trait Observe: Objects {
    /// Makes an object as it is given, or changes it to that, by server-side apply: fields that others set elsewhere stay.
    fn apply(&self, object: &Value) -> Result<Value, ClusterError>;

    /// Sets an annotation of an object; false if there is no such object.
    fn annotate(
        &self,
        place: &Place,
        name: &str,
        annotation: (&str, &str),
    ) -> Result<bool, ClusterError>;

    /// Objects as they are now.
    fn list(&self, place: &Place, which: &Which) -> Result<Listed, ClusterError>;

    /// What changes after a version; none if the API no longer knows.
    fn watch(
        &self,
        place: &Place,
        which: &Which,
        version: &str,
    ) -> Result<Option<Box<dyn Changes + '_>>, ClusterError>;

    /// The log of a container with a timestamp before each line, from the second of `since` on.
    fn log(
        &self,
        pod: (&str, &str),
        container: &str,
        since: Option<Timestamp>,
    ) -> Result<Box<dyn Log + '_>, ClusterError>;
}
