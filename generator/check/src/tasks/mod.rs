//! Tasks of Tekton, wherever they stand: Tasks, and those written in runs and in Pipelines, with the variables in all their
//! fields.
//!
//! Admission looks at some fields of steps only. [`Tasks`] is made once for each object and has all variables, those of
//! sidecars, volumes and the template of steps too, with what is declared around them.

mod body;
mod find;
mod run;

pub(crate) use body::{Body, Site, Use, items};
pub(crate) use run::{Run, action_results, wrong_type};

use run::runs;

use crate::objects::{Entry, Objects};

/// The tasks of an object and of those that it makes.
pub(crate) struct Tasks<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) bodies: Vec<Body<'a>>,
    /// The runs of tasks, with what they run.
    pub(crate) runs: Vec<Run<'a>>,
}

impl<'a> Tasks<'a> {
    /// None of an object without tasks and runs of them.
    pub(crate) fn new(objects: &'a Objects, position: usize) -> Option<Self> {
        let entry = objects.entries().get(position)?;
        let inside = objects.inside(position);
        let all: Vec<(usize, &Entry)> = std::iter::once((position, entry)).chain(inside).collect();
        let is_tekton = |entry: &Entry| entry.name.api_version.starts_with("tekton.dev/");
        let mut tasks = Self {
            objects,
            bodies: Vec::new(),
            runs: Vec::new(),
        };
        for (position, entry) in all.into_iter().filter(|(_, entry)| is_tekton(entry)) {
            let bodies = find::bodies(entry);
            tasks.runs.extend(runs(objects, position, entry, &bodies));
            tasks.bodies.extend(bodies);
        }
        (!tasks.bodies.is_empty() || !tasks.runs.is_empty()).then_some(tasks)
    }
}
