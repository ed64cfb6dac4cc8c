//! The Builds of a branch's run: which one is waited for, and what became of it.
//!
//! kpack never runs a Build twice, and its spec never changes. So a run that is tried again after its Build failed makes another
//! Build, with another name.

use std::collections::{BTreeMap, BTreeSet};

use super::decision::{Decision, Seen, Waiting, built};
use super::object::{Wanted, attempt_of};
use super::seen::{Build, Progress};
use crate::failure::{Exit, Failure};

/// Waiting for the Build of one run.
#[derive(Debug)]
pub(super) struct BranchWait {
    wanted: Wanted,
    /// The name of the run.
    run: String,
    builds: BTreeMap<String, Build>,
    builds_are_known: bool,
    /// UIDs of the Builds that had failed before: of an attempt that was given up.
    failed_before: BTreeSet<String>,
    /// The Build that is followed.
    followed: Option<String>,
}

impl BranchWait {
    /// Waits for `wanted` in the run called `run`.
    pub(super) fn new(wanted: Wanted, run: String) -> Self {
        Self {
            wanted,
            run,
            builds: BTreeMap::new(),
            builds_are_known: false,
            failed_before: BTreeSet::new(),
            followed: None,
        }
    }

    /// A Build was applied: it is there before a watch says so.
    pub(super) fn applied(&mut self, build: Build) {
        self.followed = Some(build.name().to_owned());
        self.builds.entry(build.name().to_owned()).or_insert(build);
    }

    /// Takes in what was seen.
    pub(super) fn see(&mut self, seen: Seen) {
        match seen {
            Seen::Builds(builds) => {
                if !self.builds_are_known {
                    let failed = builds
                        .iter()
                        .filter(|build| build.progress() == Progress::Failed);
                    self.failed_before = failed.map(|build| build.metadata.uid.clone()).collect();
                }
                self.builds = builds
                    .into_iter()
                    .map(|build| (build.name().to_owned(), build))
                    .collect();
                self.builds_are_known = true;
            }
            Seen::Build(build) => {
                self.builds.insert(build.name().to_owned(), build);
            }
            Seen::BuildGone(name) => {
                self.builds.remove(&name);
            }
            Seen::Images(_) | Seen::Image(_) | Seen::ImageGone => {}
        }
    }

    /// What to do.
    pub(super) fn decide(&mut self) -> Decision {
        if !self.builds_are_known {
            return Waiting::for_("the Kubernetes API to say which Builds there are");
        }
        let newest = |progress| {
            let all = self
                .builds
                .values()
                .filter(|build| self.is_of_this_run(build));
            all.filter(|build| build.progress() == progress)
                .max_by_key(|build| attempt_of(&self.run, build.name()))
        };
        if let Some(build) = newest(Progress::Succeeded) {
            return built(build);
        }
        if let Some(build) = newest(Progress::Unfinished) {
            let decision = match build.status.pod_name.as_str() {
                "" => Waiting::for_(format!("kpack to begin Build `{}`", build.name())),
                _ => Waiting::for_build(build),
            };
            self.followed = Some(build.name().to_owned());
            return decision;
        }
        if let Some(build) = newest(Progress::Failed) {
            return Decision::BuildFailed(build.name().to_owned());
        }
        if let Some(name) = &self.followed {
            let message = match self.builds.get(name) {
                Some(build) => format!(
                    "Build `{name}` is of commit `{}` now, not of `{}`",
                    build.spec.source.git.revision, self.wanted.revision
                ),
                None => format!("Build `{name}` was deleted before it ended"),
            };
            return Decision::End(
                Failure::new(Exit::Failed, message)
                    .help("start the run again if it is still wanted"),
            );
        }
        let names = self.builds.keys();
        let last = names.map(|name| attempt_of(&self.run, name)).max();
        Decision::Apply(last.unwrap_or_default().saturating_add(1))
    }

    /// The name of the run.
    pub(super) fn run(&self) -> &str {
        &self.run
    }

    /// A Build as it was last seen.
    pub(super) fn build(&self, name: &str) -> Option<&Build> {
        self.builds.get(name)
    }

    /// Whether a Build is what this call waits for: of its commit and tag, made for this very run and not for one of the same
    /// name that is gone.
    fn is_of_this_run(&self, build: &Build) -> bool {
        let wanted = &self.wanted;
        build.spec.source.git.revision == wanted.revision
            && build.spec.tags.contains(&wanted.tag)
            && (wanted.run.is_empty() || build.metadata.is_owned_by(&wanted.run))
            && !self.failed_before.contains(&build.metadata.uid)
    }
}
