//! Which applications a push builds, and as what.

use luban_platform::dispatch_table::Row;
use luban_platform::patterns::{matches_branch, matches_path};

use super::event::{GitRef, Push};

/// What a push is to an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// A run of this occasion.
    Run(&'static str),
    /// A run of this occasion, if one of the application's paths changed.
    IfChanged(&'static str),
    /// No run, and why.
    No(String),
}

/// What a push is to an application.
///
/// A branch that no pattern names builds nothing; the release branch releases; a tag is for the retagging of what was released.
pub(super) fn decide(row: &Row, push: &Push, is_rebuild: bool) -> Decision {
    let occasion = match &push.git_ref {
        GitRef::Tag(_) => "tag",
        GitRef::Branch(branch) if *branch == row.release => "release",
        GitRef::Branch(branch)
            if row
                .branches
                .iter()
                .any(|pattern| matches_branch(pattern, branch)) =>
        {
            "branch"
        }
        GitRef::Branch(branch) => {
            return Decision::No(format!(
                "branch `{}` is none of `{}`",
                branch.escape_debug(),
                row.branches.join("`, `")
            ));
        }
    };
    if !row.runs.contains_key(occasion) {
        return Decision::No(format!("it has no run for a {occasion}"));
    }
    // A tag names a commit that is built already; who asks to build again does not ask what changed.
    if row.paths.is_empty() || occasion == "tag" || is_rebuild {
        return Decision::Run(occasion);
    }
    Decision::IfChanged(occasion)
}

/// The first of the changed files that an application's paths name.
pub(super) fn touched<'f>(row: &Row, changed: &'f [String]) -> Option<&'f str> {
    let mut changed = changed.iter().map(String::as_str);
    changed.find(|file| row.paths.iter().any(|pattern| matches_path(pattern, file)))
}
