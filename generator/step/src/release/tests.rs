#![allow(clippy::unwrap_used, clippy::panic)]

use std::thread;

use super::*;
use crate::testing::{GitServer, Repository, call, git, mounted, with_world};

const IMAGE: &str = "harbor.acme.dev/payments";

/// A GitOps repository with applications that have no release yet, and a source repository.
struct Platform {
    gitops: Repository,
    source: Repository,
    gitops_server: GitServer,
    source_server: GitServer,
    secret: tempfile::TempDir,
}

impl Platform {
    fn new(applications: usize) -> Self {
        let gitops = Repository::new();
        for number in 0..applications {
            let first =
                include_str!("../../../../overlays/payments/api/snd/release/kustomization.yaml");
            let file = gitops.work.join(directory(number)).join(FILE);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(
                file,
                first.replace("name: api", &format!("name: app-{number}")),
            )
            .unwrap();
        }
        gitops.commit("platform.yaml", "kind: Platform\n");
        let source = Repository::new();
        let gitops_server = GitServer::start(gitops.root.path(), Some("luban:s3cr3t"));
        let source_server = GitServer::start(source.root.path(), None);
        let secret = mounted(&[("username", "luban"), ("password", "s3cr3t")]);
        Self {
            gitops,
            source,
            gitops_server,
            source_server,
            secret,
        }
    }

    fn release(&self, application: usize, revision: &str, digest: char) -> Result<(), Failure> {
        self.released_in(application, revision, digest).map(drop)
    }

    /// The commit that a release says it is in.
    fn released_in(
        &self,
        application: usize,
        revision: &str,
        digest: char,
    ) -> Result<String, Failure> {
        let results = tempfile::tempdir().unwrap();
        let commit = results.path().join("commit");
        let arguments = [
            "release".to_owned(),
            format!("--gitops={}", self.gitops_server.url("acme/app.git")),
            "--branch=main".to_owned(),
            format!("--path={}", directory(application)),
            format!("--credentials={}", self.secret.path().display()),
            format!("--image={IMAGE}/app-{application}"),
            format!("--tag={revision}"),
            format!("--digest=sha256:{}", digest.to_string().repeat(64)),
            format!("--revision={revision}"),
            format!("--source={}", self.source_server.url("acme/app.git")),
            "--source-branch=main".to_owned(),
            "--reason=COMMIT".to_owned(),
            format!("--run=app-{application}-0123456789"),
            format!("--result=commit={}", commit.display()),
        ];
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        with_world(|world| run(&call(&arguments), world))?;
        Ok(std::fs::read_to_string(commit).unwrap())
    }

    /// What is released in the GitOps repository now.
    fn released(&self, application: usize) -> Option<Release> {
        let name = format!("main:{}/{FILE}", directory(application));
        let text = git(&self.gitops.bare, &["show", &name]);
        Record::read(FILE, &text).unwrap().release(None)
    }

    fn commits(&self) -> usize {
        git(&self.gitops.bare, &["rev-list", "--count", "main"])
            .parse()
            .unwrap()
    }
}

fn directory(application: usize) -> String {
    format!("overlays/payments/app-{application}/snd/release")
}

/// Defect B6: what was deployed was a tag that could move, never a digest.
#[test]
fn a_release_is_one_commit_that_says_what_was_built_from_what() {
    let platform = Platform::new(2);
    let revision = platform.source.head();
    let before = platform.commits();
    platform.release(1, &revision, 'a').unwrap();
    assert_eq!(platform.commits(), before + 1);
    let released = platform.released(1).unwrap();
    assert_eq!(
        (released.revision, released.image),
        (revision.clone(), format!("{IMAGE}/app-1"))
    );
    assert_eq!(platform.released(0), None);
    let message = git(
        &platform.gitops.bare,
        &["log", "-1", "--format=%an%n%B", "main"],
    );
    let source = platform.source_server.url("acme/app.git");
    assert_eq!(
        message,
        format!(
            "luban\nRelease {revision} to payments/app-1/snd\n\nSource-Repository: {source}\nSource-Commit: {revision}\n\
             Image: {IMAGE}/app-1\nDigest: sha256:{}\nBuild-Reason: COMMIT\nRun: app-1-0123456789",
            "a".repeat(64)
        )
    );
    let changed = git(
        &platform.gitops.bare,
        &["diff", "--name-only", "main~", "main"],
    );
    assert_eq!(changed, format!("{}/{FILE}", directory(1)));
}

