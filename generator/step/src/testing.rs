//! What tests of several verbs need: a world, and real repositories behind real servers.
#![allow(clippy::unwrap_used, clippy::panic)]

pub mod host;
#[cfg(test)]
pub(crate) mod sshd;
#[cfg(test)]
pub(crate) mod tls;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use base64::Engine as _;
use tempfile::TempDir;
use tiny_http::{Header, Response, Server};

use crate::{Clock, Redactor, Stop, SystemClock, World};

/// What time it is on the clock of [`Waits`], in seconds since 1970.
pub(crate) const NOW: u64 = 1_000_000;

/// A clock on which waiting costs no time, and which remembers how long it was asked to.
#[derive(Default)]
pub(crate) struct Waits(pub(crate) Mutex<Vec<Duration>>);

impl Clock for Waits {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)
    }
    fn instant(&self) -> Instant {
        Instant::now()
    }
    fn sleep(&self, time: Duration) {
        self.0.lock().unwrap().push(time);
    }
    fn pause(&self, time: Duration, _: &Stop) {
        self.sleep(time);
    }
}

/// Runs a test in a world with a real clock.
pub(crate) fn with_world<T>(test: impl FnOnce(&World<'_>) -> T) -> T {
    let (redactor, stop) = (Redactor::default(), Stop::default());
    test(&World {
        clock: &SystemClock,
        redactor: &redactor,
        stop: &stop,
    })
}

/// The call that arguments after `luban step` are.
pub(crate) fn call(arguments: &[&str]) -> luban_command::Parsed {
    let all = ["step"].iter().chain(arguments).copied();
    let matches = luban_command::parser()
        .try_get_matches_from(all)
        .unwrap_or_else(|error| panic!("{error}"));
    luban_command::Parsed::of(&matches).unwrap()
}

/// Runs Git as a person would, without anybody's configuration.
pub(crate) fn git(directory: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@example.org",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .current_dir(directory)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_COMMITTER_DATE", "2026-01-02T03:04:05Z")
        .env("GIT_AUTHOR_DATE", "2026-01-02T03:04:05Z")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A repository as a provider holds it, and a clone in which a person works.
pub(crate) struct Repository {
    pub(crate) root: TempDir,
    /// The bare repository.
    pub(crate) bare: PathBuf,
    /// The clone.
    pub(crate) work: PathBuf,
}

impl Repository {
    /// A repository with a first commit on `main`.
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let (bare, work) = (root.path().join("acme/app.git"), root.path().join("work"));
        std::fs::create_dir_all(&bare).unwrap();
        git(
            &bare,
            &["init", "--quiet", "--bare", "--initial-branch=main"],
        );
        for (key, value) in [
            ("http.receivepack", "true"),
            ("uploadpack.allowFilter", "true"),
            ("uploadpack.allowAnySHA1InWant", "true"),
            ("gc.auto", "0"),
        ] {
            git(&bare, &["config", key, value]);
        }
        git(
            root.path(),
            &["clone", "--quiet", bare.to_str().unwrap(), "work"],
        );
        let repository = Self { root, bare, work };
        repository.commit("README.md", "first\n");
        repository
    }

    /// Commits a file on the branch that is checked out, and pushes it.
    pub(crate) fn commit(&self, file: &str, text: &str) -> String {
        let path = self.work.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        git(&self.work, &["add", "--all"]);
        git(&self.work, &["commit", "--quiet", "--message", file]);
        git(
            &self.work,
            &["push", "--quiet", "--force", "origin", "HEAD"],
        );
        self.head()
    }

    /// The commit that is checked out.
    pub(crate) fn head(&self) -> String {
        git(&self.work, &["rev-parse", "HEAD"])
    }

    /// The URL of the bare repository on this machine.
    pub(crate) fn file_url(&self) -> String {
        format!("file://{}", self.bare.display())
    }
}

/// Says that a test is left out as this machine lacks something; where `CI` is set nothing may be left out.
#[cfg(test)]
pub(crate) fn skip(why: &str) {
    let is_judged = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    assert!(!is_judged, "{why}");
    eprintln!("skipped: {why}");
}

/// A directory as a mounted Secret is one.
pub(crate) fn mounted(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(directory.path().join(name), text).unwrap();
    }
    directory
}

/// `git http-backend` behind HTTP, as upstream documents it, with basic authentication.
pub(crate) struct GitServer {
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
    /// How many requests came with the right credentials.
    pub(crate) served: Arc<AtomicUsize>,
    /// The headers of all requests.
    pub(crate) seen: Arc<Mutex<Vec<String>>>,
    /// Whether every request is answered with 503 for now.
    pub(crate) is_down: Arc<AtomicBool>,
    /// Whether it speaks the first version of Git's protocol alone, in which a server may refuse what no ref points to.
    pub(crate) is_old: Arc<AtomicBool>,
}

impl GitServer {
    /// Serves the repositories below `root`; `pair` is `user:password` if they are private.
    pub(crate) fn start(root: &Path, pair: Option<&str>) -> Self {
        let encode = |pair| base64::engine::general_purpose::STANDARD.encode(pair);
        let value = pair.map(|pair: &str| format!("Basic {}", encode(pair)));
        Self::start_for(root, value.as_deref().map(|value| ("Authorization", value)))
    }

