//! The parts of a platform's tree, independent of each other.

use crate::CompileError;
use crate::context::Context;
use crate::tree::{File, Folder, Owner};
use crate::{argo_cd, delivery, deploy, dispatch, secrets, tenancy};
use luban_platform::Platform;
use luban_platform::model::Project;

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
pub fn compile(context: &Context<'_>, part: Part) -> Result<Vec<File>, CompileError> {
    let projects = &context.platform.projects;
    match part {
        Part::Delivery => delivery(context),
        Part::Project(i) => projects
            .get(i)
            .map_or(Ok(Vec::new()), |project| self::project(context, project)),
        Part::Application(i, j) => {
            let project = projects.get(i);
            match project.and_then(|project| Some((project, project.applications.get(j)?))) {
                Some((project, application)) => deploy::files(context, project, application),
                None => Ok(Vec::new()),
            }
        }
    }
}

/// What there is once.
fn delivery(context: &Context<'_>) -> Result<Vec<File>, CompileError> {
    let folders = delivery::folders(context)?;
    let argo_cd = argo_cd::folder(context, &folders)?;
    let mut files = finish(folders.into_iter().map(|part| part.folder).chain([argo_cd]))?;
    files.push(File {
        path: secrets::DOCUMENT.to_owned(),
        text: secrets::secrets_document(context),
        owner: Owner::Luban,
    });
    Ok(files)
}

/// What a project has beside its applications.
fn project(context: &Context<'_>, project: &Project) -> Result<Vec<File>, CompileError> {
    let mut folders = tenancy::project_folders(context, project)?;
    folders.push(dispatch::project_folder(context, project)?);
    let argo_cd = argo_cd::project_folder(context, project, &folders)?;
    finish(folders.into_iter().chain([argo_cd]))
}

fn finish(folders: impl IntoIterator<Item = Folder>) -> Result<Vec<File>, CompileError> {
    let mut files = Vec::new();
    for folder in folders {
        files.extend(folder.finish()?);
    }
    Ok(files)
}
