//! Objects of one place, watched for as long as it takes: listed, watched from there on, listed again when the API forgot where.

use std::time::Duration;

use serde_json::Value;

use crate::cluster::observe::{Change, Changes, Observe, Which};
use crate::cluster::{ClusterError, Place};

/// Pauses before the API is asked again: the first, and the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);
/// So much is taken in at once.
const MOST_AT_ONCE: usize = 500;
/// What lies between two looks at what is there already.
const NO_WAIT: Duration = Duration::from_millis(1);
/// A watch that says nothing for so long is taken for dead: the API ends each before that.
const SILENCE: Duration = Duration::from_secs(150);

/// What is new.
#[derive(Debug)]
pub(super) enum News {
    /// All that is there now.
    All(Vec<Value>),
    /// New or changed.
    Set(Value),
    /// Gone.
    Removed(Value),
}

/// A list and the watches after it.
pub(super) struct Watcher<'a> {
    cluster: &'a dyn Observe,
    place: Place,
    which: Which,
    /// From when on the next watch goes; none: it is listed first.
    version: Option<String>,
    stream: Option<Box<dyn Changes + 'a>>,
    /// When the stream last said something.
    heard: Duration,
    /// When the API is asked again.
    next: Duration,
    pause: Duration,
    /// What is wrong at the moment.
    trouble: Option<String>,
}

impl<'a> Watcher<'a> {
    pub(super) fn new(cluster: &'a dyn Observe, place: Place, which: Which) -> Self {
        Self {
            cluster,
            place,
            which,
            version: None,
            stream: None,
            heard: Duration::ZERO,
            next: Duration::ZERO,
            pause: FIRST_PAUSE,
            trouble: None,
        }
    }

    /// What keeps the API from answering, if something does.
    pub(super) fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// What is new at `now`; waits for it for `wait` at most, and only where there is something to wait for.
    ///
    /// # Errors
    /// When the API refuses: that does not pass. Where it does not answer, it is asked again later.
    pub(super) fn poll(
        &mut self,
        now: Duration,
        wait: Duration,
    ) -> Result<Vec<News>, ClusterError> {
        let mut news = Vec::new();
        if now < self.next {
            return Ok(news);
        }
        let Some(version) = self.version.clone() else {
            match self.cluster.list(&self.place, &self.which) {
                Ok(listed) => {
                    self.trouble = None;
                    self.version = Some(listed.version);
                    news.push(News::All(listed.objects));
                }
                Err(error) => self.broke(now, error)?,
            }
            return Ok(news);
        };
        if self.stream.is_none() {
            match self.cluster.watch(&self.place, &self.which, &version) {
                Ok(Some(stream)) => {
                    self.trouble = None;
                    self.stream = Some(stream);
                    self.heard = now;
                }
                Ok(None) => {
                    self.version = None;
                    self.rest(now);
                }
                Err(error) => self.broke(now, error)?,
            }
        }
        let mut wait = wait;
        while let Some(stream) = &mut self.stream
            && news.len() < MOST_AT_ONCE
        {
            match stream.next(wait) {
                Change::Set(object) => {
                    self.goes_on(now, version_of(&object));
                    news.push(News::Set(object));
                }
                Change::Removed(object) => {
                    self.goes_on(now, version_of(&object));
                    news.push(News::Removed(object));
                }
                Change::Version(version) => self.goes_on(now, Some(version)),
                Change::Nothing => {
                    if now.saturating_sub(self.heard) > SILENCE {
                        self.stream = None;
                    }
                    break;
                }
                Change::Ended => {
                    self.stream = None;
                    // One that ends at once, again and again, is not asked for without a pause.
                    if now.saturating_sub(self.heard) < FIRST_PAUSE {
                        self.rest(now);
                    }
                }
                Change::Gone => {
                    self.stream = None;
                    self.version = None;
                    self.rest(now);
                }
                Change::Broken(error) => self.broke(now, error)?,
            }
            wait = NO_WAIT;
        }
        Ok(news)
    }

    /// Whether something will be said without asking: where not, whoever polls must pause.
    pub(super) fn is_open(&self) -> bool {
        self.stream.is_some()
    }

    /// Whether it is known what there is.
    pub(super) fn is_listed(&self) -> bool {
        self.version.is_some()
    }

    pub(super) fn namespace(&self) -> &str {
        &self.place.namespace
    }

    fn goes_on(&mut self, now: Duration, version: Option<String>) {
        self.heard = now;
        self.pause = FIRST_PAUSE;
        self.trouble = None;
        if let Some(version) = version.filter(|version| !version.is_empty()) {
            self.version = Some(version);
        }
    }

    fn broke(&mut self, now: Duration, error: ClusterError) -> Result<(), ClusterError> {
        if !matches!(error, ClusterError::Unreachable { .. }) {
            return Err(error);
        }
        self.stream = None;
        self.trouble = Some(error.to_string());
        self.rest(now);
        Ok(())
    }

    fn rest(&mut self, now: Duration) {
        self.next = now.saturating_add(self.pause);
        self.pause = self.pause.saturating_mul(2).min(LONGEST_PAUSE);
    }
}

fn version_of(object: &Value) -> Option<String> {
    let version = object.pointer("/metadata/resourceVersion")?;
    version.as_str().map(ToOwned::to_owned)
}
