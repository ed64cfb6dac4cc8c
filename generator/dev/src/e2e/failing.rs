//! Commits that do not build: whoever pushed them hears of it, and nothing is released.

use super::buildctl::BROKEN as BROKEN_SITE;
use super::kpack::BROKEN;
use super::say;
use super::stations::Way;
use crate::stand_ins::git::git;
use anyhow::{Result, ensure};

/// The exit code of what failed for good.
const FAILED: i32 = 1;

impl Way<'_> {
    /// One that railpack builds and one that kpack builds.
    pub(super) fn failing(&mut self, before: &str) -> Result<()> {
        let head = self.gitops_head()?;
        let commit = self.commit(&format!("site/{BROKEN_SITE}"), "\n")?;
        let event = self.pushed(before, &commit);
        let run = self.dispatch(&event, "PipelineRun", &commit)?;
        let tasks = self.pipeline(&run)?;
        let failed = tasks.iter().filter(|task| task.status == "Failed");
        let failed: Vec<_> = failed.collect();
        let [task] = failed.as_slice() else {
            anyhow::bail!("not one task failed: {tasks:?}");
        };
        let last = task.steps.last().map(|(_, ended)| ended);
        let class = "build: a step of the build failed";
        ensure!(
            task.name == "build-amd64"
                && last.is_some_and(|last| last.code == FAILED && last.log.contains(class)),
            "`{}` ended with {last:?}",
            task.name
        );
        self.reported(&commit, "failure")?;
        say("failure", &format!("`{}` says `{class}`", task.name));

        let broken = self.commit(BROKEN, "\n")?;
        let event = self.pushed(&commit, &broken);
        let run = self.dispatch(&event, "Workflow", &broken)?;
        let outcome = self.while_kpack_builds(&run)?;
        let main = outcome.ran.first().and_then(|ran| ran.main.as_ref());
        let said = "failed: step `build` ended with exit code 51";
        ensure!(
            outcome.status == "Failed"
                && main.is_some_and(|main| main.code == FAILED && main.log.contains(said)),
            "the build of what is broken: {outcome:?}"
        );
        self.reported(&broken, "failure")?;
        say("failure", &format!("kpack-build says `{said}`"));
        let now = self.gitops_head()?;
        ensure!(now == head, "what does not build is released by {now}");
        Ok(())
    }

    fn gitops_head(&self) -> Result<String> {
        git(self.place.gitops.bare(), &["rev-parse", "main"])
    }
}
