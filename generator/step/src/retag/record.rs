//! What the first environment's release records for a commit, now or before.

use crate::failure::{Exit, Failure};
use crate::release::gitops::Gitops;
use crate::release::record::{FILE, Record, Release, released};

/// So many commits that speak of the same source commit are looked at.
const LOOKED_AT: usize = 50;

/// The newest release of `commit` in `directory`: that of today, or one that another has followed.
///
/// # Errors
/// When there is none, which is exit code 4, or the GitOps repository cannot be read.
pub(super) fn find(
    gitops: &Gitops<'_>,
    branch: &str,
    directory: &str,
    commit: &str,
) -> Result<Release, Failure> {
    let path = format!("{}/{FILE}", directory.trim_end_matches('/'));
    let head = gitops.fetch(branch)?.ok_or_else(|| {
        Failure::new(
            Exit::Failed,
            format!("the GitOps repository has no branch `{branch}`"),
        )
        .help("platform.yaml says with `gitops.branch` which it is")
    })?;
    let now = gitops.read(&head, &path)?.ok_or_else(|| {
        Failure::new(
            Exit::Failed,
            format!("there is no `{path}` in the GitOps repository"),
        )
        .help("run `luban generate` and commit what it writes: the application may be new, or gone")
    })?;
    if let Some(release) = of(&path, &now, commit)? {
        return Ok(release);
    }
    // What a message says only tells where to look: what counts is the file.
    let line = format!("Source-Commit: {commit}");
    for past in gitops.history(branch, &line)?.iter().take(LOOKED_AT) {
        let text = gitops.read(past, &path)?.unwrap_or_default();
        // A file of the past may have been something else.
        if let Ok(Some(release)) = of(&path, &text, commit) {
            return Ok(release);
        }
    }
    let message = format!("no release of `{commit}` is recorded in `{path}`");
    Err(Failure::new(Exit::Refused, message).help(
        "only what the first environment has released is promoted: push the commit to the branch that releases, and tag it then",
    ))
}

fn of(path: &str, text: &str, commit: &str) -> Result<Option<Release>, Failure> {
    // overlays/<project>/<application>/<environment>/release/kustomization.yaml
    let application = path.rsplit('/').nth(3).unwrap_or_default();
    let release = released(path, &Record::read(path, text)?, application)?;
    Ok(release.filter(|release| release.revision == commit))
}
