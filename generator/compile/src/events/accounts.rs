//! Who event sources and sensors are, and what each may do.

use crate::CompileError;
use crate::names::{EVENTS, account};
use crate::rbac::Account;
use crate::tree::Folder;
use luban_command::{Grant, Need};
use luban_platform::model::{Build, Platform, Project};

/// Replicas that must be one at a time elect a leader by a Lease (Argo Events `pkg/shared/leaderelection`).
const ELECTS_LEADER: Need = Need {
    grant: Grant::OwnNamespace,
    group: "coordination.k8s.io",
    resource: "leases",
    verbs: &["create", "get", "update"],
};

const RECORDS_DEAD_LETTERS: Need = Need {
    grant: Grant::DispatchNamespace,
    group: "",
    resource: "configmaps",
    verbs: &["create"],
};

/// Sensors of providers: they create dispatch runs and nothing else, so that no event reaches a project past dispatch.
pub(crate) fn sensor_account() -> Account<'static> {
    const NEEDS: &[Need] = &[
        ELECTS_LEADER,
        RECORDS_DEAD_LETTERS,
        Need {
            grant: Grant::DispatchNamespace,
            group: "argoproj.io",
            resource: "workflows",
            verbs: &["create"],
        },
    ];
    Account {
        also: NEEDS,
        ..Account::new(EVENTS, account::SENSOR)
    }
}

/// The event source that watches kpack builds.
pub(crate) fn build_watcher_account() -> Account<'static> {
    const NEEDS: &[Need] = &[
        ELECTS_LEADER,
        Need {
            grant: Grant::CiNamespaces,
            group: "kpack.io",
            resource: "builds",
            verbs: &["list", "watch"],
        },
    ];
    Account {
        also: NEEDS,
        ..Account::new(EVENTS, account::BUILD_WATCHER)
    }
}

/// Sensors of kpack builds: they create the runs that release what kpack rebuilt.
pub(crate) fn rebuild_sensor_account() -> Account<'static> {
    const NEEDS: &[Need] = &[
        ELECTS_LEADER,
        RECORDS_DEAD_LETTERS,
        Need {
            grant: Grant::CiNamespaces,
            group: "argoproj.io",
            resource: "workflows",
            verbs: &["create"],
        },
    ];
    Account {
        also: NEEDS,
        ..Account::new(EVENTS, account::REBUILD_SENSOR)
    }
}

/// Grants what sensors do in the namespace of dispatch.
pub(crate) fn grant_in_dispatch(
    folder: &mut Folder,
    platform: &Platform,
) -> Result<(), CompileError> {
    let rebuild_sensor = watches_builds(platform).then(rebuild_sensor_account);
    for account in [Some(sensor_account()), rebuild_sensor]
        .into_iter()
        .flatten()
    {
        account.grant_in(folder, Grant::DispatchNamespace, crate::names::DISPATCH)?;
    }
    Ok(())
}

/// Whether there are kpack builds to watch; a builder alone makes none.
pub(super) fn watches_builds(platform: &Platform) -> bool {
    platform
        .projects
        .iter()
        .any(|project| builds_with_kpack(project))
}

/// Whether an application of `project` builds with kpack.
pub(super) fn builds_with_kpack(project: &Project) -> bool {
    project
        .applications
        .iter()
        .any(|application| matches!(application.build, Build::Kpack(_)))
}
