//! Runs that are kept: no more of them, and no longer, than the pruner of Tekton's runs lets a namespace keep.

use super::scope::Scope;
use crate::model::{Build, Platform};
use luban_yaml::Path;

/// Runs that a namespace may keep of a kind, as the pruner is released; its own ConfigMap may say more
/// (tektoncd/pruner v0.3 `docs/configmap-validation.md`).
const MOST_RUNS: u32 = 100;
/// Hours that it may keep them at all: 30 days (same).
const MOST_HOURS: u32 = 30 * 24;

/// Checks what `platform` keeps of Tekton's runs.
pub(super) fn check(scope: &mut Scope<'_>, platform: &Platform) {
    let mut applications = platform.applications();
    if !applications.any(|(_, application)| matches!(application.build, Build::Railpack(_))) {
        return;
    }
    let at = Path::root().key("spec").key("runs").key("keep");
    let keep = platform.keep;
    for (key, count) in [("succeeded", keep.succeeded), ("failed", keep.failed)] {
        if count > MOST_RUNS {
            let message = format!(
                "the pruner, as it is released, lets a namespace keep {MOST_RUNS} runs, not {count}, and refuses settings with more"
            );
            let help = "write 100 or less, or raise `historyLimit` in the pruner's `tekton-pruner-default-spec`";
            scope.warn_with_help("pruner-limit", &at.key(key), message, help);
        }
    }
    if keep.hours > MOST_HOURS {
        scope.error(
            "out-of-range",
            &at.key("hours"),
            format!(
                "`hours` is {}: the pruner of Tekton's runs keeps none longer than {MOST_HOURS}, 30 days",
                keep.hours
            ),
        );
    }
}
