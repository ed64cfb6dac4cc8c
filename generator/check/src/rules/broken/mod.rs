//! What controllers accept and then fail at, or ignore.

mod access;
mod argo_cd;
mod argo_events;
mod argo_workflows;
mod chain;
mod expressions;
mod ignores;
mod kargo;
mod kustomize;
mod references;
mod tekton;
mod tools;
mod triggers;

use crate::rule::Rule;

pub(super) fn rules() -> Vec<&'static Rule> {
    [
        argo_workflows::RULES,
        expressions::RULES,
        tekton::pipeline::RULES,
        tekton::RULES,
        triggers::RULES,
        argo_events::RULES,
        argo_cd::RULES,
        kargo::RULES,
        kustomize::RULES,
        references::RULES,
        access::RULES,
        chain::RULES,
        tools::RULES,
        ignores::RULES,
    ]
    .concat()
}
