//! Tenancy: the platform's own namespaces and those of each project, with what may run in them, who may do what, and who may
//! talk to whom.

mod accounts;
mod egress;
mod groups;
mod namespace;
mod network;
mod platform;
mod project;
#[cfg(test)]
mod tests;

pub(crate) use platform::platform_namespaces;
pub(crate) use project::{build_share, project_folders};
