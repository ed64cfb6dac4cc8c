#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::atomic::Ordering;

use super::*;
use crate::testing::{GitServer, Repository, call, git, mounted, with_world};

/// Clones and gives the directory back.
pub(super) fn cloned(
    url: &str,
    revision: &str,
    more: &[&str],
) -> (tempfile::TempDir, Result<(), Failure>, String) {
    let place = tempfile::tempdir().unwrap();
    let (into, commit) = (place.path().join("source"), place.path().join("commit"));
    let arguments = [
        "clone".to_owned(),
        format!("--url={url}"),
        format!("--revision={revision}"),
        format!("--into={}", into.display()),
        format!("--result=commit={}", commit.display()),
    ];
    let arguments: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .chain(more.iter().copied())
        .collect();
    let result = with_world(|world| run(&call(&arguments), world));
    let commit = fs::read_to_string(commit).unwrap_or_default();
    (place, result, commit)
}

fn entries(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_commit_that_was_asked_for_is_fetched_alone() {
    let repository = Repository::new();
    let asked = repository.commit("a.txt", "of the commit\n");
    repository.commit("a.txt", "newer\n");
    let (place, result, commit) = cloned(&repository.file_url(), &asked, &[]);
    result.unwrap();
    let source = place.path().join("source");
    assert_eq!(
        fs::read_to_string(source.join("a.txt")).unwrap(),
        "of the commit\n"
    );
    assert_eq!(commit, asked);
    assert_eq!(git(&source, &["rev-list", "--count", "HEAD"]), "1");
    assert_eq!(entries(place.path()), ["commit", "source"]);
}

#[test]
fn a_server_that_gives_no_commit_by_its_id_gives_it_with_its_branch() {
    let repository = Repository::new();
    let asked = repository.head();
    repository.commit("a.txt", "newer\n");
    git(
        &repository.bare,
        &["config", "uploadpack.allowAnySHA1InWant", "false"],
    );
    let server = GitServer::start(repository.root.path(), None);
    server.is_old.store(true, Ordering::SeqCst);
    let (_place, result, commit) = cloned(&server.url("acme/app.git"), &asked, &[]);
    result.unwrap();
    assert_eq!(commit, asked);
}

#[test]
fn a_commit_that_is_not_there_is_a_failure_and_leaves_nothing() {
    let repository = Repository::new();
    let (place, result, _) = cloned(&repository.file_url(), &"b".repeat(40), &[]);
    let failure = result.unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(
        failure.message.contains(&"b".repeat(40)),
        "{}",
        failure.message
    );
    assert_eq!(entries(place.path()), Vec::<String>::new());
}

#[test]
fn a_private_repository_needs_its_secret_and_shows_it_nowhere() {
    let repository = Repository::new();
    let asked = repository.head();
    let server = GitServer::start(repository.root.path(), Some("luban:s3cr3t/!"));
    let url = server.url("acme/app.git");

    let (place, result, _) = cloned(&url, &asked, &[]);
    let failure = result.unwrap_err();
    assert!(
        failure.help.unwrap().contains("Secret"),
        "{}",
        failure.message
    );
    assert_eq!(entries(place.path()), Vec::<String>::new());

    let wrong = mounted(&[("username", "luban"), ("password", "wrong")]);
    let (_place, result, _) = cloned(
        &url,
        &asked,
        &[&format!("--credentials={}", wrong.path().display())],
    );
    assert_eq!(result.unwrap_err().exit, Exit::Failed);

    let right = mounted(&[("username", "luban\n"), ("password", "s3cr3t/!\n")]);
    let (place, result, _) = cloned(
        &url,
        &asked,
        &[&format!("--credentials={}", right.path().display())],
    );
    result.unwrap();
    assert!(server.served.load(Ordering::SeqCst) > 0);
    let found = std::process::Command::new("grep")
        .args(["-r", "-l", "-e", "s3cr3t", "-e", "bHViYW46"])
        .arg(place.path())
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&found.stdout),
        "",
        "the password is in a file"
    );
}

#[test]
fn a_server_that_is_down_is_a_fault_that_may_pass() {
    let repository = Repository::new();
    let server = GitServer::start(repository.root.path(), None);
    server.is_down.store(true, Ordering::SeqCst);
    let (place, result, _) = cloned(&server.url("acme/app.git"), &repository.head(), &[]);
    assert_eq!(result.unwrap_err().exit, Exit::Transient);
    assert_eq!(entries(place.path()), Vec::<String>::new());
}