    /// Serves the repositories below `root` to those who send this header.
    pub(crate) fn start_for(root: &Path, wanted: Option<(&str, &str)>) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let served = Arc::new(AtomicUsize::new(0));
        let is_down = Arc::new(AtomicBool::new(false));
        let is_old = Arc::new(AtomicBool::new(false));
        let old = Arc::clone(&is_old);
        let wanted = wanted.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let (listener, count, down, root) = (
            Arc::clone(&server),
            Arc::clone(&served),
            Arc::clone(&is_down),
            root.to_owned(),
        );
        let thread = thread::spawn(move || {
            while let Ok(request) = listener.recv() {
                let headers = request.headers().iter().map(ToString::to_string);
                log.lock().unwrap().extend(headers);
                let (wanted, count, root, is_down) = (
                    wanted.clone(),
                    Arc::clone(&count),
                    root.clone(),
                    down.load(Ordering::SeqCst),
                );
                let is_old = old.load(Ordering::SeqCst);
                thread::spawn(move || {
                    answer(request, wanted.as_ref(), &count, &root, (is_down, is_old));
                });
            }
        });
        Self {
            server,
            thread: Some(thread),
            served,
            seen,
            is_down,
            is_old,
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> std::net::SocketAddr {
        self.server.server_addr().to_ip().unwrap()
    }

    /// The URL of a repository.
    pub(crate) fn url(&self, path: &str) -> String {
        format!(
            "http://{}/{path}",
            self.server.server_addr().to_ip().unwrap()
        )
    }
}

impl Drop for GitServer {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

fn answer(
    mut request: tiny_http::Request,
    wanted: Option<&(String, String)>,
    served: &AtomicUsize,
    root: &Path,
    (is_down, is_old): (bool, bool),
) {
    let header = |request: &tiny_http::Request, name: &str| {
        let found = request
            .headers()
            .iter()
            .find(|header| header.field.as_str().as_str().eq_ignore_ascii_case(name));
        found.map(|header| header.value.as_str().to_owned())
    };
    if is_down {
        let _ = request.respond(Response::empty(503));
        return;
    }
    if wanted.is_some_and(|(name, value)| header(&request, name).as_ref() != Some(value)) {
        let mut response = Response::empty(401);
        response.add_header(Header::from_bytes("WWW-Authenticate", "Basic realm=\"git\"").unwrap());
        let _ = request.respond(response);
        return;
    }
    served.fetch_add(1, Ordering::SeqCst);
    let mut body = Vec::new();
    request.as_reader().read_to_end(&mut body).unwrap();
    let url = request.url().to_owned();
    let protocol = header(&request, "Git-Protocol").filter(|_| !is_old);
    let response = backend_of(&request, &url, body, root, protocol);
    let _ = request.respond(response);
}

/// What `git http-backend` answers, of the repositories below `root`.
pub(crate) fn backend(
    request: &tiny_http::Request,
    url: &str,
    body: Vec<u8>,
    root: &Path,
) -> Response<std::io::Cursor<Vec<u8>>> {
    let mut headers = request.headers().iter();
    let protocol = headers
        .find(|header| header.field.equiv("Git-Protocol"))
        .map(|header| header.value.as_str().to_owned());
    backend_of(request, url, body, root, protocol)
}

fn backend_of(
    request: &tiny_http::Request,
    url: &str,
    body: Vec<u8>,
    root: &Path,
    protocol: Option<String>,
) -> Response<std::io::Cursor<Vec<u8>>> {
    let header = |request: &tiny_http::Request, name: &str| {
        let found = request
            .headers()
            .iter()
            .find(|header| header.field.as_str().as_str().eq_ignore_ascii_case(name));
        found.map(|header| header.value.as_str().to_owned())
    };
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut child = Command::new("git")
        .args(["-c", "safe.directory=*", "http-backend"])
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("REMOTE_USER", "test")
        .env("REQUEST_METHOD", request.method().as_str())
        .env("PATH_INFO", crate::dispatch::decoded(path))
        .env("QUERY_STRING", query)
        .env(
            "CONTENT_TYPE",
            header(request, "Content-Type").unwrap_or_default(),
        )
        .env("CONTENT_LENGTH", body.len().to_string())
        .env(
            "GIT_PROTOCOL",
            // Repositories beside a file of that name are of a server that speaks the first protocol alone.
            protocol
                .filter(|_| !root.join("first-protocol").exists())
                .unwrap_or_default(),
        )
        .env(
            "HTTP_CONTENT_ENCODING",
            header(request, "Content-Encoding").unwrap_or_default(),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = thread::spawn(move || {
        let _ = input.write_all(&body);
    });
    let output = child.wait_with_output().unwrap().stdout;
    writer.join().unwrap();
    let end = output
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap();
    let head = String::from_utf8(output[..end].to_vec()).unwrap();
    let mut response = Response::from_data(output[end + 4..].to_vec());
    for line in head.lines() {
        let (name, value) = line.split_once(": ").unwrap();
        match name {
            "Status" => {
                response = response
                    .with_status_code(value.split(' ').next().unwrap().parse::<u16>().unwrap())
            }
            _ => response.add_header(Header::from_bytes(name, value).unwrap()),
        }
    }
    response
}
