//! The parts that are played on a cluster: each under the compiled ServiceAccount of whoever plays it for real. A new verb
//! is a line in [`PARTS`] and a function.

mod dispatch;
mod events;
mod kpack;
mod promote;
mod secrets;
mod stack;
mod workflows;

use super::super::document::{list_at, text_at};
use super::access::{Account, granted};
use super::deliveries::container;
use super::placement::Placed;
use super::stage::Stage;
use anyhow::Result;
use std::collections::BTreeSet;

/// A part: every account that plays it, and what it does.
struct Part {
    accounts: fn(&Stage<'_>) -> Vec<Account>,
    play: fn(&mut Stage<'_>, &Account) -> Result<()>,
}

/// In the order in which they follow each other.
const PARTS: [Part; 7] = [
    Part {
        accounts: events::sensors,
        play: events::sensor,
    },
    Part {
        accounts: |stage| verb(stage, "dispatch"),
        play: dispatch::dispatch,
    },
    Part {
        accounts: kpack::accounts,
        play: kpack::build,
    },
    Part {
        accounts: events::watchers,
        play: events::watcher,
    },
    Part {
        accounts: promote::accounts,
        play: promote::promote,
    },
    Part {
        accounts: |stage| verb(stage, "publish-stack"),
        play: stack::publish,
    },
    Part {
        accounts: workflows::accounts,
        play: workflows::executor,
    },
];

/// Plays every part. An account that may do something and plays none has its rights for nothing.
///
/// # Errors
/// When the server does not answer.
pub(super) fn play(stage: &mut Stage<'_>) -> Result<()> {
    let mut played = BTreeSet::new();
    for part in PARTS {
        for account in (part.accounts)(stage) {
            if played.insert(account.clone()) {
                stage.play(&account, part.play)?;
            }
        }
    }
    for account in subjects(stage.objects) {
        let error = match granted(stage.objects, &account).first() {
            Some(access) if !played.contains(&account) => {
                format!("may {access}, and plays no part")
            }
            _ => String::new(),
        };
        stage.tried("accounts", &account.to_string(), error);
    }
    Ok(())
}

/// The account that runs a verb of `luban step`.
fn verb(stage: &Stage<'_>, verb: &str) -> Vec<Account> {
    let found = container(stage.objects, verb);
    let account = found.map(|(_, namespace, name)| Account {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    });
    account.into_iter().collect()
}

/// Every account that a Role is bound to.
fn subjects(objects: &[Placed<'_>]) -> Vec<Account> {
    let mut accounts = BTreeSet::new();
    for binding in objects {
        if !matches!(binding.object.kind(), "RoleBinding" | "ClusterRoleBinding") {
            continue;
        }
        for subject in list_at(&binding.object.value, &["subjects"]) {
            let text = |key: &str| text_at(subject, &[key]).unwrap_or_default().to_owned();
            if text("kind") == "ServiceAccount" {
                accounts.insert(Account {
                    namespace: text("namespace"),
                    name: text("name"),
                });
            }
        }
    }
    accounts.into_iter().collect()
}
