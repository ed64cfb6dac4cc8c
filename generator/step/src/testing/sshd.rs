//! Debian's `sshd` on loopback: keys of its own, and a login for whoever runs the tests.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{mounted, skip};

/// How long it may take until it listens.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that is ended when it is dropped.
pub(crate) struct Sshd {
    root: TempDir,
    process: Child,
    port: u16,
    user: String,
}

impl Sshd {
    /// A server; none, with a word of why, where the machine has no `sshd`. Where `CI` is set there must be one.
    pub(crate) fn start() -> Option<Self> {
        let program = std::env::var_os("PATH")
            .into_iter()
            .flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>())
            .chain([PathBuf::from("/usr/sbin")])
            .map(|folder| folder.join("sshd"))
            .find(|program| program.is_file());
        let Some(program) = program else {
            skip("there is no `sshd` here; install openssh-server");
            return None;
        };
        // As root it parts with its rights in a directory that the service's start makes. Nobody else may make it, or needs it.
        let _ = std::fs::create_dir_all("/run/sshd");
        let root = tempfile::tempdir().unwrap();
        for name in ["host", "other-host", "client", "other-client"] {
            key(&root.path().join(name));
        }
        let user = said(Command::new("id").arg("-un"));
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .unwrap()
            .port();
        let place = root.path().display();
        let configuration = format!(
            "ListenAddress 127.0.0.1\nPort {port}\nHostKey {place}/host\nAuthorizedKeysFile {place}/client.pub\nPidFile none\n\
             StrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n\
             PrintMotd no\nMaxStartups 100\n"
        );
        let file = root.path().join("sshd_config");
        std::fs::write(&file, configuration).unwrap();
        let log = std::fs::File::create(root.path().join("log")).unwrap();
        let process = Command::new(program)
            .args(["-D", "-e", "-f"])
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Self {
            root,
            process,
            port,
            user,
        };
        server.wait();
        Some(server)
    }

    fn wait(&mut self) {
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.process.try_wait().unwrap();
            assert!(
                ended.is_none() && Instant::now() < end,
                "sshd does not listen: {}",
                std::fs::read_to_string(self.root.path().join("log")).unwrap_or_default()
            );
            std::thread::yield_now();
        }
    }

    /// The URL of a repository of this machine.
    pub(crate) fn url(&self, repository: &Path) -> String {
        format!(
            "ssh://{}@127.0.0.1:{}{}",
            self.user,
            self.port,
            repository.display()
        )
    }

    /// A Secret of type `kubernetes.io/ssh-auth` with the host's key beside, as it is mounted; `client` and `host` name keys.
    pub(crate) fn secret(&self, client: &str, host: &str) -> TempDir {
        let read = |name: String| std::fs::read_to_string(self.root.path().join(name)).unwrap();
        let known = format!("[127.0.0.1]:{} {}", self.port, read(format!("{host}.pub")));
        let secret = mounted(&[
            ("ssh-privatekey", &read(client.to_owned())),
            ("known_hosts", &known),
        ]);
        // A pod's own user does not own what is mounted; here it does, and OpenSSH looks.
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o400);
        std::fs::set_permissions(secret.path().join("ssh-privatekey"), mode).unwrap();
        secret
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Makes a key without passphrase.
fn key(file: &Path) {
    let mut command = Command::new("ssh-keygen");
    command
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"])
        .arg(file);
    said(&mut command);
}

fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
