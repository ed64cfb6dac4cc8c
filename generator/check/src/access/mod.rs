//! What ServiceAccounts may do, and what is done with them.
//!
//! Rights come from the Roles, ClusterRoles and bindings among the objects, aggregated ones too. Where a binding leads to a
//! role that is not given, or a whole group has rights, nobody knows what an account may do, and nothing is said.

mod need;
mod rights;

pub(crate) use need::{Need, account, manifest, plural, workflow_spec};
pub(crate) use rights::{Answer, Rights, items};

use luban_diagnostic::Finding;

use crate::objects::Objects;
use crate::references::{Target, named_at};
use crate::sink::Sink;

/// Whether the account is given; of one that is not, another rule says so.
fn exists(objects: &Objects, need: &Need<'_>) -> bool {
    let account = Target::ServiceAccount;
    let mut found = objects
        .universe()
        .find(account, need.account_namespace, need.account);
    account.is_built_in(need.account) || found.next().is_some()
}

/// Says what of a need a ServiceAccount may not do; nothing where that is not known.
pub(crate) fn lack(objects: &Objects, need: &Need<'_>, sink: &Sink<'_>) -> Option<Finding> {
    let rights = objects.rights();
    let mut missing = Vec::new();
    let mut near = None;
    for verb in need.verbs {
        match rights.may(objects, need, verb) {
            Answer::Yes | Answer::Unknown => {}
            Answer::No { near: role } => {
                missing.push(*verb);
                near = near.or(role);
            }
            // Without any binding its rights may be given elsewhere.
            Answer::Unbound if sink.options.is_closed && exists(objects, need) => {
                missing.push(*verb)
            }
            Answer::Unbound => return None,
        }
    }
    if missing.is_empty() {
        return None;
    }
    let place = if need.namespace.is_empty() {
        String::new()
    } else {
        format!(" in namespace `{}`", need.namespace)
    };
    let group = if need.group.is_empty() {
        String::new()
    } else {
        format!(".{}", need.group)
    };
    let message = format!(
        "ServiceAccount `{}` may not `{}` {}{group}{place}, which {} needs",
        need.account,
        missing.join("`, `"),
        need.resource,
        need.of
    );
    let mut finding = sink.finding(message).at(Some(need.place.clone()));
    match near.and_then(|position| objects.entries().get(position)) {
        Some(role) => {
            let message = format!(
                "{} `{}` is nearest to giving it",
                role.name.kind,
                role.object_name()
            );
            finding = finding.related(message, named_at(role));
        }
        None => {
            finding = finding.help(format!(
                "no Role bound to `{}` is about {}",
                need.account, need.resource
            ))
        }
    }
    Some(finding)
}
