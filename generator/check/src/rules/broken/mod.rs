//! What controllers accept and then fail at, or ignore.

mod argo_workflows;

use crate::rule::Rule;

pub(super) fn rules() -> Vec<&'static Rule> {
    argo_workflows::RULES.to_vec()
}
