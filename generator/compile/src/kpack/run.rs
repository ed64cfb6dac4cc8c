//! The runs of applications that kpack builds.

use super::object::{branch_build, image};
use super::templates::object;
use crate::CompileError;
use crate::argo::{RELEASE, inert, run, setting, tag_run, text, valued};
use crate::context::Context;
use crate::names::template;
use crate::run::{Occasion, RunTemplate, parameter};
use luban_api_argo_workflows::Arguments;
use luban_platform::derived::ci_namespace;
use luban_platform::model::{Application, Build, Project};

/// The run templates of an application that kpack builds, in the order of [`Occasion`]; none of another's.
pub(crate) fn runs(
    context: &Context<'_>,
    project: &Project,
    application: &Application,
) -> Result<Vec<RunTemplate>, CompileError> {
    let Build::Kpack(build) = &application.build else {
        return Ok(Vec::new());
    };
    let name = application.name.as_str();
    let released = inert(name, &image(context, project, application, build))?;
    let mut runs = vec![build_run(
        context,
        project,
        application,
        Occasion::Release,
        &released,
    )?];
    if application.source.builds_other_branches() {
        let built = inert(name, &branch_build(context, project, application, build))?;
        runs.push(build_run(
            context,
            project,
            application,
            Occasion::Branch,
            &built,
        )?);
    }
    runs.extend(tag_run(context, project, application)?);
    Ok(runs)
}

fn build_run(
    context: &Context<'_>,
    project: &Project,
    application: &Application,
    occasion: Occasion,
    compiled: &str,
) -> Result<RunTemplate, CompileError> {
    // What is deployed nowhere has no release to write.
    let is_released = occasion == Occasion::Release && application.deploy.is_some();
    let filled_in = vec![parameter::REVISION, parameter::REF];
    let empty = filled_in.iter().map(|&name| valued(name, ""));
    let known = setting::settings(context.platform, project, application);
    let known = known.into_iter().map(|(name, value)| valued(name, value));
    let parameters = empty
        .chain([valued(RELEASE, is_released.to_string())])
        .chain(known);
    let arguments = Arguments {
        parameters: parameters.collect(),
        artifacts: vec![object(compiled)],
    };
    let namespace = ci_namespace(project);
    let name = template::KPACK_BUILD;
    let workflow = run(&namespace, project, application, occasion, name, arguments);
    Ok(RunTemplate {
        occasion,
        kind: "Workflow",
        text: text(name, &workflow)?,
        namespace,
        parameters: filled_in,
    })
}
