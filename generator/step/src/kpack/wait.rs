//! Waiting for a Build: what is seen goes into a state machine, what it decides is done, and the log is shown meanwhile.

use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::branch::BranchWait;
use super::decision::{Built, Decision, Seen, Waiting, timeout};
use super::failed::failure;
use super::follow::Follow;
use super::image::ImageWait;
use super::object::{API_VERSION, Compiled, Object, RUN, Wanted};
use super::seen::{self, AGAIN, BUILD, Build, IMAGE, Image, Pod};
use super::watcher::{News, Watcher};
use crate::cluster::Place;
use crate::cluster::observe::{Observe, Which};
use crate::failure::{Exit, Failure};
use crate::world::World;

/// How long something new is waited for before somebody else has a turn: being asked to stop is seen after that.
const TURN: Duration = Duration::from_millis(200);
const NO_WAIT: Duration = Duration::from_millis(1);
/// How long the rest of a log is waited for once the Build has ended.
const LAST_WORDS: Duration = Duration::from_secs(30);

/// What waiting needs.
pub(super) struct Wait<'a> {
    pub(super) cluster: &'a dyn Observe,
    pub(super) world: &'a World<'a>,
    /// Says a line in the log.
    pub(super) say: &'a dyn Fn(&str),
    pub(super) wanted: Wanted,
    pub(super) limit: Duration,
}

/// What is waited for.
enum Machine {
    Image(Box<ImageWait>),
    Branch(Box<(BranchWait, Compiled)>),
}

impl Machine {
    fn see(&mut self, seen: Seen) {
        match self {
            Self::Image(wait) => wait.see(seen),
            Self::Branch(branch) => branch.0.see(seen),
        }
    }

    fn decide(&mut self, now: Duration) -> Decision {
        match self {
            Self::Image(wait) => wait.decide(now),
            Self::Branch(branch) => branch.0.decide(),
        }
    }

    fn build(&self, name: &str) -> Option<&Build> {
        match self {
            Self::Image(wait) => wait.build(name),
            Self::Branch(branch) => branch.0.build(name),
        }
    }
}

/// What is watched.
struct Watched<'a> {
    images: Option<Watcher<'a>>,
    builds: Watcher<'a>,
    /// The pod of a Build of that name.
    pod: Option<(String, Watcher<'a>)>,
    log: Option<Follow<'a>>,
    /// The Build whose log cannot be shown.
    without_log: Option<String>,
}

impl<'a> Wait<'a> {
    /// Applies the object and waits for the Build of the commit.
    pub(super) fn run(&'a self, object: Object) -> Result<Built, Failure> {
        // Whatever it was asked to stop in the middle of, the Build is there.
        self.built(object).map_err(|failure| match failure.exit {
            Exit::Cancelled => stopped(),
            _ => failure,
        })
    }

    fn built(&'a self, object: Object) -> Result<Built, Failure> {
        self.go_on()?;
        let (mut machine, mut watched) = self.begin(object)?;
        let started = self.world.clock.instant();
        let mut said = Waiting::default();
        loop {
            self.go_on()?;
            let now = self.since(started);
            self.look(&mut machine, &mut watched, now)?;
            match machine.decide(now) {
                Decision::Wait(waiting) if now >= self.limit => {
                    return Err(self.too_long(&waiting, &watched));
                }
                Decision::Wait(waiting) => {
                    if waiting != said {
                        (self.say)(&format!("waiting for {}", waiting.what));
                    }
                    if let Some(build) = &waiting.build {
                        self.watch_pod(&mut watched, build);
                    }
                    said = waiting;
                }
                Decision::Again(build) => self.again(&mut machine, &build)?,
                Decision::Apply(attempt) => self.apply(&mut machine, attempt)?,
                Decision::Built(built) => {
                    self.watch_pod(&mut watched, &built.build);
                    self.show_rest(&mut watched, started);
                    return Ok(built);
                }
                Decision::BuildFailed(name) => {
                    self.watch_pod(&mut watched, &name);
                    self.show_rest(&mut watched, started);
                    let pod = watched.log.as_ref().map(Follow::pod);
                    let build = machine.build(&name);
                    return Err(build.map_or_else(
                        || Failure::new(Exit::Failed, format!("Build `{name}` failed")),
                        |build| failure(build, pod),
                    ));
                }
                Decision::End(failure) => return Err(failure),
            }
        }
    }

