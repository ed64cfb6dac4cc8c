//! Builds with kpack: the builder and its stack, the templates of builds and rebuilds, and the runs of applications.

mod accounts;
mod builder;
mod object;
mod publish;
mod run;
mod stack;
mod templates;
#[cfg(test)]
mod tests;

pub(crate) use accounts::{ci_accounts, secrets};
pub(crate) use run::runs;
pub(crate) use templates::{build_template, rebuilt_template};

use crate::CompileError;
use crate::context::Context;
use crate::delivery::delivery_path;
use crate::tree::Folder;

/// The folder of the builder, its stack and the runs that publish the stack; empty without a kpack builder.
pub(crate) fn folder(context: &Context<'_>) -> Result<Folder, CompileError> {
    let mut folder = context.folder(delivery_path("kpack"));
    if let Some(kpack) = &context.platform.kpack {
        builder::add(context, kpack, &mut folder)?;
        publish::add(context, kpack, &mut folder)?;
    }
    Ok(folder)
}
