//! Credentials and authorities: who gets them, and who does not.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::process::Command;
use std::sync::atomic::Ordering;

use tiny_http::{Header, Response, Server};

use super::tests::cloned;
use super::*;
use crate::testing::tls::Tls;
use crate::testing::{GitServer, Repository, git, mounted};

fn credentials(secret: &tempfile::TempDir) -> String {
    format!("--credentials={}", secret.path().display())
}

/// Whether a server was ever told any of these.
fn was_told(server: &GitServer, words: &[&str]) -> bool {
    let seen = server.seen.lock().unwrap();
    seen.iter()
        .any(|line| words.iter().any(|word| line.contains(word)))
}

#[test]
fn a_server_that_only_a_private_authority_vouches_for_is_trusted_with_its_certificate_alone() {
    let repository = Repository::new();
    let server = GitServer::start(repository.root.path(), Some("luban:s3cr3t"));
    let tls = Tls::before(server.address());
    let secret = mounted(&[("username", "luban"), ("password", "s3cr3t")]);
    let clone = |more: &[&str]| {
        let credentials = credentials(&secret);
        let all: Vec<&str> = more.iter().copied().chain([credentials.as_str()]).collect();
        cloned(&tls.url("acme/app.git"), &repository.head(), &all)
    };
    let authority = mounted(&[("ca.crt", &tls.authority)]);
    let file = authority.path().join("ca.crt");
    for path in [authority.path(), &file] {
        let (_place, result, commit) =
            clone(&[&format!("--certificate-authority={}", path.display())]);
        result.unwrap();
        assert_eq!(commit, repository.head());
    }
    let served = server.served.load(Ordering::SeqCst);
    let other = mounted(&[("ca.crt", &Tls::before(server.address()).authority)]);
    let wrong = format!("--certificate-authority={}", other.path().display());
    for more in [&[][..], &[wrong.as_str()]] {
        let (place, result, _) = clone(more);
        let failure = result.unwrap_err();
        assert!(
            failure.message.contains("certificate"),
            "{}",
            failure.message
        );
        assert!(
            failure.help.unwrap_or_default().contains("authority"),
            "{}",
            failure.message
        );
        assert_eq!(failure.exit, Exit::Failed);
        assert!(fs::read_dir(place.path()).unwrap().next().is_none());
    }
    assert_eq!(
        server.served.load(Ordering::SeqCst),
        served,
        "it got the password"
    );
}

#[test]
fn a_header_of_a_secret_is_sent_in_place_of_a_password_or_beside_it() {
    let repository = Repository::new();
    for (wanted, value, secret) in [
        (
            "Authorization",
            "Bearer t0k3n.of.somebody",
            mounted(&[("header", "Authorization: Bearer t0k3n.of.somebody\n")]),
        ),
        (
            "X-Gateway-Key",
            "k3y of the gateway",
            mounted(&[
                ("header", "X-Gateway-Key:k3y of the gateway"),
                ("username", "luban"),
                ("password", "s3cr3t"),
            ]),
        ),
    ] {
        let server = GitServer::start_for(repository.root.path(), Some((wanted, value)));
        let url = server.url("acme/app.git");
        let (place, result, _) = cloned(&url, &repository.head(), &[&credentials(&secret)]);
        result.unwrap();
        let has_password = secret.path().join("password").exists();
        assert_eq!(was_told(&server, &["Basic bHViYW46czNjcjN0"]), has_password);
        let kept = Command::new("grep")
            .args(["-r", "-l", "-e", "t0k3n", "-e", "k3y", "-e", "bHViYW46"])
            .arg(place.path())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&kept.stdout), "");
    }
}

#[test]
fn a_header_that_is_none_is_refused_without_being_shown() {
    let repository = Repository::new();
    let server = GitServer::start(repository.root.path(), None);
    for header in [
        "t0k3n",
        "Authorization:",
        ": t0k3n",
        "Auth orization: t0k3n",
        "A: t0k3n\nHost: evil",
        "A: t0\rk3n",
    ] {
        let secret = mounted(&[("header", header)]);
        let (_place, result, _) = cloned(
            &server.url("acme/app.git"),
            &repository.head(),
            &[&credentials(&secret)],
        );
        let failure = result.unwrap_err();
        assert_eq!(failure.exit, Exit::Usage, "{header}");
        assert!(
            failure.message.contains("holds no header"),
            "{}",
            failure.message
        );
        assert!(!failure.message.contains("t0"), "{}", failure.message);
    }
    let secret = mounted(&[
        ("header", "authorization: Bearer t0k3n"),
        ("password", "s3cr3t"),
    ]);
    let (_place, result, _) = cloned(
        &server.url("acme/app.git"),
        &repository.head(),
        &[&credentials(&secret)],
    );
    let failure = result.unwrap_err();
    assert!(
        failure.message.contains("another authorization"),
        "{}",
        failure.message
    );
    assert_eq!(server.served.load(Ordering::SeqCst), 0);
}

