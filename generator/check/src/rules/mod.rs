//! The rules: a folder for each family, in it one for each area, in it a file for each rule.

mod broken;
mod dangerous;
mod rejected;

use std::sync::LazyLock;

use crate::rule::Rule;

/// Declares a rule's file for each name, and the list of these rules.
macro_rules! rules {
    ($($rule:ident)*) => {
        $(mod $rule;)*
        pub(crate) static RULES: &[&crate::rule::Rule] = &[$(&$rule::RULE),*];
    };
}
pub(crate) use rules;

/// What the file of a rule needs.
pub(crate) mod prelude {
    pub(crate) use crate::argo::{View, value_is};
    pub(crate) use crate::options::As;
    #[allow(unused_imports)]
    pub(crate) use crate::rule::{
        BROKEN, Check, Confidence, DANGEROUS, Example, Family, Profile, REJECTED, Rule, Subject,
    };
    pub(crate) use crate::sink::Sink;
    pub(crate) use crate::surface::Surface;
    pub(crate) use crate::taint::{Flow, Use};
    #[allow(unused_imports)]
    pub(crate) use crate::tekton;
    pub(crate) use crate::tekton::pipeline::Pipelines;
    pub(crate) use luban_diagnostic::{Severity, did_you_mean};

    /// Kinds that hold Pipelines of Tekton.
    pub(crate) const PIPELINES: &[&str] = &["Pipeline", "PipelineRun"];

    /// Kinds that hold the templates of workflows.
    pub(crate) const WORKFLOWS: &[&str] = &[
        "Workflow",
        "WorkflowTemplate",
        "ClusterWorkflowTemplate",
        "CronWorkflow",
    ];
}

/// Every rule, by family and area, in the order in which pages list them.
pub static RULES: LazyLock<Vec<&'static Rule>> =
    LazyLock::new(|| [rejected::rules(), broken::rules(), dangerous::rules()].concat());

/// The rule of that id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
