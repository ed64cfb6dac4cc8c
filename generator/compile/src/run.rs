//! Runs that dispatch can create, compiled: dispatch fills in declared parameters and nothing else.

use crate::CompileError;
use crate::context::Context;
use crate::{argo, kpack, railpack};
use luban_platform::model::{Application, Build, Project};

/// When a run is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// A push to the release branch: builds and releases.
    Release,
    /// A push to another branch that builds: builds and releases nothing.
    Branch,
    /// A Git tag: builds nothing, retags what was released for its commit and promotes it.
    Tag,
}

impl Occasion {
    /// Its name in keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Branch => "branch",
            Self::Tag => "tag",
        }
    }
}

/// The template of a run: a whole Workflow or PipelineRun without name, with declared parameters left empty.
#[derive(Clone, Debug)]
pub struct RunTemplate {
    /// When it is made.
    pub occasion: Occasion,
    /// `Workflow` or `PipelineRun`.
    pub kind: &'static str,
    /// Namespace that it runs in.
    pub namespace: String,
    /// Names of the parameters that dispatch fills in; each is declared by the object.
    pub parameters: Vec<&'static str>,
    /// The object, as YAML without header.
    pub text: String,
}

/// Parameters that dispatch fills in, of every run: what they are called.
pub mod parameter {
    /// The commit that is built.
    pub const REVISION: &str = "revision";
    /// The ref, in base64.
    pub const REF: &str = "ref";
}

/// The run templates of an application, in the order of [`Occasion`].
///
/// # Errors
/// When the compiler itself is wrong.
pub fn runs(
    context: &Context<'_>,
    project: &Project,
    application: &Application,
) -> Result<Vec<RunTemplate>, CompileError> {
    match &application.build {
        Build::Kpack(_) => kpack::runs(context, project, application),
        Build::Railpack(_) => {
            let mut runs = railpack::runs(context, project, application)?;
            runs.extend(argo::tag_run(context, project, application)?);
            Ok(runs)
        }
    }
}
