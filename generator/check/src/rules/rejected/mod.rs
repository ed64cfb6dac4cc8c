//! What the controllers, their servers or their definitions reject.

mod argo_workflows;
mod reading;

use crate::rule::Rule;

pub(super) fn rules() -> Vec<&'static Rule> {
    [reading::RULES, argo_workflows::RULES].concat()
}
