//! Where rules put what they find.

use std::cell::RefCell;

use luban_diagnostic::{Finding, Place, Severity};
use luban_yaml::{Cursor, Path};

use crate::objects::Entry;
use crate::options::{Crds, Options};
use crate::reading::differs_in_case;
use crate::rule::Rule;
use crate::tekton;

/// Whose document a finding is in, if it is not the checked object's own.
#[derive(Debug, Clone)]
pub(crate) struct Foreign {
    /// What it is called: ``WorkflowTemplate `build` ``.
    pub(crate) name: String,
    /// The reference in the checked object.
    pub(crate) reference: Option<Place>,
}

/// A finding, and whose document it is in.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) finding: Finding,
    pub(crate) foreign: Option<Foreign>,
}

/// Where one rule puts what it finds in one object.
pub(crate) struct Sink<'a> {
    pub(crate) rule: &'static Rule,
    pub(crate) options: &'a Options,
    pub(crate) found: Vec<Found>,
    /// Messages of the reader that say why something is missing.
    pub(crate) blamed: RefCell<Vec<String>>,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(rule: &'static Rule, options: &'a Options) -> Self {
        Self {
            rule,
            options,
            found: Vec::new(),
            blamed: RefCell::default(),
        }
    }

    /// A finding of this rule, still without a place.
    pub(crate) fn finding(&self, message: impl Into<String>) -> Finding {
        Finding::new(self.rule.id, self.rule.severity, message)
    }

    /// A finding of something that is not among the objects: an error if all are given, else a warning.
    pub(crate) fn missing(&self, message: impl Into<String>) -> Finding {
        let mut finding = self.finding(message);
        finding.severity = if self.options.is_closed {
            Severity::Error
        } else {
            Severity::Warning
        };
        finding
    }

    /// Whether the reader already said of the mapping `path` that `field` is misspelt there: that it is missing is no news then,
    /// but makes what the reader said an error.
    pub(crate) fn is_misspelt(&self, entry: &Entry, path: &Path, field: &str) -> bool {
        let Some(message) = entry.misspelt(path, field) else {
            return false;
        };
        self.blamed.borrow_mut().push(message.to_owned());
        true
    }

    /// The same of a mapping that a cursor stands at.
    pub(crate) fn is_misspelt_in(&self, entry: &Entry, of: Cursor<'_>, field: &str) -> bool {
        let Some(message) = tekton::misspelt(entry, of, field) else {
            return false;
        };
        // Upstream finds it all the same.
        if differs_in_case(message) {
            return true;
        }
        self.blamed.borrow_mut().push(message.to_owned());
        true
    }

    /// A finding that only the cluster's full definitions refuse, with the weight that it has then; none for minimal ones.
    pub(crate) fn refused_by_definitions(&self, mut finding: Finding) -> Option<Finding> {
        match self.options.crds {
            Crds::Full => {}
            Crds::Unknown => finding.severity = Severity::Warning,
            Crds::Minimal => return None,
        }
        Some(finding)
    }

    /// Puts a finding in the checked object.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.found.push(Found {
            finding,
            foreign: None,
        });
    }

    /// Puts a finding in the checked object or in one that it refers to.
    pub(crate) fn push_in(&mut self, foreign: Option<Foreign>, finding: Finding) {
        self.found.push(Found { finding, foreign });
    }
}
