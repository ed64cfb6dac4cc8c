//! How applications run: for each a Kustomize base, and for each environment an overlay of two Components.
//!
//! `settings/` is compiled and holds what differs in the environment; `release/` is the pipelines' and holds the image. The
//! overlay itself has no transformers: Kustomize runs those after the Components, over what the pipelines wrote.

mod base;
mod pod;
mod release;
mod settings;
#[cfg(test)]
mod tests;

use crate::CompileError;
use crate::context::Context;
use crate::names::{application_folder, overlay_folder, release_folder};
use crate::tree::{self, File, Owner};
use luban_api_kustomize::Kustomization;
use luban_platform::model::{Application, Deploy, DeployEnvironment, Project};

/// What the modules below compile for.
#[derive(Clone, Copy)]
struct Target<'a> {
    context: &'a Context<'a>,
    project: &'a Project,
    application: &'a Application,
    deploy: &'a Deploy,
}

impl Target<'_> {
    /// Name of every object of the application; its namespace has one of each kind.
    fn name(&self) -> &str {
        self.application.name.as_str()
    }

    /// Repository of the image, without tag: which image runs is in `release/`.
    fn image(&self) -> String {
        self.project
            .registry
            .image_of(&self.project.name, &self.application.name)
    }

    /// Whether any environment has configuration.
    fn has_config(&self) -> bool {
        let mut environments = self.deploy.environments.iter();
        !self.deploy.config.is_empty() || environments.any(|here| !here.config.is_empty())
    }
}

/// The overlays of an application; nothing if it is deployed nowhere.
///
/// # Errors
/// When an object cannot be written.
pub(crate) fn files(
    context: &Context<'_>,
    project: &Project,
    application: &Application,
) -> Result<Vec<File>, CompileError> {
    let Some(deploy) = &application.deploy else {
        return Ok(Vec::new());
    };
    let target = Target {
        context,
        project,
        application,
        deploy,
    };
    let root = application_folder(project, application);
    let mut files = base::files(target, root + "/base")?;
    for here in &deploy.environments {
        files.push(overlay(project, application, here)?);
        let path = overlay_folder(project, application, &here.environment);
        files.extend(settings::files(target, here, path + "/settings")?);
        let path = release_folder(project, application, &here.environment);
        files.push(release::file(target, &path)?);
    }
    Ok(files)
}

/// The `kustomization.yaml` of an environment.
fn overlay(
    project: &Project,
    application: &Application,
    here: &DeployEnvironment,
) -> Result<File, CompileError> {
    let path = overlay_folder(project, application, &here.environment);
    let kustomization = Kustomization {
        resources: vec!["../base".to_owned()],
        components: vec!["settings".to_owned(), "release".to_owned()],
        ..Kustomization::default()
    };
    Ok(File {
        text: tree::document(&path, &kustomization, &mut String::new())?,
        path: path + "/kustomization.yaml",
        owner: Owner::Luban,
    })
}
