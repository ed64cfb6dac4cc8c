//! Files that are either old or new, never half.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::failure::{Exit, Failure};

/// Writes a file beside its place and renames it.
///
/// # Errors
/// When the directory is missing, read only or full; the file is as it was then.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = || -> io::Result<()> {
        let directory = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let mut file = NamedTempFile::new_in(directory.unwrap_or(Path::new(".")))?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        // What a temporary file is not, others of the pod must be able to read.
        let mode = fs::Permissions::from_mode(0o644);
        file.as_file().set_permissions(mode)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    written().map_err(|error| unwritable(path, &error))
}

/// Why a file could not be written, and whether it may work later.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::new(
        Exit::Failed,
        format!("cannot write `{}`: {error}", path.display()),
    );
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            failure.help("the volume is full: give it more space, or the build less to write")
        }
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => failure.help(
            "the directory must be writable for this user: mount an emptyDir or a workspace there",
        ),
        io::ErrorKind::NotFound => {
            failure.help("the directory must be there: mount an emptyDir or a workspace there")
        }
        _ => failure,
    }
}
