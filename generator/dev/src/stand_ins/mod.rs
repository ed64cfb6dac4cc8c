//! Stand-ins for what a cluster would run: the parts of Argo Workflows, Tekton, kpack and the kubelet that a run of the compiled
//! platform needs, with the containers as processes of this machine, and a real registry.

pub(crate) mod argo;
pub(crate) mod container;
pub(crate) mod git;
pub(crate) mod kpack;
pub(crate) mod registry;
pub(crate) mod tekton;
pub(crate) mod variables;

use anyhow::Result;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

/// Makes a directory of programs that are in images: luban as it is, and a stand-in of buildctl with its daemon.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn programs(directory: &Path, luban: &Path) -> Result<PathBuf> {
    fs::create_dir_all(directory)?;
    symlink(luban, directory.join("luban"))?;
    let this = std::env::current_exe()?;
    let text = format!(
        "#!/bin/sh\nexec '{}' build-as-buildctl -- \"$@\"\n",
        this.display()
    );
    let buildctl = directory.join("buildctl");
    fs::write(&buildctl, text)?;
    fs::set_permissions(&buildctl, fs::Permissions::from_mode(0o755))?;
    Ok(directory.to_owned())
}
