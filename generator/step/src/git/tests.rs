#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::PathBuf;

use super::*;
use crate::dispatch::Changes as _;
use crate::testing::{GitServer, Repository, git, mounted, with_world};

#[test]
fn the_files_that_a_push_changed_are_asked_of_the_repository() {
    let repository = Repository::new();
    let before = repository.commit("services/api/a.py", "1\n");
    repository.commit("services/web/b.js", "1\n");
    git(
        &repository.work,
        &["mv", "services/api/a.py", "services/api/c.py"],
    );
    let after = repository.commit("ümläut \"q\".txt", "1\n");
    let server = GitServer::start(repository.root.path(), Some("luban:s3cr3t"));
    let credentials = tempfile::tempdir().unwrap();
    let secret = mounted(&[("username", "luban"), ("password", "s3cr3t")]);
    std::fs::rename(secret.path(), credentials.path().join("github")).unwrap();
    let changed = |before: &str, after: &str| {
        with_world(|world| {
            let changes = GitChanges {
                credentials: Some(PathBuf::from(credentials.path())),
                authorities: None,
                world,
            };
            changes.between("github", &server.url("acme/app.git"), before, after)
        })
    };
    let all = [
        "services/api/a.py",
        "services/api/c.py",
        "services/web/b.js",
        "ümläut \"q\".txt",
    ];
    assert_eq!(changed(&before, &after).unwrap().unwrap(), all);
    assert_eq!(
        changed(&after, &before).unwrap().unwrap(),
        all,
        "a force push back"
    );
    assert_eq!(
        changed(&"c".repeat(40), &after).unwrap(),
        None,
        "a commit that is gone"
    );
    assert!(changed(&before, &"c".repeat(40)).is_err());
    server
        .is_down
        .store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(changed(&before, &after).unwrap_err().exit, Exit::Transient);
}

#[test]
fn each_provider_is_asked_for_changes_with_its_own_credentials() {
    let repository = Repository::new();
    let before = repository.head();
    let after = repository.commit("a.txt", "1\n");
    let mut servers = Vec::new();
    let credentials = tempfile::tempdir().unwrap();
    for (provider, password) in [("github", "s3cr3t-of-one"), ("gitea", "s3cr3t-of-another")] {
        let pair = format!("luban:{password}");
        servers.push((
            provider,
            GitServer::start(repository.root.path(), Some(&pair)),
        ));
        let secret = mounted(&[("username", "luban"), ("password", password)]);
        std::fs::rename(secret.path(), credentials.path().join(provider)).unwrap();
    }
    with_world(|world| {
        let changes = GitChanges {
            credentials: Some(PathBuf::from(credentials.path())),
            authorities: None,
            world,
        };
        for (provider, server) in &servers {
            let url = server.url("acme/app.git");
            let changed = changes.between(provider, &url, &before, &after).unwrap();
            assert_eq!(changed.unwrap(), ["a.txt"]);
        }
        // Those of one provider open no other's repositories.
        let url = servers[1].1.url("acme/app.git");
        let failure = changes
            .between("github", &url, &before, &after)
            .unwrap_err();
        assert!(
            failure
                .help
                .unwrap()
                .contains("the Secret with the credentials")
        );
    });
    let seen = servers[0].1.seen.lock().unwrap();
    // printf 'luban:s3cr3t-of-one' | base64
    let own = "Basic bHViYW46czNjcjN0LW9mLW9uZQ==";
    let told = seen
        .iter()
        .filter(|header| header.starts_with("Authorization"));
    assert!(told.clone().count() > 0);
    assert!(told.into_iter().all(|header| header.ends_with(own)));
}

#[test]
fn a_url_with_a_password_or_of_another_kind_is_refused() {
    with_world(|world| {
        for url in [
            "https://luban:s3cr3t@host/x",
            "ext::sh -c id",
            "ftp://host/x",
            "-oProxyCommand=id",
            "git@host:x",
        ] {
            let failure = Access::new(url, None, None, world.redactor).unwrap_err();
            assert_eq!(failure.exit, Exit::Usage, "{url}");
            assert!(!failure.message.contains("s3cr3t"));
        }
    });
}

#[test]
fn an_ssh_url_needs_a_key_and_known_hosts() {
    with_world(|world| {
        let failure = Access::new("ssh://git@host/x.git", None, None, world.redactor).unwrap_err();
        assert!(failure.message.contains("needs a key"));
        let secret = mounted(&[("ssh-privatekey", "key")]);
        let failure = Access::new(
            "ssh://git@host/x.git",
            Some(secret.path()),
            None,
            world.redactor,
        )
        .unwrap_err();
        assert!(failure.help.unwrap().contains("ssh-keyscan"));
    });
}