#[test]
fn a_pod_that_is_asked_to_go_ends_the_clone_and_leaves_nothing() {
    // It takes the request and never answers.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/acme/app.git", listener.local_addr().unwrap());
    let place = tempfile::tempdir().unwrap();
    let (redactor, stop) = (crate::Redactor::default(), crate::Stop::default());
    let asking = stop.clone();
    let kept = std::thread::spawn(move || {
        let (socket, _) = listener.accept().unwrap();
        asking.ask();
        socket
    });
    let world = World {
        clock: &crate::SystemClock,
        redactor: &redactor,
        stop: &stop,
    };
    let into = format!("--into={}", place.path().join("source").display());
    let (url, revision) = (
        format!("--url={url}"),
        format!("--revision={}", "a".repeat(40)),
    );
    let exit = crate::run(&call(&["clone", &url, &revision, &into]), &world);
    assert_eq!(exit, Exit::Cancelled);
    assert_eq!(entries(place.path()), Vec::<String>::new());
    drop(kept.join().unwrap());
}

#[test]
fn a_directory_with_something_in_it_is_not_touched_and_an_ended_try_is_cleared_away() {
    let repository = Repository::new();
    let place = tempfile::tempdir().unwrap();
    let into = place.path().join("source");
    fs::create_dir_all(place.path().join(".source.luban/half")).unwrap();
    fs::create_dir(&into).unwrap();
    let into_flag = format!("--into={}", into.display());
    let (url, revision) = (
        format!("--url={}", repository.file_url()),
        format!("--revision={}", repository.head()),
    );
    let arguments = ["clone", &url, &revision, &into_flag];
    with_world(|world| run(&call(&arguments), world)).unwrap();
    assert_eq!(entries(place.path()), ["source"]);
    let failure = with_world(|world| run(&call(&arguments), world)).unwrap_err();
    assert!(
        failure.message.contains("is not empty"),
        "{}",
        failure.message
    );
    assert_eq!(
        fs::read_to_string(into.join("README.md")).unwrap(),
        "first\n"
    );
}

#[test]
fn submodules_are_fetched_when_asked_and_use_no_other_way() {
    let inner = Repository::new();
    let outer = Repository::new();
    let server = GitServer::start(inner.root.path(), None);
    for (path, url) in [
        ("good", server.url("acme/app.git")),
        ("evil", "ext::sh -c touch% /tmp/luban-evil".to_owned()),
    ] {
        git(
            &outer.work,
            &[
                "config",
                "--file",
                ".gitmodules",
                &format!("submodule.{path}.path"),
                path,
            ],
        );
        git(
            &outer.work,
            &[
                "config",
                "--file",
                ".gitmodules",
                &format!("submodule.{path}.url"),
                &url,
            ],
        );
        git(
            &outer.work,
            &[
                "update-index",
                "--add",
                "--cacheinfo",
                &format!("160000,{},{path}", inner.head()),
            ],
        );
        git(&outer.work, &["add", ".gitmodules"]);
        git(&outer.work, &["commit", "--quiet", "--message", path]);
        git(&outer.work, &["push", "--quiet", "origin", "HEAD"]);
        let outer_server = GitServer::start(outer.root.path(), None);
        let outer_url = outer_server.url("acme/app.git");
        let (place, result, _) = cloned(&outer_url, &outer.head(), &["--submodules=true"]);
        match path {
            "good" => {
                result.unwrap();
                assert!(place.path().join("source/good/README.md").exists());
                let (place, result, _) = cloned(&outer_url, &outer.head(), &[]);
                result.unwrap();
                assert!(!place.path().join("source/good/README.md").exists());
            }
            _ => {
                let failure = result.unwrap_err();
                assert!(
                    failure.message.contains("transport 'ext' not allowed"),
                    "{}",
                    failure.message
                );
                assert!(!Path::new("/tmp/luban-evil").exists());
            }
        }
    }
}

#[test]
fn hooks_filters_and_configuration_of_others_are_not_run() {
    let repository = Repository::new();
    repository.commit(".gitattributes", "*.txt filter=evil\n");
    let asked = repository.commit("a.txt", "text\n");
    let (place, result, _) = cloned(&repository.file_url(), &asked, &[]);
    result.unwrap();
    let source = place.path().join("source");
    assert_eq!(fs::read_to_string(source.join("a.txt")).unwrap(), "text\n");
    assert!(!source.join(".git/hooks").exists());
}

#[test]
fn where_nothing_can_be_written_the_error_says_what_to_mount() {
    let repository = Repository::new();
    let (url, revision) = (
        format!("--url={}", repository.file_url()),
        format!("--revision={}", repository.head()),
    );
    let arguments = ["clone", &url, &revision, "--into=/proc/luban/source"];
    let failure = with_world(|world| run(&call(&arguments), world)).unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(
        failure.message.contains("/proc/luban"),
        "{}",
        failure.message
    );
}
