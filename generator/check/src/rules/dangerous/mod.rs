//! What an attacker would use, and what an outage follows from.

mod events;
mod images;
mod injection;
mod pods;
mod rbac;
mod reliability;
mod secrets;
mod sources;

use crate::rule::Rule;

pub(super) fn rules() -> Vec<&'static Rule> {
    [
        injection::RULES,
        events::RULES,
        secrets::RULES,
        images::RULES,
        pods::RULES,
        rbac::RULES,
        reliability::RULES,
        sources::RULES,
    ]
    .concat()
}
