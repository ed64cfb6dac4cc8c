//! What a state machine over watched objects decides, and what it is told.

use std::time::Duration;

use super::seen::{Build, Image};
use crate::failure::{Exit, Failure};

/// What has been seen of the objects.
#[derive(Clone, Debug)]
pub(super) enum Seen {
    /// All Images of the name: one or none.
    Images(Vec<Image>),
    /// The Image as it is now.
    Image(Image),
    /// The Image is gone.
    ImageGone,
    /// All Builds.
    Builds(Vec<Build>),
    /// A Build as it is now.
    Build(Build),
    /// A Build of that name is gone.
    BuildGone(String),
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Decision {
    /// Nothing yet.
    Wait(Waiting),
    /// Have kpack build once more after the Build of that name.
    Again(String),
    /// Apply the attempt of that number.
    Apply(u64),
    /// It is built.
    Built(Built),
    /// The Build of that name failed.
    BuildFailed(String),
    /// It will not be built.
    End(Failure),
}

/// What is waited for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Waiting {
    /// In words, as in "waiting for …".
    pub(super) what: String,
    /// The Build whose log is shown.
    pub(super) build: Option<String>,
}

impl Waiting {
    pub(super) fn for_(what: impl Into<String>) -> Decision {
        Decision::Wait(Self {
            what: what.into(),
            build: None,
        })
    }

    pub(super) fn for_build(build: &Build) -> Decision {
        let name = build.name();
        let what = match build.succeeded() {
            Some(condition) if !condition.reason.is_empty() => format!(
                "Build `{name}` ({}{}{})",
                condition.reason,
                if condition.message.is_empty() {
                    ""
                } else {
                    ": "
                },
                condition.message
            ),
            _ => format!("Build `{name}`"),
        };
        Decision::Wait(Self {
            what,
            build: Some(name.to_owned()),
        })
    }
}

/// What a Build made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Built {
    pub(super) build: String,
    pub(super) digest: String,
    pub(super) reason: String,
    pub(super) tags: Vec<String>,
}

/// A Build that succeeded, as a decision.
pub(super) fn built(build: &Build) -> Decision {
    let Some(digest) = build.digest() else {
        let message = format!(
            "Build `{}` succeeded, and kpack does not say which digest it made",
            build.name()
        );
        return Decision::End(Failure::new(Exit::Failed, message).help(
            "run it again; if it stays so, look at the controller's log in the namespace `kpack`",
        ));
    };
    Decision::Built(Built {
        build: build.name().to_owned(),
        digest: digest.to_owned(),
        // kpack gives no reason for a Build without Image: it is there for its commit.
        reason: match build.reason() {
            "" => "COMMIT".to_owned(),
            reason => reason.to_owned(),
        },
        tags: build.spec.tags.clone(),
    })
}

/// A wait that took too long.
pub(super) fn timeout(limit: Duration, waiting: &Waiting) -> Failure {
    let message = format!(
        "gave up after {} s: waited for {}",
        limit.as_secs(),
        waiting.what
    );
    match waiting.build {
        Some(_) => Failure::new(Exit::Failed, message)
            .help("the build goes on; look at its pod, and at `build.kpack.resources` of the application"),
        // Nothing has begun that would fail again.
        None => Failure::new(Exit::Transient, message)
            .help("look at kpack's controller, at the ClusterBuilder `luban`, and at `kubectl get sourceresolvers`"),
    }
}
