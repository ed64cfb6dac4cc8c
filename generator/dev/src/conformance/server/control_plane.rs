//! A real API server with its store: two processes in a temporary directory, which end with this one.

use super::super::judge::Source;
use super::keys::{Keys, token};
use anyhow::{Context as _, Result, bail};
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Folders of the programs, beside the judges.
pub(super) const PROGRAMS: [&str; 2] = ["etcd", "apiserver"];
/// How long both may take to answer, on a machine that does much else.
const START: Duration = Duration::from_secs(120);
/// Between two looks at a server that is starting.
const LOOK: Duration = Duration::from_millis(100);
/// etcd's sockets, in its directory; it wants names with a port.
const STORE: &str = "unix://localhost:1";
const PEERS: &str = "unix://localhost:2";

/// Everything that ServiceAccounts are answered is recorded, and nothing else.
const AUDIT_POLICY: &str = "apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Metadata
  userGroups: ['system:serviceaccounts']
- level: None
";

/// A running API server.
#[derive(Debug)]
pub(super) struct ControlPlane {
    // Ended in this order, and the directory last.
    server: Process,
    store: Process,
    /// Where it listens.
    pub(super) url: String,
    /// Token of an administrator.
    pub(super) token: String,
    directory: TempDir,
}

impl ControlPlane {
    /// Starts both programs and waits until the API server is ready.
    ///
    /// # Errors
    /// When a program cannot be built or does not start: with the end of its log.
    pub(super) fn start(judges: &Path) -> Result<Self> {
        // Go is run in the programs' own folders.
        let judges = fs::canonicalize(judges)?;
        let [etcd, apiserver] = PROGRAMS.map(|name| {
            Source {
                name: name.to_owned(),
                folder: judges.join(name),
            }
            .program(name, ".")
        });
        let (etcd, apiserver) = (etcd?, apiserver?);
        let directory = tempfile::tempdir()?;
        let token = token()?;
        let at = |name: &str| directory.path().join(name);
        let keys = Keys::new()?;
        fs::write(at("accounts.key"), keys.private_pem())?;
        fs::write(at("accounts.pub"), keys.public_pem())?;
        fs::write(
            at("tokens.csv"),
            format!("{token},admin,admin,\"system:masters\"\n"),
        )?;
        fs::write(at("audit.yaml"), AUDIT_POLICY)?;

        let store = Process::start(&etcd, directory.path(), "etcd", |command| {
            command
                .args([
                    "--data-dir",
                    "etcd",
                    "--unsafe-no-fsync",
                    "--log-level",
                    "warn",
                ])
                .args([
                    "--listen-client-urls",
                    STORE,
                    "--advertise-client-urls",
                    STORE,
                ])
                .args([
                    "--listen-peer-urls",
                    PEERS,
                    "--initial-advertise-peer-urls",
                    PEERS,
                ])
                .arg(format!("--initial-cluster=default={PEERS}"));
        })?;
        // Between this and the server's own use another program can take the port; the server then ends, and says so.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = Process::start(&apiserver, directory.path(), "apiserver", |command| {
            command.args([
                "--etcd-servers=unix://localhost:1",
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--cert-dir=certificates",
                "--token-auth-file=tokens.csv",
                "--authorization-mode=RBAC",
                "--anonymous-auth=false",
                "--allow-privileged=true",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=accounts.key",
                "--service-account-key-file=accounts.pub",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--endpoint-reconciler-type=none",
                "--enable-priority-and-fairness=false",
                "--profiling=false",
                "--audit-policy-file=audit.yaml",
                "--audit-log-path=audit.log",
                "--audit-log-mode=blocking",
            ]);
            command.arg(format!("--secure-port={port}"));
        })?;
        let mut plane = Self {
            server,
            store,
            url: format!("https://127.0.0.1:{port}"),
            token,
            directory,
        };
        plane.wait()?;
        Ok(plane)
    }

    /// The certificates that the server shows: its own and the one that vouches for it.
    pub(super) fn authority(&self) -> PathBuf {
        self.directory.path().join("certificates/apiserver.crt")
    }

    /// Where requests of ServiceAccounts are recorded.
    pub(super) fn audit_log(&self) -> PathBuf {
        self.directory.path().join("audit.log")
    }

    /// A directory for files of this run.
    pub(super) fn directory(&self) -> &Path {
        self.directory.path()
    }

    fn wait(&mut self) -> Result<()> {
        let start = Instant::now();
        loop {
            for process in [&mut self.store, &mut self.server] {
                if let Some(status) = process.child.try_wait()? {
                    bail!(
                        "{} ended with {status}: {}",
                        process.name,
                        process.end_of_log()
                    );
                }
            }
            if self.authority().is_file()
                && super::api::Api::connect(self)
                    .and_then(|api| api.text("/readyz"))
                    .is_ok_and(|answer| answer == "ok")
            {
                return Ok(());
            }
            if start.elapsed() > START {
                bail!(
                    "the API server is not ready after {} s: {}",
                    START.as_secs(),
                    self.server.end_of_log()
                );
            }
            sleep(LOOK);
        }
    }
}

/// A program that ends when this value goes, and when this process does: it reads its input to the end.
#[derive(Debug)]
struct Process {
    name: &'static str,
    child: Child,
    log: PathBuf,
    _input: Option<ChildStdin>,
}

impl Process {
    fn start(
        program: &Path,
        directory: &Path,
        name: &'static str,
        arguments: impl FnOnce(&mut Command),
    ) -> Result<Self> {
        let log = directory.join(format!("{name}.log"));
        let output = File::create(&log)?;
        let mut command = Command::new(program);
        arguments(&mut command);
        let mut child = command
            .current_dir(directory)
            .stdin(Stdio::piped())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .with_context(|| format!("cannot run `{}`", program.display()))?;
        let input = child.stdin.take();
        Ok(Self {
            name,
            child,
            log,
            _input: input,
        })
    }

    /// The last lines that the program wrote.
    fn end_of_log(&self) -> String {
        let bytes = fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        let from = lines.len().saturating_sub(12);
        lines.get(from..).unwrap_or_default().join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended already cannot be ended; either way it is waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