    fn begin(&'a self, object: Object) -> Result<(Machine, Watched<'a>), Failure> {
        let wanted = self.wanted.clone();
        let (machine, images, namespace, which) = match object {
            Object::Image(compiled) => {
                let applied = self.cluster.apply(&compiled.image(&wanted))?;
                let applied: Image = self.read("Image", applied)?;
                let name = compiled.name().to_owned();
                (self.say)(&format!(
                    "applied Image `{}/{name}` for commit `{}`",
                    compiled.namespace, wanted.revision
                ));
                let which = Which::Named(name.clone());
                let images = Watcher::new(self.cluster, place("Image", &compiled.namespace), which);
                let machine = Machine::Image(Box::new(ImageWait::new(wanted, applied)));
                let which = Which::Labelled(IMAGE, name);
                (machine, Some(images), compiled.namespace, which)
            }
            Object::Build(compiled, run) => {
                let namespace = compiled.namespace.clone();
                let which = Which::Labelled(RUN, run.clone());
                let machine = Machine::Branch(Box::new((BranchWait::new(wanted, run), compiled)));
                (machine, None, namespace, which)
            }
        };
        let builds = Watcher::new(self.cluster, place("Build", &namespace), which);
        let watched = Watched {
            images,
            builds,
            pod: None,
            log: None,
            without_log: None,
        };
        Ok((machine, watched))
    }

    /// Takes in what is new; waits a moment for it.
    fn look(
        &'a self,
        machine: &mut Machine,
        watched: &mut Watched<'a>,
        now: Duration,
    ) -> Result<(), Failure> {
        if let Some(images) = &mut watched.images {
            for news in images.poll(now, NO_WAIT)? {
                machine.see(match news {
                    News::All(all) => Seen::Images(self.read_all("Image", all)?),
                    News::Set(image) => Seen::Image(self.read("Image", image)?),
                    News::Removed(_) => Seen::ImageGone,
                });
            }
        }
        let is_log_open = watched.log.as_ref().is_some_and(Follow::is_open);
        let wait = if is_log_open { NO_WAIT } else { TURN };
        let is_anything_open = watched.builds.is_open() || is_log_open;
        for news in watched.builds.poll(now, wait)? {
            machine.see(match news {
                News::All(all) => Seen::Builds(self.read_all("Build", all)?),
                News::Set(build) => Seen::Build(self.read("Build", build)?),
                News::Removed(build) => {
                    Seen::BuildGone(self.read::<Build>("Build", build)?.metadata.name)
                }
            });
        }
        self.look_at_pod(watched, now, TURN);
        if !is_anything_open && !watched.builds.is_open() {
            self.world.clock.sleep(TURN);
        }
        Ok(())
    }

    /// Shows what the log has to say. A build without its log is a build all the same.
    fn look_at_pod(&'a self, watched: &mut Watched<'a>, now: Duration, wait: Duration) {
        if let Some((build, pods)) = &mut watched.pod {
            let pods = match self.pods(pods, now) {
                Ok(pods) => pods,
                // Whoever was asked to stop has said so.
                Err(_) if self.world.stop.is_asked() => return,
                Err(failure) => {
                    (self.say)(&format!(
                        "warning: the log of Build `{build}` is not shown: {}",
                        failure.message
                    ));
                    watched.without_log = Some(build.clone());
                    watched.log = None;
                    watched.pod = None;
                    return;
                }
            };
            for pod in pods {
                match (&mut watched.log, pod) {
                    (Some(log), Some(pod)) => log.see(pod),
                    (Some(log), None) => log.gone(),
                    (None, Some(pod)) => {
                        if let Some(why) = pod.unscheduled() {
                            (self.say)(&format!(
                                "no node takes pod `{}` yet: {why}",
                                pod.metadata.name
                            ));
                        }
                        watched.log = Some(Follow::new(self.cluster, self.say, pod));
                    }
                    (None, None) => {}
                }
            }
        }
        if let Some(log) = &mut watched.log {
            log.poll(now, wait);
        }
    }

    /// The pod as it is, or is no more, each time that changed.
    fn pods(&self, pods: &mut Watcher<'a>, now: Duration) -> Result<Vec<Option<Pod>>, Failure> {
        let news = pods.poll(now, NO_WAIT)?.into_iter();
        news.map(|news| {
            Ok(match news {
                News::All(all) => self.read_all::<Pod>("Pod", all)?.into_iter().next(),
                News::Set(pod) => Some(self.read::<Pod>("Pod", pod)?),
                News::Removed(_) => None,
            })
        })
        .collect()
    }

