//! Objects of kinds that are not in the table.

use serde::Serialize;
use serde_json::Value;

/// An object of a kind that Luban does not know, or a document that is no object, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Unknown(pub Value);

impl Unknown {
    /// `apiVersion`, if the document says one.
    #[must_use]
    pub fn api_version(&self) -> Option<&str> {
        self.0.get("apiVersion")?.as_str()
    }

    /// `kind`, if the document says one.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.0.get("kind")?.as_str()
    }
}
