//! `luban step install`: the static binary, for a pod of another tool's image.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use luban_command::{Parsed, install};
use tempfile::NamedTempFile;

use crate::failure::{Exit, Failure};
use crate::files::unwritable;
use crate::world::World;

/// What the program is called in the shared directory.
const NAME: &str = "luban";

/// Copies this program into the directory that the other container shares.
pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let directory = Path::new(call.get(&install::INTO).unwrap_or_default());
    let program = std::env::current_exe().map_err(|error| {
        Failure::new(Exit::Failed, format!("cannot find this program: {error}"))
    })?;
    let target = directory.join(NAME);
    copy(&program, &target).map_err(|error| unwritable(&target, &error))?;
    world.say(format!("installed `{}`", target.display()));
    Ok(())
}

/// Copies beside the target and renames: whoever runs it meanwhile has a whole program, old or new.
fn copy(program: &Path, target: &Path) -> io::Result<()> {
    let directory = target.parent().unwrap_or(Path::new("."));
    let temporary = NamedTempFile::new_in(directory)?.into_temp_path();
    fs::copy(program, &temporary)?;
    fs::set_permissions(&temporary, fs::Permissions::from_mode(0o755))?;
    temporary.persist(target).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::copy;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_program_is_copied_whole_and_can_be_run() {
        let directory = tempfile::tempdir().unwrap();
        let (program, target) = (
            directory.path().join("program"),
            directory.path().join("luban"),
        );
        fs::write(&program, "#!/bin/true\n").unwrap();
        fs::write(&target, "an older one").unwrap();
        copy(&program, &target).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "#!/bin/true\n");
        assert_eq!(
            fs::metadata(&target).unwrap().permissions().mode() & 0o777,
            0o755
        );
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 2);
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is_left() {
        let directory = tempfile::tempdir().unwrap();
        let error = copy(
            std::path::Path::new("/bin/true"),
            &directory.path().join("no/luban"),
        )
        .unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    }
}
