//! The branch of a promotion: whose it is, and whether what is on it still fits.

use super::records::{Both, release_at};
use super::route::{Route, TRAILER};
use super::text::BASE;
use crate::failure::Failure;
use crate::release::branches::Commit;
use crate::release::gitops::{AUTHOR, Gitops};

/// So many commits of a branch are looked at.
const DEPTH: u32 = 20;

/// What a branch of a promotion's name is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// There is none.
    None,
    /// One commit that this promotion made, and nothing else: it may be made anew.
    Ours {
        tip: String,
        /// The commit that it stands on.
        base: String,
    },
    /// It has commits of others, which are kept.
    Touched(Commit),
    /// It is another promotion's: of another project's application, or to another environment.
    Others,
}

/// Looks at a branch.
pub(super) fn look(gitops: &Gitops<'_>, branch: &str, route: &Route) -> Result<State, Failure> {
    if gitops.fetch_some(branch, DEPTH)?.is_none() {
        return Ok(State::None);
    }
    let commits = gitops.fetched(usize::try_from(DEPTH).unwrap_or_default())?;
    Ok(judge(&commits, &route.id()))
}

/// Whose a branch is, from its last commits.
fn judge(commits: &[Commit], id: &str) -> State {
    let Some(tip) = commits.first() else {
        return State::None;
    };
    let promotion =
        |commit: &Commit| is_made_here(commit).then(|| commit.trailer(TRAILER) == Some(id));
    match promotion(tip) {
        Some(true) => State::Ours {
            tip: tip.id.clone(),
            base: tip.parents.first().cloned().unwrap_or_default(),
        },
        Some(false) => State::Others,
        None => match commits.iter().find_map(promotion) {
            Some(false) => State::Others,
            _ => State::Touched(tip.clone()),
        },
    }
}

/// Whether luban made a commit, on the very commit that it stands on: nobody has put anything below it since.
fn is_made_here(commit: &Commit) -> bool {
    commit.committer == AUTHOR.1
        && commit.trailer(TRAILER).is_some()
        && matches!(commit.parents.as_slice(), [parent] if commit.trailer(BASE) == Some(parent))
}

/// Whether a commit of a branch proposes what is wanted.
pub(super) fn proposes(
    gitops: &Gitops<'_>,
    tip: &str,
    both: &Both,
    route: &Route,
) -> Result<bool, Failure> {
    let there = release_at(gitops, tip, route, &route.to)?;
    Ok(there.is_some_and(|there| there.tag == both.wanted.tag && both.is_wanted(&there)))
}

/// Whether what a branch stands on has the file that it changes as it is now; else it could not be merged.
pub(super) fn still_fits(
    gitops: &Gitops<'_>,
    base: &str,
    both: &Both,
    route: &Route,
) -> Result<bool, Failure> {
    if base == both.head {
        return Ok(true);
    }
    let then = gitops.read(base, &route.record(&route.to))?;
    Ok(then.as_deref() == Some(both.text.as_str()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn made(id: &str) -> Commit {
        Commit {
            id: "t1".to_owned(),
            parents: vec!["b1".to_owned()],
            committer: AUTHOR.1.to_owned(),
            author: "luban".to_owned(),
            date: String::new(),
            message: format!("Promote\n\nPromotion: {id}\nDigest: sha256:1\nBase-Commit: b1\n"),
        }
    }

    fn by_somebody() -> Commit {
        Commit {
            id: "s1".to_owned(),
            parents: vec!["t1".to_owned()],
            committer: "jo@acme.dev".to_owned(),
            author: "Jo".to_owned(),
            date: String::new(),
            message: "More replicas\n".to_owned(),
        }
    }

    const ID: &str = "payments/api/prd";

    #[test]
    fn one_commit_of_this_promotion_may_be_made_anew() {
        let ours = State::Ours {
            tip: "t1".to_owned(),
            base: "b1".to_owned(),
        };
        assert_eq!(judge(&[made(ID), by_somebody()], ID), ours);
        assert_eq!(judge(&[], ID), State::None);
    }

    #[test]
    fn what_somebody_put_on_or_below_it_is_seen() {
        let above = [by_somebody(), made(ID)];
        assert_eq!(judge(&above, ID), State::Touched(by_somebody()));
        let mut below = made(ID);
        below.parents = vec!["s1".to_owned()];
        assert_eq!(
            judge(&[below.clone(), by_somebody()], ID),
            State::Touched(below)
        );
        let mut merged = made(ID);
        merged.parents.push("b2".to_owned());
        assert_eq!(
            judge(&[merged.clone(), made(ID)], ID),
            State::Touched(merged)
        );
        assert_eq!(judge(&[by_somebody()], ID), State::Touched(by_somebody()));
    }

    #[test]
    fn another_promotion_s_branch_is_known() {
        assert_eq!(judge(&[made("store/api/prd")], ID), State::Others);
        assert_eq!(
            judge(&[by_somebody(), made("payments/api/stg")], ID),
            State::Others
        );
    }
}
