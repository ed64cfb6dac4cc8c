//! An image with nothing but a tool: no shell, no `/tmp`, no `/etc`, no variables. This program is not static in tests, so its loader
//! and libraries are there too.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A root directory with a program, and with what that is linked to.
struct Root(TempDir);

impl Root {
    fn new(programs: &[(&Path, &str)]) -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        for directory in ["proc", "shared", "secrets"] {
            fs::create_dir(root.at(directory)).unwrap();
        }
        for (program, name) in programs {
            root.keep(program, Path::new(name));
            let listed = Command::new("ldd").arg(program).output().unwrap();
            let listed = String::from_utf8(listed.stdout).unwrap();
            for path in listed
                .split_whitespace()
                .filter(|word| word.starts_with('/'))
            {
                root.keep(Path::new(path), Path::new(path));
            }
        }
        root
    }

    fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        self.0.path().join(path.strip_prefix("/").unwrap_or(path))
    }

    fn keep(&self, from: &Path, to: &Path) {
        let to = self.at(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }

    /// Runs the program in it. Containers have `/proc`, whatever their image.
    fn run(&self, call: &[&str]) -> Output {
        let script = "mount --rbind /proc \"$0/proc\"; exec chroot \"$0\" /luban bad_input::child --exact --nocapture";
        let mut command = Command::new("unshare");
        command.args(["-rm", "sh", "-c", script]).arg(self.0.path());
        command
            .env_clear()
            .env("PATH", std::env::var("PATH").unwrap())
            .env(super::CALL, call.join("\n"));
        command.output().unwrap()
    }

    fn names(&self, directory: &str) -> Vec<String> {
        let entries = fs::read_dir(self.at(directory)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn a_tool_runs_and_this_program_is_copied_in_an_image_with_nothing_but_the_tool() {
    if !super::can_mount() {
        eprintln!("not tried: this system lets nobody mount");
        return;
    }
    let own = std::env::current_exe().unwrap();
    let root = Root::new(&[
        (&own, "luban"),
        (Path::new("/usr/bin/printf"), "tool/printf"),
    ]);
    fs::write(root.at("secrets/token"), "s3cr3t-t0ken").unwrap();
    let before = root.names("/");
    let ended = root.run(&[
        "exec",
        "--output=/shared/output",
        "--secrets-directory=/secrets",
        "--",
        "/tool/printf",
        "%s|%s",
        "s3cr3t-t0ken",
        "$(id)",
    ]);
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(0), "{said}");
    let output = fs::read_to_string(root.at("shared/output")).unwrap();
    assert_eq!(output, "***|$(id)");
    let ended = root.run(&["exec", "--", "/tool/none"]);
    assert_eq!(ended.status.code(), Some(2));
    let ended = root.run(&["install", "--into=/shared"]);
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(0), "{said}");
    assert!(fs::read(root.at("shared/luban")).unwrap() == fs::read(own).unwrap());
    // Nothing is left beside.
    assert_eq!(root.names("shared"), ["luban", "output"]);
    assert_eq!(root.names("/"), before);
}
