//! The log of a Build's pod: each step in its order, as it runs.

use std::collections::BTreeSet;
use std::time::Duration;

use super::seen::Pod;
use super::transcript::Transcript;
use crate::cluster::ClusterError;
use crate::cluster::observe::{Log, Observe, Piece};

/// kpack's own containers (v0.17 `BuildSteps`); what others inject into its pods has logs of its own.
const STEPS: [&str; 8] = [
    "prepare",
    "analyze",
    "detect",
    "restore",
    "build",
    "export",
    "rebase",
    "completion",
];
/// So much of the log of a Build is shown.
const LARGEST: usize = 8 << 20;
/// A log that broke is asked for again after so long.
const PAUSE: Duration = Duration::from_secs(1);
/// So many pieces are shown before somebody else has a turn.
const MOST_AT_ONCE: usize = 64;
const NO_WAIT: Duration = Duration::from_millis(1);

/// Follows the log of one pod.
pub(super) struct Follow<'a> {
    cluster: &'a dyn Observe,
    say: &'a dyn Fn(&str),
    pod: Pod,
    /// Steps whose log was shown whole.
    shown: BTreeSet<String>,
    step: Option<Step<'a>>,
    next: Duration,
    bytes: usize,
    /// Whether no more is shown, whatever comes.
    is_over: bool,
    /// Whether the pod is gone, until there is another.
    is_gone: bool,
}

/// The step whose log is shown.
struct Step<'a> {
    name: String,
    transcript: Transcript,
    stream: Option<Box<dyn Log + 'a>>,
    /// Whether the step had ended when the stream was opened: then the stream's end is the log's.
    had_ended: bool,
}

impl<'a> Follow<'a> {
    pub(super) fn new(cluster: &'a dyn Observe, say: &'a dyn Fn(&str), pod: Pod) -> Self {
        Self {
            cluster,
            say,
            pod,
            shown: BTreeSet::new(),
            step: None,
            next: Duration::ZERO,
            bytes: 0,
            is_over: false,
            is_gone: false,
        }
    }

    /// The pod as it was last seen.
    pub(super) fn pod(&self) -> &Pod {
        &self.pod
    }

    /// The pod as it is now.
    pub(super) fn see(&mut self, pod: Pod) {
        if pod.metadata.uid != self.pod.metadata.uid {
            // kpack makes a pod again that was deleted: its log begins anew.
            self.shown.clear();
            self.step = None;
            self.next = Duration::ZERO;
        }
        self.is_gone = false;
        self.pod = pod;
    }

    /// The pod is gone, and its log with it.
    pub(super) fn gone(&mut self) {
        self.is_gone = true;
        self.step = None;
    }

    /// Whether there is nothing more to show.
    pub(super) fn is_complete(&self) -> bool {
        self.is_over
            || self.is_gone
            || (self.step.is_none() && self.pod.is_over() && self.following().is_none())
    }

    /// Whether a stream is open: where none is, whoever polls must pause.
    pub(super) fn is_open(&self) -> bool {
        self.step.as_ref().is_some_and(|step| step.stream.is_some())
    }

    /// Shows what there is at `now`; waits for it for `wait` at most, and only where a stream is open.
    pub(super) fn poll(&mut self, now: Duration, wait: Duration) {
        if self.is_over || self.is_gone || now < self.next {
            return;
        }
        let mut wait = wait;
        for _ in 0..MOST_AT_ONCE {
            if self.step.is_none() {
                let Some(name) = self.following() else {
                    return;
                };
                self.step = Some(Step {
                    name,
                    transcript: Transcript::default(),
                    stream: None,
                    had_ended: false,
                });
            }
            if !self.is_open() && !self.open(now) {
                return;
            }
            let Some(Step {
                stream: Some(stream),
                ..
            }) = &mut self.step
            else {
                return;
            };
            match stream.next(wait) {
                Piece::Bytes(bytes) => self.show(&bytes),
                Piece::Nothing => return,
                Piece::Ended => self.ended(now),
                Piece::Broken(why) => {
                    (self.say)(&format!("the log broke off, and goes on soon: {why}"));
                    self.close(now);
                    return;
                }
            }
            if self.is_over {
                return;
            }
            wait = NO_WAIT;
        }
    }

    /// The first step whose log is not shown yet, if it has one.
    fn following(&self) -> Option<String> {
        let mut steps = self.pod.steps().filter(|step| STEPS.contains(step));
        let step = steps.find(|step| !self.shown.contains(*step))?;
        let state = self.pod.state(step)?;
        (state.running.is_some() || state.terminated.is_some()).then(|| step.to_owned())
    }

    /// Opens the stream of the step; whether that worked.
    fn open(&mut self, now: Duration) -> bool {
        let Some(step) = &mut self.step else {
            return false;
        };
        let state = self.pod.state(&step.name);
        let had_ended = state.is_some_and(|state| state.terminated.is_some()) || self.pod.is_over();
        let place = (self.namespace(), self.pod.metadata.name.as_str());
        let Some(step) = &self.step else {
            return false;
        };
        let opened = self.cluster.log(place, &step.name, step.transcript.since());
        let Some(step) = &mut self.step else {
            return false;
        };
        match opened {
            Ok(stream) => {
                step.transcript.begin();
                step.stream = Some(stream);
                step.had_ended = had_ended;
                true
            }
            Err(
                error @ (ClusterError::Forbidden { .. }
                | ClusterError::Unknown { .. }
                | ClusterError::Untrusted { .. }),
            ) => {
                // A build without its log is a build all the same.
                (self.say)(&format!("warning: {error}"));
                self.is_over = true;
                false
            }
            // It has not quite started, or its node does not answer; where nothing is left of it, nothing can be shown.
            Err(ClusterError::Refused { .. }) if had_ended => {
                let name = step.name.clone();
                self.shown.insert(name);
                self.step = None;
                false
            }
            Err(_) => {
                self.next = now.saturating_add(PAUSE);
                false
            }
        }
    }

    fn namespace(&self) -> &str {
        &self.pod.metadata.namespace
    }

    fn ended(&mut self, now: Duration) {
        let is_whole = self.step.as_ref().is_some_and(|step| step.had_ended);
        if !is_whole {
            self.close(now);
            return;
        }
        if let Some(mut step) = self.step.take() {
            let rest = step.transcript.rest();
            self.print(&step.name, rest);
            self.shown.insert(step.name);
        }
    }

    fn close(&mut self, now: Duration) {
        if let Some(step) = &mut self.step {
            step.stream = None;
        }
        self.next = now.saturating_add(PAUSE);
    }

    fn show(&mut self, bytes: &[u8]) {
        if let Some(step) = &mut self.step {
            let lines = step.transcript.take(bytes);
            let name = step.name.clone();
            self.print(&name, lines);
        }
    }

    fn print(&mut self, step: &str, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            if self.is_over {
                return;
            }
            self.bytes = self.bytes.saturating_add(line.len());
            if self.bytes > LARGEST {
                let (namespace, pod) = (self.namespace(), &self.pod.metadata.name);
                (self.say)(&format!(
                    "the log is longer than {} MiB; `kubectl -n {namespace} logs {pod} --all-containers` has the rest",
                    LARGEST >> 20
                ));
                self.is_over = true;
                self.step = None;
                return;
            }
            (self.say)(&format!("[{step}] {line}"));
        }
    }
}