/// Defect P5: a line break was lost between two hosts' credentials, so that one host's password held the other's name.
#[test]
fn the_credentials_of_one_host_reach_no_other() {
    let (inner, outer) = (Repository::new(), Repository::new());
    let public = GitServer::start(inner.root.path(), None);
    let private = GitServer::start(outer.root.path(), Some("luban:s3cr3t"));
    let set = |key: &str, value: &str| {
        git(
            &outer.work,
            &["config", "--file", ".gitmodules", key, value],
        );
    };
    set("submodule.lib.path", "lib");
    set("submodule.lib.url", &public.url("acme/app.git"));
    let link = format!("160000,{},lib", inner.head());
    git(
        &outer.work,
        &["update-index", "--add", "--cacheinfo", &link],
    );
    git(&outer.work, &["add", ".gitmodules"]);
    git(&outer.work, &["commit", "--quiet", "--message", "lib"]);
    git(&outer.work, &["push", "--quiet", "origin", "HEAD"]);
    for secret in [
        mounted(&[("username", "luban"), ("password", "s3cr3t")]),
        mounted(&[
            ("header", "X-Key: k3y"),
            ("username", "luban"),
            ("password", "s3cr3t"),
        ]),
    ] {
        let (place, result, _) = cloned(
            &private.url("acme/app.git"),
            &outer.head(),
            &[&credentials(&secret), "--submodules=true"],
        );
        result.unwrap();
        assert!(place.path().join("source/lib/README.md").exists());
    }
    assert!(was_told(&private, &["Basic bHViYW46czNjcjN0"]) && was_told(&private, &["X-Key: k3y"]));
    assert!(!was_told(&public, &["Authorization", "bHViYW46", "X-Key"]));
}

#[test]
fn a_host_that_is_redirected_to_gets_no_credentials() {
    let repository = Repository::new();
    let other = GitServer::start(repository.root.path(), None);
    let first = Server::http("127.0.0.1:0").unwrap();
    let url = format!(
        "http://{}/acme/app.git",
        first.server_addr().to_ip().unwrap()
    );
    let elsewhere = other.url("");
    let redirecting = std::thread::spawn(move || {
        let mut told = 0;
        while let Ok(Some(request)) = first.recv_timeout(std::time::Duration::from_secs(60)) {
            if request.url() == "/end" {
                break;
            }
            told +=
                usize::from(request.headers().iter().any(|header| {
                    header.field.equiv("X-Key") || header.field.equiv("Authorization")
                }));
            let location = format!("{}{}", elsewhere.trim_end_matches('/'), request.url());
            let header = Header::from_bytes("Location", location).unwrap();
            let _ = request.respond(Response::empty(302).with_header(header));
        }
        told
    });
    for secret in [
        mounted(&[("username", "luban"), ("password", "s3cr3t")]),
        mounted(&[("header", "X-Key: k3y")]),
    ] {
        let (_place, result, _) = cloned(&url, &repository.head(), &[&credentials(&secret)]);
        let failure = result.unwrap_err();
        assert!(
            failure.help.unwrap_or_default().contains("another name"),
            "{}",
            failure.message
        );
    }
    let (_place, result, _) = cloned(&url, &repository.head(), &[]);
    result.unwrap();
    let _ = end(&url);
    assert!(redirecting.join().unwrap() >= 2);
    assert!(!was_told(&other, &["Authorization", "X-Key"]));
}

