//! What the controllers, their servers or their definitions reject.

mod argo_cd;
mod argo_events;
mod argo_workflows;
mod definitions;
mod kargo;
mod kpack;
mod kustomize;
mod reading;
mod tekton;
mod triggers;

use crate::rule::Rule;

pub(super) fn rules() -> Vec<&'static Rule> {
    [
        reading::RULES,
        argo_workflows::RULES,
        definitions::RULES,
        tekton::task::RULES,
        tekton::pipeline::RULES,
        tekton::RULES,
        triggers::RULES,
        argo_events::RULES,
        argo_cd::RULES,
        kargo::RULES,
        kpack::RULES,
        kustomize::RULES,
    ]
    .concat()
}
