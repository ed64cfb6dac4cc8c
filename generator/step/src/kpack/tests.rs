//! Scripted sequences for the state machines, and whole waits over a Kubernetes API in process.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod branch;
mod fake;
mod image;
mod objects;
mod played;
mod pods;
mod rebuilt;
mod whole;

/// An API whose kpack builds what is applied and has rebuilt it, for tests of the whole program.
pub(crate) struct Playing(fake::Api);

impl Playing {
    /// What is applied.
    pub(crate) const OBJECT: &str = played::COMPILED;

    pub(crate) fn start() -> Self {
        let api = fake::Api::start(played::kpack);
        api.state(|state| {
            state.set("images", &rebuilt::of_release());
            state.set("builds", &rebuilt::stack());
        });
        Self(api)
    }

    pub(crate) fn url(&self) -> String {
        self.0.url()
    }

    /// The arguments of a call that builds, but for the object.
    pub(crate) fn arguments() -> Vec<String> {
        vec![
            format!("--revision={}", objects::A),
            format!("--tag={}", objects::tag(objects::A)),
            format!("--name={}", played::RUN),
            format!("--owner-uid={}", objects::RUN_UID),
            "--timeout-seconds=30".to_owned(),
        ]
    }
}
