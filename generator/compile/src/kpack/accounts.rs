//! ServiceAccounts of the `-ci` namespaces: one list of who runs which verb there.

use crate::names::account;
use crate::rbac::Account;
use luban_command::{
    BUILDS_OF_BRANCHES, KPACK_BUILD, KPACK_REBUILT, Need, PROMOTE, RELEASE, REPORT, RETAG, SBOM,
    SCAN, SIGN, Verb,
};
use luban_platform::model::{Build, Project};

static KPACK_STEP_VERBS: [&Verb; 2] = [&KPACK_BUILD, &KPACK_REBUILT];
static BRANCHES: [Need; 1] = [BUILDS_OF_BRANCHES];
static SUPPLY_CHAIN_VERBS: [&Verb; 3] = [&SCAN, &SBOM, &SIGN];
static RELEASE_VERBS: [&Verb; 2] = [&RELEASE, &RETAG];
static REPORT_VERBS: [&Verb; 1] = [&REPORT];
static PROMOTE_VERBS: [&Verb; 1] = [&PROMOTE];

/// The Secrets that kpack finds at its account in a project's `-ci` namespace: it pushes images and fetches sources with
/// them.
pub(crate) fn secrets(project: &Project) -> [&str; 2] {
    [
        project.registry.push.as_str(),
        project.provider.credentials.as_str(),
    ]
}

/// The accounts of a project's `-ci` namespace; `secrets` as [`secrets`] gives them.
pub(crate) fn ci_accounts<'a>(
    project: &Project,
    namespace: &'a str,
    secrets: &'a [&'a str],
) -> Vec<Account<'a>> {
    let of_workflows = |name, verbs| Account {
        verbs,
        runs_workflows: true,
        ..Account::new(namespace, name)
    };
    let mut accounts = vec![
        of_workflows(account::RELEASE, &RELEASE_VERBS[..]),
        of_workflows(account::REPORT, &REPORT_VERBS),
        of_workflows(account::PROMOTE, &PROMOTE_VERBS),
    ];
    let applications = || {
        let all = project.applications.iter();
        all.filter(|application| matches!(application.build, Build::Kpack(_)))
    };
    if applications().next().is_some() {
        let builds_branches =
            applications().any(|application| application.source.builds_other_branches());
        accounts.extend([
            Account {
                also: if builds_branches { &BRANCHES } else { &[] },
                ..of_workflows(account::KPACK_STEP, &KPACK_STEP_VERBS[..])
            },
            of_workflows(account::SUPPLY_CHAIN, &SUPPLY_CHAIN_VERBS),
            Account {
                secrets,
                pull_secrets: secrets.get(..1).unwrap_or_default(),
                ..Account::new(namespace, account::KPACK)
            },
        ]);
    }
    accounts
}