#[test]
fn the_same_release_again_is_no_commit() {
    let platform = Platform::new(1);
    let revision = platform.source.head();
    platform.release(0, &revision, 'a').unwrap();
    let commits = platform.commits();
    platform.release(0, &revision, 'a').unwrap();
    assert_eq!(platform.commits(), commits);
    platform.release(0, &revision, 'b').unwrap();
    assert_eq!(platform.commits(), commits + 1, "the same commit, rebuilt");
}

#[test]
fn a_release_that_is_there_already_names_the_commit_that_it_is_in() {
    let platform = Platform::new(2);
    let revision = platform.source.head();
    let first = platform.released_in(0, &revision, 'a').unwrap();
    // Another application's, of the very digest, and a person's commit on top.
    let other = platform.released_in(1, &revision, 'a').unwrap();
    git(
        &platform.gitops.work,
        &["pull", "--quiet", "--rebase", "origin", "main"],
    );
    platform.gitops.commit("notes.txt", "notes\n");
    assert_ne!(first, other);
    assert_eq!(platform.released_in(0, &revision, 'a').unwrap(), first);
    assert_eq!(platform.released_in(1, &revision, 'a').unwrap(), other);
    // Where a person squashed the history, it is in the newest commit.
    let tree = git(&platform.gitops.work, &["rev-parse", "HEAD^{tree}"]);
    let squashed = git(&platform.gitops.work, &["commit-tree", "-m", "All", &tree]);
    git(
        &platform.gitops.work,
        &["reset", "--quiet", "--hard", &squashed],
    );
    git(
        &platform.gitops.work,
        &["push", "--quiet", "--force", "origin", "HEAD:main"],
    );
    assert_eq!(platform.released_in(0, &revision, 'a').unwrap(), squashed);
}

#[test]
fn a_server_that_gives_no_commit_by_its_id_is_asked_for_its_branches() {
    let platform = Platform::new(1);
    let bare = &platform.source.bare;
    git(bare, &["config", "uploadpack.allowAnySHA1InWant", "false"]);
    // The second protocol gives every commit.
    std::fs::write(platform.source.root.path().join("first-protocol"), "").unwrap();
    let first = platform.source.head();
    platform.release(0, &first, 'a').unwrap();
    let second = platform.source.commit("a.txt", "second\n");
    platform.source.commit("a.txt", "third\n");
    // No head any more, and newer than what is released.
    platform.release(0, &second, 'b').unwrap();
    assert_eq!(platform.released(0).unwrap().revision, second);
    let failure = platform.release(0, &first, 'a').unwrap_err();
    assert_eq!(failure.exit, Exit::Refused, "{}", failure.message);
    let failure = platform.release(0, &"c".repeat(40), 'c').unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert!(
        failure.message.contains("pushed away"),
        "{}",
        failure.message
    );
}

#[test]
fn whichever_build_ends_last_the_newer_commit_stays_released() {
    let platform = Platform::new(1);
    let older = platform.source.commit("a", "1");
    let newer = platform.source.commit("a", "2");
    platform.release(0, &newer, 'b').unwrap();
    let commits = platform.commits();
    let failure = platform.release(0, &older, 'a').unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert!(
        failure.message.contains(&newer) && failure.message.contains(&older),
        "{}",
        failure.message
    );
    assert_eq!(platform.commits(), commits);
    assert_eq!(platform.released(0).unwrap().revision, newer);
    let newest = platform.source.commit("a", "3");
    platform.source.commit("a", "4");
    platform.release(0, &newest, 'c').unwrap();
    assert_eq!(
        platform.released(0).unwrap().revision,
        newest,
        "newer than what is released, though not the head any more"
    );
}

#[test]
fn a_force_push_back_releases_the_older_commit_and_a_commit_that_was_pushed_away_is_refused() {
    let platform = Platform::new(1);
    let older = platform.source.commit("a", "1");
    let newer = platform.source.commit("a", "2");
    platform.release(0, &newer, 'b').unwrap();
    git(
        &platform.source.work,
        &["reset", "--quiet", "--hard", &older],
    );
    git(
        &platform.source.work,
        &["push", "--quiet", "--force", "origin", "HEAD"],
    );
    platform.release(0, &older, 'a').unwrap();
    assert_eq!(platform.released(0).unwrap().revision, older);
    // Another way forward: what was released before is no ancestor of it, but it is the head.
    let other = platform.source.commit("a", "3");
    git(
        &platform.source.work,
        &["reset", "--quiet", "--hard", "HEAD~2"],
    );
    let forked = platform.source.commit("b", "1");
    assert_eq!(
        platform.release(0, &other, 'c').err(),
        None,
        "its ancestor is released"
    );
    platform.release(0, &forked, 'd').unwrap();
    assert_eq!(
        platform.release(0, &newer, 'b').unwrap_err().exit,
        Exit::Refused
    );
    assert_eq!(
        platform.release(0, &"e".repeat(40), 'e').unwrap_err().exit,
        Exit::Refused
    );
    assert_eq!(platform.released(0).unwrap().revision, forked);
}

