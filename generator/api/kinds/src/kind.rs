//! What is known of a kind whatever its type.

use std::fmt;

use luban_diagnostic::{Finding, did_you_mean};
use luban_yaml::{Document, Path};

use crate::{KINDS, Object};

/// Reads what stands at a path of a document as an object of one kind.
type Reader = fn(&Document, &Path) -> (Option<Object>, Vec<Finding>);

/// A row of the table of known kinds.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Group and version, or the version alone for Kubernetes' core.
    pub api_version: &'static str,
    /// The kind's name.
    pub name: &'static str,
    /// Its plural, as `kubectl` and Roles write it.
    pub plural: &'static str,
    /// Whether its objects live in a namespace.
    pub is_namespaced: bool,
    /// The release of the upstream project that the type follows.
    pub upstream: &'static str,
    pub(crate) read: Reader,
    #[cfg(feature = "schema")]
    pub(crate) schema: fn() -> schemars::Schema,
}

impl Kind {
    /// The kind of that name and version.
    #[must_use]
    pub fn of(api_version: &str, name: &str) -> Option<&'static Kind> {
        KINDS
            .iter()
            .find(|kind| kind.name == name && kind.api_version == api_version)
    }

    /// Every version of a kind by its name, its plural, or `version/name`, in any case; the newest version of each group
    /// first.
    #[must_use]
    pub fn named(name: &str) -> Vec<&'static Kind> {
        let (api_version, name) = match name.rsplit_once('/') {
            Some((api_version, name)) => (Some(api_version), name),
            None => (None, name),
        };
        KINDS
            .iter()
            .filter(|kind| {
                kind.name.eq_ignore_ascii_case(name) || kind.plural.eq_ignore_ascii_case(name)
            })
            .filter(|kind| api_version.is_none_or(|version| kind.api_version == version))
            .collect()
    }

    /// The kind whose name is nearest to one that is not known.
    #[must_use]
    pub fn nearest(name: &str) -> Option<&'static str> {
        let name = name.rsplit('/').next().unwrap_or(name);
        did_you_mean(name, KINDS.iter().map(|kind| kind.name))
    }

    /// The group; empty for Kubernetes' core.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.api_version
            .rsplit_once('/')
            .map_or("", |(group, _)| group)
    }

    /// The version without the group.
    #[must_use]
    pub fn version(&self) -> &'static str {
        self.api_version
            .rsplit_once('/')
            .map_or(self.api_version, |(_, version)| version)
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

impl fmt::Display for Kind {
    /// `tekton.dev/v1/Task`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.api_version, self.name)
    }
}

/// The `apiVersion` and `kind` that a document says it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindName {
    /// `apiVersion`; empty if the document has none.
    pub api_version: String,
    /// `kind`; empty if the document has none.
    pub kind: String,
}

impl fmt::Display for KindName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.api_version, self.kind)
    }
}
