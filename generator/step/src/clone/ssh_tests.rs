#![allow(clippy::unwrap_used, clippy::panic)]

use reqwest::Url;

use super::tests::cloned;
use super::*;
use crate::testing::sshd::Sshd;
use crate::testing::{Repository, git, mounted};

fn credentials(secret: &tempfile::TempDir) -> String {
    format!("--credentials={}", secret.path().display())
}

/// What a clone that must fail says, with its help.
fn refused(url: &str, revision: &str, secret: &tempfile::TempDir) -> (Exit, String) {
    let (place, result, _) = cloned(url, revision, &[&credentials(secret)]);
    let failure = result.unwrap_err();
    assert!(
        fs::read_dir(place.path()).unwrap().next().is_none(),
        "something is left"
    );
    (
        failure.exit,
        format!("{}\n{}", failure.message, failure.help.unwrap_or_default()),
    )
}

#[test]
fn a_commit_is_cloned_over_ssh_with_the_key_of_its_secret_which_is_copied_nowhere() {
    let Some(server) = Sshd::start() else { return };
    let repository = Repository::new();
    let asked = repository.commit("a.txt", "of the commit\n");
    repository.commit("a.txt", "newer\n");
    let secret = server.secret("client", "host");
    let (place, result, commit) = cloned(
        &server.url(&repository.bare),
        &asked,
        &[&credentials(&secret)],
    );
    result.unwrap();
    assert_eq!(commit, asked);
    let source = place.path().join("source");
    assert_eq!(
        fs::read_to_string(source.join("a.txt")).unwrap(),
        "of the commit\n"
    );
    let found = std::process::Command::new("grep")
        .args(["-r", "-l", "-e", "PRIVATE KEY"])
        .arg(place.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&found.stdout), "");
}

#[test]
fn a_key_that_the_server_does_not_know_is_refused_with_what_to_change() {
    let Some(server) = Sshd::start() else { return };
    let repository = Repository::new();
    let (exit, said) = refused(
        &server.url(&repository.bare),
        &repository.head(),
        &server.secret("other-client", "host"),
    );
    assert_eq!(exit, Exit::Failed);
    assert!(
        said.contains("Permission denied") && said.contains("the Secret with the credentials"),
        "{said}"
    );
}

#[test]
fn a_host_that_known_hosts_does_not_name_is_refused_with_what_to_put_there() {
    let Some(server) = Sshd::start() else { return };
    let repository = Repository::new();
    let secret = server.secret("client", "host");
    fs::write(secret.path().join("known_hosts"), "").unwrap();
    let (exit, said) = refused(&server.url(&repository.bare), &repository.head(), &secret);
    assert_eq!(exit, Exit::Failed);
    assert!(
        said.contains("Host key verification failed")
            && said.contains("`known_hosts`")
            && said.contains("ssh-keyscan"),
        "{said}"
    );
}

#[test]
fn a_host_that_has_another_key_now_is_refused() {
    let Some(server) = Sshd::start() else { return };
    let repository = Repository::new();
    let (exit, said) = refused(
        &server.url(&repository.bare),
        &repository.head(),
        &server.secret("client", "other-host"),
    );
    assert_eq!(exit, Exit::Failed);
    assert!(
        said.contains("Host key verification failed") && said.contains("`known_hosts`"),
        "{said}"
    );
}

#[test]
fn options_in_a_url_reach_ssh_as_data() {
    let Some(server) = Sshd::start() else { return };
    let repository = Repository::new();
    let secret = server.secret("client", "host");
    let place = tempfile::tempdir().unwrap();
    let marker = place.path().join("executed");
    let touch = format!("touch%20{}", marker.display());
    let good = server.url(&repository.bare);
    let port = Url::parse(&good).unwrap().port().unwrap();
    let bare = repository.bare.display();
    for url in [
        format!("ssh://-oProxyCommand={touch}/x.git"),
        format!("ssh://-oProxyCommand={touch}@127.0.0.1:{port}{bare}"),
        format!("ssh://-oProxyCommand%3D{touch}/x.git"),
        format!("ssh://127.0.0.1:-oProxyCommand={touch}/x.git"),
        format!("ssh://127.0.0.1:{port}/-oProxyCommand={touch}"),
        format!("ssh://127.0.0.1:{port}/--upload-pack={touch}"),
        format!("{good}';{touch};'"),
        format!("{good}%0A{touch}"),
        format!("{good}$({touch})"),
        format!("ssh://$({touch})@127.0.0.1:{port}{bare}"),
        format!("ssh://`{touch}`/x.git"),
        format!("ssh://x;{touch}/x.git"),
    ] {
        // Past the parser, which refuses most of them: Git and ssh themselves must take them for data.
        let result = Access::new(&url, Some(secret.path()), None, &crate::Redactor::default());
        if let Ok(access) = result {
            crate::testing::with_world(|world| {
                let git = Git::new(access, world).unwrap();
                let into = place.path().join("clone");
                let job = Job {
                    git,
                    revision: &repository.head(),
                    has_submodules: false,
                    has_lfs: false,
                    folder: None,
                };
                assert!(job.place(&into).is_err(), "{url}");
                assert!(!into.exists(), "{url}");
            });
        }
        assert!(!marker.exists(), "{url}");
    }
}

#[test]
fn a_secret_without_key_or_hosts_is_said_with_the_file_that_is_missing() {
    let url = "ssh://git@127.0.0.1:1/x.git";
    let revision = "a".repeat(40);
    let (exit, said) = refused(url, &revision, &mounted(&[("known_hosts", "x")]));
    assert_eq!(exit, Exit::Usage, "{said}");
    assert!(said.contains("ssh-privatekey"), "{said}");
    let (exit, said) = refused(url, &revision, &mounted(&[("ssh-privatekey", "k3y")]));
    assert_eq!(exit, Exit::Usage);
    assert!(
        said.contains("known_hosts") && said.contains("ssh-keyscan") && !said.contains("k3y"),
        "{said}"
    );
}

#[test]
fn a_submodule_over_ssh_comes_with_the_same_key() {
    let Some(server) = Sshd::start() else { return };
    let (inner, outer) = (Repository::new(), Repository::new());
    let set = |key: &str, value: &str| {
        git(
            &outer.work,
            &["config", "--file", ".gitmodules", key, value],
        )
    };
    set("submodule.lib.path", "lib");
    set("submodule.lib.url", &server.url(&inner.bare));
    let link = format!("160000,{},lib", inner.head());
    git(
        &outer.work,
        &["update-index", "--add", "--cacheinfo", &link],
    );
    git(&outer.work, &["add", ".gitmodules"]);
    git(&outer.work, &["commit", "--quiet", "--message", "lib"]);
    git(&outer.work, &["push", "--quiet", "origin", "HEAD"]);
    let secret = server.secret("client", "host");
    let (place, result, _) = cloned(
        &server.url(&outer.bare),
        &outer.head(),
        &[&credentials(&secret), "--submodules=true"],
    );
    result.unwrap();
    assert!(place.path().join("source/lib/README.md").exists());
}

#[test]
fn an_ssh_server_that_does_not_answer_is_a_fault_that_may_pass() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let secret = mounted(&[("ssh-privatekey", "k3y"), ("known_hosts", "x")]);
    let (exit, said) = refused(
        &format!("ssh://git@127.0.0.1:{port}/x.git"),
        &"a".repeat(40),
        &secret,
    );
    assert_eq!(exit, Exit::Transient, "{said}");
}