/// Defect R3: releases were pushed once, and of two at a time one was lost.
#[test]
fn twenty_releases_at_once_all_land() {
    let platform = Platform::new(10);
    let older = platform.source.commit("a", "1");
    let newer = platform.source.commit("a", "2");
    let before = platform.commits();
    let ended: Vec<Result<(), Failure>> = thread::scope(|scope| {
        let releases: Vec<_> = (0..20)
            .map(|number| {
                let (platform, older, newer) = (&platform, &older, &newer);
                scope.spawn(move || match number < 10 {
                    true => platform.release(number, older, 'a'),
                    false => platform.release(number - 10, newer, 'b'),
                })
            })
            .collect();
        releases
            .into_iter()
            .map(|release| release.join().unwrap())
            .collect()
    });
    for (number, result) in ended.iter().enumerate() {
        let is_late = number < 10
            && result
                .as_ref()
                .is_err_and(|failure| failure.exit == Exit::Refused);
        assert!(result.is_ok() || is_late, "{number}: {result:?}");
    }
    for application in 0..10 {
        assert_eq!(platform.released(application).unwrap().revision, newer);
    }
    let landed = ended.iter().filter(|result| result.is_ok()).count();
    assert_eq!(platform.commits(), before + landed);
}

#[test]
fn a_release_that_has_no_place_or_may_not_be_pushed_says_what_to_do() {
    let platform = Platform::new(1);
    let revision = platform.source.head();
    let failure = platform.release(7, &revision, 'a').unwrap_err();
    assert!(
        failure
            .message
            .contains("there is no `overlays/payments/app-7/snd/release/kustomization.yaml`"),
        "{}",
        failure.message
    );
    std::fs::write(
        platform.gitops.bare.join("hooks/pre-receive"),
        "#!/bin/sh\necho GH006: protected branch >&2\nexit 1\n",
    )
    .unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(platform.gitops.bare.join("hooks/pre-receive"), mode).unwrap();
    let failure = platform.release(0, &revision, 'a').unwrap_err();
    assert!(
        failure.help.unwrap().contains("protected"),
        "{}",
        failure.message
    );
    assert_eq!(platform.released(0), None);
    std::fs::remove_file(platform.gitops.bare.join("hooks/pre-receive")).unwrap();
    platform
        .gitops_server
        .is_down
        .store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(
        platform.release(0, &revision, 'a').unwrap_err().exit,
        Exit::Transient
    );
}

#[test]
fn a_release_is_pushed_over_ssh_and_a_wrong_key_pushes_nothing() {
    let Some(server) = crate::testing::sshd::Sshd::start() else {
        return;
    };
    let platform = Platform::new(1);
    let revision = platform.source.head();
    let before = platform.commits();
    let released = |secret: &tempfile::TempDir| {
        let credentials = secret.path().display();
        let arguments = [
            "release".to_owned(),
            format!("--gitops={}", server.url(&platform.gitops.bare)),
            "--branch=main".to_owned(),
            format!("--path={}", directory(0)),
            format!("--credentials={credentials}"),
            format!("--image={IMAGE}/app-0"),
            format!("--tag={revision}"),
            format!("--digest=sha256:{}", "a".repeat(64)),
            format!("--revision={revision}"),
            format!("--source={}", server.url(&platform.source.bare)),
            format!("--source-credentials={credentials}"),
            "--source-branch=main".to_owned(),
            "--reason=COMMIT".to_owned(),
            "--run=app-0-0123456789".to_owned(),
        ];
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        with_world(|world| run(&call(&arguments), world))
    };
    let failure = released(&server.secret("other-client", "host")).unwrap_err();
    assert!(
        failure.message.contains("Permission denied"),
        "{}",
        failure.message
    );
    assert_eq!(platform.commits(), before);
    released(&server.secret("client", "host")).unwrap();
    assert_eq!(platform.commits(), before + 1);
    assert_eq!(platform.released(0).unwrap().revision, revision);
}