/// Ends the server that redirects.
fn end(url: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let host = url.split('/').nth(2).unwrap_or_default();
    let mut socket = std::net::TcpStream::connect(host)?;
    socket.write_all(b"GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
}

/// Defect P4: a URL with a user made a broken line of credentials, and an encoded project led elsewhere.
#[test]
fn a_url_with_a_user_and_an_encoded_project_is_cloned_as_it_is() {
    let repository = Repository::new();
    let root = tempfile::tempdir().unwrap();
    let bare = root.path().join("acme/My Project/_git/Büro & Co 100%");
    fs::create_dir_all(bare.parent().unwrap()).unwrap();
    fs::rename(&repository.bare, &bare).unwrap();
    let server = GitServer::start(root.path(), Some("luban:s3cr3t"));
    let secret = mounted(&[("username", "luban"), ("password", "s3cr3t")]);
    let path = "acme/My%20Project/_git/B%C3%BCro%20%26%20Co%20100%25";
    for url in [
        server.url(path),
        server.url(path).replace("http://", "http://acme@"),
    ] {
        let (_place, result, commit) = cloned(&url, &repository.head(), &[&credentials(&secret)]);
        result.unwrap();
        assert_eq!(commit, repository.head(), "{url}");
    }
}

/// A step in a process of its own, with a `git` before the real one that writes down how it is called.
#[test]
#[ignore = "another test runs it in a process of its own"]
fn what_the_environment_says_is_cloned() {
    let said = std::env::var("LUBAN_TEST_CLONE").unwrap();
    let arguments: Vec<&str> = said.lines().collect();
    let ended =
        crate::testing::with_world(|world| crate::run(&crate::testing::call(&arguments), world));
    assert_eq!(ended, Exit::Done);
}

/// Defect S5: tokens were arguments, and lay in a file of the home directory.
#[test]
fn no_argument_no_name_of_a_variable_no_log_and_no_file_has_a_secret() {
    let repository = Repository::new();
    let server = GitServer::start(repository.root.path(), Some("luban:s3cr3t-p4ss"));
    let refusing = GitServer::start_for(repository.root.path(), Some(("X-Key", "another")));
    let secret = mounted(&[
        ("username", "luban"),
        ("password", "s3cr3t-p4ss"),
        ("header", "X-Key: k3y-of-gateway"),
    ]);
    // printf 'luban:s3cr3t-p4ss' | base64
    let secrets = ["s3cr3t-p4ss", "bHViYW46czNjcjN0LXA0c3M=", "k3y-of-gateway"];
    for (server, is_fine) in [(&server, true), (&refusing, false)] {
        let place = tempfile::tempdir().unwrap();
        let (home, log) = (place.path().join("tmp"), place.path().join("log"));
        for folder in [&home, &log] {
            fs::create_dir(folder).unwrap();
        }
        let recorder = crate::fake_tool::FakeTool::new("git");
        let path = format!(
            "{}:{}",
            recorder.program().parent().unwrap().display(),
            std::env::var("PATH").unwrap()
        );
        let arguments = [
            "clone".to_owned(),
            format!("--url={}", server.url("acme/app.git")),
            format!("--revision={}", repository.head()),
            format!("--into={}", place.path().join("source").display()),
            credentials(&secret),
            "--submodules=true".to_owned(),
            "--sub-directory=.".to_owned(),
        ];
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture"])
            .arg("clone::secret_tests::what_the_environment_says_is_cloned")
            .env("PATH", path)
            .env("TMPDIR", &home)
            .env("HOME", &home)
            .env("LUBAN_TEST_CLONE", arguments.join("\n"))
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(output.status.success(), is_fine, "{said}");
        let recorded = recorder.file("calls");
        assert!(recorded.contains("argument fetch\n"), "{recorded}");
        assert!(
            recorded.contains("variable GIT_CONFIG_VALUE_0\n"),
            "{recorded}"
        );
        // What Git itself started, with its arguments.
        let started = recorder.file("trace");
        assert!(started.contains("remote-http"), "{started}");
        for secret in secrets {
            for (what, text) in [("calls", &*recorded), ("trace", &started), ("log", &said)] {
                assert!(!text.contains(secret), "{what}: {text}");
            }
        }
        let kept = Command::new("grep")
            .args(["-r", "-l", "-F"])
            .args(secrets.iter().flat_map(|secret| ["-e", *secret]))
            .arg(place.path())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&kept.stdout), "");
        assert!(
            fs::read_dir(&home).unwrap().next().is_none(),
            "something is left"
        );
    }
}
