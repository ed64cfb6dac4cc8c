//! Which Build of an Image is the one that is waited for, and what became of it: a state machine over watched objects.
//!
//! kpack v0.17 makes a Build when the commit differs from that of the Image's last Build, not when a tag does, and it never makes
//! one again for a commit whose Build failed. So a Build that was there before is the answer only for the run that it was made
//! for; for any other, kpack is told to build once more.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::decision::{Decision, Seen, Waiting, built};
use super::object::{RUN, Wanted};
use super::seen::{AGAIN, Build, Image, Progress};
use crate::failure::{Exit, Failure};

/// How long kpack may say that there is nothing to build before that is believed.
const PATIENCE: Duration = Duration::from_secs(60);
/// For whom a person's call, which is no run's, has kpack build again.
const NOBODY: &str = "luban";

/// Waiting for the Build of one commit of an Image.
#[derive(Debug)]
pub(super) struct ImageWait {
    wanted: Wanted,
    /// The Image as it was applied.
    applied: Image,
    image: Option<Image>,
    images_are_known: bool,
    builds: BTreeMap<String, Build>,
    builds_are_known: bool,
    /// UIDs of the Builds that had failed before: of an attempt that was given up.
    failed_before: BTreeSet<String>,
    /// The number of the Build after which kpack was told to build once more.
    again_after: Option<u64>,
    /// The Build that is followed.
    followed: Option<String>,
    /// Since when kpack says that there is nothing to build.
    idle_since: Option<Duration>,
}

impl ImageWait {
    /// Waits for `wanted` of an Image as the API gave it back when it was applied.
    pub(super) fn new(wanted: Wanted, applied: Image) -> Self {
        Self {
            wanted,
            applied,
            image: None,
            images_are_known: false,
            builds: BTreeMap::new(),
            builds_are_known: false,
            failed_before: BTreeSet::new(),
            again_after: None,
            followed: None,
            idle_since: None,
        }
    }

    /// The namespace of the Image.
    pub(super) fn namespace(&self) -> &str {
        &self.applied.metadata.namespace
    }

    /// A Build as it was last seen.
    pub(super) fn build(&self, name: &str) -> Option<&Build> {
        self.builds.get(name)
    }

    /// For whom kpack is told to build once more.
    pub(super) fn key(&self) -> &str {
        match self.wanted.run.as_str() {
            "" => NOBODY,
            run => run,
        }
    }

    /// kpack was told to build once more after that Build.
    pub(super) fn told(&mut self, build: &str) {
        let number = self.builds.get(build).map(Build::number);
        self.again_after = self.again_after.max(number);
    }

    /// Takes in what was seen.
    pub(super) fn see(&mut self, seen: Seen) {
        match seen {
            Seen::Images(images) => {
                self.image = images.into_iter().next();
                self.images_are_known = true;
            }
            Seen::Image(image) => self.image = Some(image),
            Seen::ImageGone => self.image = None,
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
        }
    }

    /// What to do, `now` after the wait began.
    pub(super) fn decide(&mut self, now: Duration) -> Decision {
        if !self.images_are_known || !self.builds_are_known {
            return Waiting::for_("the Kubernetes API to say which Builds there are");
        }
        let name = &self.applied.metadata.name;
        let Some(image) = &self.image else {
            return end(
                Exit::Failed,
                format!("Image `{name}` was deleted while its build was awaited"),
            );
        };
        if image.metadata.uid != self.applied.metadata.uid {
            let message =
                format!("Image `{name}` was deleted and made again while its build was awaited");
            return end(Exit::Failed, message);
        }
        let mark = self.mark();
        let of_this_run = |build: &&Build| self.is_of_this_run(build, mark);
        let newest = |progress| {
            let all = self.of_image().filter(of_this_run);
            all.filter(|build| build.progress() == progress)
                .max_by_key(|build| build.number())
        };
        // A rebuild of kpack's own that comes after takes nothing away from what was built.
        if let Some(build) = newest(Progress::Succeeded) {
            return built(build);
        }
        if let Some(build) = newest(Progress::Unfinished) {
            let decision = Waiting::for_build(build);
            self.followed = Some(build.name().to_owned());
            return decision;
        }
        if let Some(build) = newest(Progress::Failed) {
            return Decision::BuildFailed(build.name().to_owned());
        }
        if let Some(name) = &self.followed {
            return end(
                Exit::Failed,
                format!("Build `{name}` was deleted before it ended"),
            );
        }
        if let Some(decision) = self.superseded(image) {
            return decision;
        }
        let last = self.of_image().max_by_key(|build| build.number());
        if let Some(last) = last
            && last.spec.source.git.revision == self.wanted.revision
        {
            return match last.progress() {
                _ if mark.is_some_and(|mark| mark >= last.number()) => {
                    Waiting::for_(format!("kpack to build once more after `{}`", last.name()))
                }
                Progress::Unfinished => Waiting::for_(format!(
                    "Build `{}` of the same commit, which another run began, to end",
                    last.name()
                )),
                _ => Decision::Again(last.name().to_owned()),
            };
        }
        if let Some(last) = last
            && last.progress() == Progress::Unfinished
        {
            let (name, commit) = (last.name(), &last.spec.source.git.revision);
            return Waiting::for_(format!(
                "Build `{name}` of commit `{commit}` to end: kpack builds an Image once at a time"
            ));
        }
        let (decision, is_idle) = not_begun(image, self.applied.metadata.generation);
        if !is_idle {
            self.idle_since = None;
            return decision;
        }
        let since = *self.idle_since.get_or_insert(now);
        if now.saturating_sub(since) < PATIENCE {
            return decision;
        }
        let revision = &self.wanted.revision;
        let failure = Failure::new(
            Exit::Failed,
            format!(
                "kpack says that Image `{name}` is up to date, and has no Build of commit `{revision}`"
            ),
        );
        Decision::End(failure.help(
            "kpack keeps an older commit of the same files where its flag GIT_RESOLVER_USE_SHALLOW_CLONE is on: switch it off",
        ))
    }

