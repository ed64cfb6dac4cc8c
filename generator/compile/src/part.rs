//! The parts of a platform's tree, independent of each other.

use crate::CompileError;
use crate::context::Context;
use crate::tree::File;
use luban_platform::Platform;

/// A part of the tree: an index into the platform, or what there is once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Objects of the delivery cluster that there are once.
    Delivery,
    /// A project: its namespaces, its dispatch tables, its Argo CD objects.
    Project(usize),
    /// An application of a project: its overlays.
    Application(usize, usize),
}

/// Every part of `platform`, in a fixed order.
pub fn parts(platform: &Platform) -> Vec<Part> {
    let mut parts = vec![Part::Delivery];
    for (i, project) in platform.projects.iter().enumerate() {
        parts.push(Part::Project(i));
        parts.extend((0..project.applications.len()).map(|j| Part::Application(i, j)));
    }
    parts
}

/// The files of one part.
///
/// # Errors
/// When the compiler itself is wrong; a platform that `luban-platform` accepts compiles.
pub fn compile(_context: &Context<'_>, part: Part) -> Result<Vec<File>, CompileError> {
    match part {
        Part::Delivery | Part::Project(_) | Part::Application(..) => Ok(Vec::new()),
    }
}
