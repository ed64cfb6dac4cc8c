//! What is known about the cluster and what is asked.

use std::collections::BTreeSet;

use luban_api_argo_workflows::Workflow;

use crate::Profile;
use crate::flags::Flags;
use crate::levels::Level;

/// As what an object is judged: verdicts on arguments without values depend on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum As {
    /// As `argo lint` does: arguments of workflows may lack values.
    #[default]
    Lint,
    /// As the controller does with a Workflow that was created, and the server with a template.
    Create,
    /// As submitting a template does: every argument needs a value.
    Submit,
}

/// Which CustomResourceDefinitions the cluster has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Crds {
    /// Not known: what only full ones reject is a warning, because `argo lint` accepts it.
    #[default]
    Unknown,
    /// Full ones, the default of Argo Workflows v4: what they reject is an error.
    Full,
    /// Minimal ones, which accept any field: what only full ones reject is no finding.
    Minimal,
}

/// What is known about the cluster and what is asked.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// As what objects are judged.
    pub judged_as: As,
    /// Whether all objects are given: a reference to one that is not is an error then, else a warning.
    pub is_closed: bool,
    /// Which rules are shown.
    pub profile: Profile,
    /// Rules that are off, by id.
    pub off: BTreeSet<String>,
    /// The rules that alone are on, by id; all if there are none.
    pub only: BTreeSet<String>,
    /// Which CustomResourceDefinitions of Argo Workflows the cluster has.
    pub crds: Crds,
    /// Whether the cluster runs Argo Workflows 3, which knows fields that 4.0 removed.
    pub has_workflows_3: bool,
    /// The controller's `workflowDefaults`, whose labels and annotations variables may name.
    pub workflow_defaults: Option<Box<Workflow>>,
    /// What findings of some rules weigh in some files, if anything; of several, the last counts.
    pub levels: Vec<Level>,
    /// Tekton's feature flags.
    pub tekton: Flags,
}

impl Options {
    /// Whether a rule is on.
    #[must_use]
    pub fn has(&self, rule: &crate::Rule) -> bool {
        rule.profile <= self.profile
            && !self.off.contains(rule.id)
            && (self.only.is_empty() || self.only.contains(rule.id))
    }
}