    /// The Builds of this very Image: one of the same name that was deleted may have left some.
    fn of_image(&self) -> impl Iterator<Item = &Build> {
        let uid = &self.applied.metadata.uid;
        self.builds
            .values()
            .filter(move |build| build.metadata.is_owned_by(uid))
    }

    /// The number of the last Build after which kpack was told to build once more for this run, by this call or by one before.
    fn mark(&self) -> Option<u64> {
        let marked = self
            .of_image()
            .filter(|build| build.metadata.annotation(AGAIN) == self.key());
        marked.map(Build::number).max().max(self.again_after)
    }

    /// Whether a Build is what this call waits for: of its commit, with its tag, made since this run applied the Image.
    fn is_of_this_run(&self, build: &Build, mark: Option<u64>) -> bool {
        let wanted = &self.wanted;
        let is_wanted = build.spec.source.git.revision == wanted.revision
            && build.spec.tags.contains(&wanted.tag);
        let is_made_for_it = match mark {
            Some(mark) => build.number() > mark,
            None if wanted.run.is_empty() => {
                build.image_generation() >= self.applied.metadata.generation
            }
            None => build.metadata.annotation(RUN) == wanted.run,
        };
        is_wanted && is_made_for_it && !self.failed_before.contains(&build.metadata.uid)
    }

    /// Whether somebody applied the Image for something else: kpack will never build this commit then.
    fn superseded(&self, image: &Image) -> Option<Decision> {
        let wanted = &self.wanted;
        let now = &image.spec.source.git.revision;
        let name = &image.metadata.name;
        if *now != wanted.revision {
            let message = format!(
                "commit `{}` was superseded before kpack built it: Image `{name}` is at commit `{now}` now",
                wanted.revision
            );
            return Some(Decision::End(
                Failure::new(Exit::Refused, message)
                    .help("nothing to do: the other commit's run builds"),
            ));
        }
        if !image.spec.additional_tags.contains(&wanted.tag) {
            let message = format!(
                "Image `{name}` was given other tags than `{}` before kpack built it",
                wanted.tag
            );
            return Some(end(Exit::Refused, message));
        }
        None
    }
}

/// Why there is no Build yet, and whether kpack says that there is nothing to build.
fn not_begun(image: &Image, generation: u64) -> (Decision, bool) {
    let name = &image.metadata.name;
    if image.status.observed_generation < generation {
        let what =
            format!("kpack to look at Image `{name}`, which it has not done since it was applied");
        return (Waiting::for_(what), false);
    }
    let Some(ready) = image.ready() else {
        let what = format!("kpack to say how Image `{name}` is");
        return (Waiting::for_(what), false);
    };
    let is_idle = ready.status == "True";
    let what = if is_idle || ready.message.is_empty() {
        format!("kpack to make a Build of Image `{name}`")
    } else {
        format!(
            "kpack to make a Build of Image `{name}` ({}: {})",
            ready.reason, ready.message
        )
    };
    (Waiting::for_(what), is_idle)
}

fn end(exit: Exit, message: String) -> Decision {
    Decision::End(Failure::new(exit, message).help("start the run again if it is still wanted"))
}
