//! Git tags: what the first environment has released for their commit is tagged and promoted, and nothing else.

use super::event::{metadata, pushed};
use super::kpack::APPLICATION;
use super::say;
use super::stations::Way;
use crate::stand_ins::argo::Outcome;
use crate::stand_ins::git::git;
use crate::stand_ins::registry::manifest;
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

/// What stands for a ref that was not there before.
const NONE: &str = "0000000000000000000000000000000000000000";
/// The exit code of what may not be.
const REFUSED: i32 = 4;

impl Way<'_> {
    /// The tag of a commit that is released, and that of one that is not; gives the newest commit.
    pub(super) fn tags(&mut self, commit: &str) -> Result<String> {
        let before = self.place.gitops.pulls().len();
        let snd = self.place.deployed(APPLICATION, "snd")?;
        let (_, digest) = snd.rsplit_once('@').context("snd runs no digest")?;
        let event = self.tag("v1.0.0", commit)?;
        let runs = self.dispatch_all(&event, "Workflow", commit)?;
        let (own, others): (Vec<_>, Vec<_>) = runs.into_iter().partition(is_own);
        let [run] = own.as_slice() else {
            bail!("there are {} runs for the tag, not one", own.len());
        };
        self.workflow(run)?;
        self.reported(commit, "success")?;
        self.is_refused(&others, commit)?;
        let found = manifest(&self.repository(), "v1.0.0", &self.place.credentials)?;
        ensure!(
            found.digest.as_str() == digest,
            "`v1.0.0` is {}, where snd has released {digest}",
            found.digest
        );
        let pulls = self.place.gitops.pulls();
        let new = pulls.get(before..).unwrap_or_default();
        let [pull] = new else {
            bail!("there are the new pull requests {new:?}, not one");
        };
        ensure!(
            pull.state == "open" && pull.head.ends_with("v1.0.0"),
            "the pull request is {pull:?}"
        );
        say(
            "tag",
            &format!("v1.0.0 is {digest}, proposed by {}", pull.head),
        );
        self.merge(APPLICATION, &pull.head, digest)?;

        // Nobody heard of this push: no run has released it.
        let unreleased = self.commit("api/main.py", "print('later')\n")?;
        let event = self.tag("v2.0.0", &unreleased)?;
        let runs = self.dispatch_all(&event, "Workflow", &unreleased)?;
        ensure!(runs.iter().any(is_own), "there is no run for the tag");
        self.is_refused(&runs, &unreleased)?;
        ensure!(
            self.place.gitops.pulls().len() == pulls.len(),
            "what is not released is proposed"
        );
        let found = manifest(&self.repository(), "v2.0.0", &self.place.credentials);
        ensure!(found.is_err(), "what is not released is tagged");
        Ok(unreleased)
    }

    /// Runs for the tag of a commit that their application has not released end as refused, and whoever tagged hears of it.
    fn is_refused(&mut self, runs: &[Value], commit: &str) -> Result<()> {
        for run in runs {
            let outcome = self.carry_out(run)?;
            let said = format!("no release of `{commit}` is recorded");
            ensure!(
                outcome.status == "Failed" && refuses(&outcome, &said),
                "the tag of what is not released: {outcome:?}"
            );
            self.reported(commit, "failure")?;
            let name = metadata(run, "name");
            say("refused", &format!("{name}: {said}"));
        }
        Ok(())
    }

    /// Pushes a tag; gives its event.
    fn tag(&self, name: &str, commit: &str) -> Result<Value> {
        let clone = self.place.source_clone();
        git(&clone, &["tag", name, commit])?;
        git(&clone, &["push", "--quiet", "origin", name])?;
        let reference = format!("refs/tags/{name}");
        Ok(pushed(&self.place.source.url(), &reference, NONE, commit))
    }
}

fn is_own(run: &Value) -> bool {
    run["metadata"]["labels"]["luban.dev/application"] == APPLICATION
}

/// Whether the first pod refused what it was asked and said why, and none came after it.
fn refuses(outcome: &Outcome, said: &str) -> bool {
    let mut pods = outcome
        .ran
        .iter()
        .filter(|ran| ran.node.starts_with("main."));
    let (Some(ran), None) = (pods.next(), pods.next()) else {
        return false;
    };
    let main = ran.main.as_ref();
    main.is_some_and(|main| main.code == REFUSED && main.log.contains(said))
}