    fn watch_pod(&'a self, watched: &mut Watched<'a>, build: &str) {
        let is_watched = watched.pod.as_ref().is_some_and(|(name, _)| name == build);
        if is_watched || watched.without_log.as_deref() == Some(build) {
            return;
        }
        let place = Place {
            api_version: "v1",
            kind: "Pod",
            namespace: watched.builds.namespace().to_owned(),
        };
        let which = Which::Labelled(BUILD, build.to_owned());
        watched.pod = Some((build.to_owned(), Watcher::new(self.cluster, place, which)));
        watched.log = None;
    }

    /// Shows the rest of the log of a Build that has ended.
    fn show_rest(&'a self, watched: &mut Watched<'a>, started: Instant) {
        let until = self.since(started).saturating_add(LAST_WORDS);
        let mut is_listed = false;
        loop {
            let now = self.since(started);
            // What went wrong with showing the log says nothing of the Build.
            if now >= until || self.world.stop.is_asked() || watched.pod.is_none() {
                return;
            }
            self.look_at_pod(watched, now, TURN);
            match &watched.log {
                Some(log) if log.is_complete() => return,
                // Its pod is gone already.
                None if is_listed => return,
                Some(log) if log.is_open() => {}
                _ => self.world.clock.sleep(TURN),
            }
            is_listed = watched
                .pod
                .as_ref()
                .is_some_and(|(_, pods)| pods.is_listed());
        }
    }

    /// Has kpack build once more after a Build that is not this run's.
    fn again(&self, machine: &mut Machine, build: &str) -> Result<(), Failure> {
        let Machine::Image(wait) = machine else {
            return Ok(());
        };
        let namespace = wait.namespace().to_owned();
        let key = wait.key().to_owned();
        let is_there = self
            .cluster
            .annotate(&place("Build", &namespace), build, (AGAIN, &key))?;
        if is_there {
            (self.say)(&format!(
                "commit `{}` was built before, by `{build}`: kpack builds it once more",
                self.wanted.revision
            ));
        }
        // If it is gone, the next thing that is seen says so.
        wait.told(build);
        Ok(())
    }

    fn apply(&self, machine: &mut Machine, attempt: u64) -> Result<(), Failure> {
        let Machine::Branch(branch) = machine else {
            return Ok(());
        };
        let (wait, compiled) = branch.as_mut();
        let object = compiled.build(&self.wanted, wait.run(), attempt);
        let applied = self.cluster.apply(&object)?;
        let build: Build = self.read("Build", applied)?;
        (self.say)(&format!(
            "applied Build `{}/{}` for commit `{}`",
            compiled.namespace,
            build.name(),
            self.wanted.revision
        ));
        wait.applied(build);
        Ok(())
    }

    fn go_on(&self) -> Result<(), Failure> {
        match self.world.stop.is_asked() {
            true => Err(stopped()),
            false => Ok(()),
        }
    }

    fn too_long(&self, waiting: &Waiting, watched: &Watched<'_>) -> Failure {
        let trouble = watched.images.as_ref().and_then(Watcher::trouble);
        match trouble.or_else(|| watched.builds.trouble()) {
            None => timeout(self.limit, waiting),
            Some(trouble) => Failure::new(
                Exit::Transient,
                format!("gave up after {} s: {trouble}", self.limit.as_secs()),
            ),
        }
    }

    fn since(&self, started: Instant) -> Duration {
        self.world
            .clock
            .instant()
            .saturating_duration_since(started)
    }

    fn read<T: DeserializeOwned>(&self, kind: &str, object: Value) -> Result<T, Failure> {
        seen::read(object).map_err(|why| {
            Failure::new(
                Exit::Failed,
                format!("the Kubernetes API gave a {kind} that cannot be read: {why}"),
            )
            .help("`targets.kpack` of the platform must be the version that the cluster runs")
        })
    }

    fn read_all<T: DeserializeOwned>(
        &self,
        kind: &str,
        all: Vec<Value>,
    ) -> Result<Vec<T>, Failure> {
        all.into_iter().map(|one| self.read(kind, one)).collect()
    }
}

fn stopped() -> Failure {
    Failure::new(Exit::Cancelled, "stopped waiting, as this pod was asked to")
        .help("the Build goes on, and the next attempt of this run comes back to it")
}

/// Where kpack's objects of a namespace are.
pub(super) fn place(kind: &'static str, namespace: &str) -> Place {
    Place {
        api_version: API_VERSION,
        kind,
        namespace: namespace.to_owned(),
    }
}
