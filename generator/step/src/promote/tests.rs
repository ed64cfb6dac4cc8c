#![allow(clippy::unwrap_used, clippy::panic)]

mod killed;
mod people;
mod stage;
mod verified;

use super::*;
use crate::testing::git;
use stage::{IMAGE, KINDS, SOURCE, Stage, digest, release};

#[test]
fn a_pull_request_says_what_changes_and_what_was_verified() {
    for kind in KINDS {
        let stage = Stage::new(kind);
        stage.release("snd", &release("1.0", 'a'));
        stage.release("prd", &release("1.0", 'a'));
        stage.change(
            "overlays/payments/api/prd/release/kustomization.yaml",
            "Say who",
            |text| text.replace("images:", "# ask Jo first\nimages:"),
        );
        stage.release("snd", &release("1.1", 'b'));
        let before = stage.tip("main");
        stage.promote(&[]).unwrap();
        assert_eq!(stage.open(), [1], "{kind:?}");
        let pull = stage.pull(1);
        assert_eq!(
            (pull.head.as_str(), pull.base.as_str(), pull.title.as_str()),
            ("promote/api/1.1", "main", "Promote payments/api 1.1 to prd")
        );
        let (old, new) = ("a".repeat(40), "b".repeat(40));
        let short = before.get(..10).unwrap();
        let today = git(&stage.gitops.bare, &["log", "-1", "--format=%cI", "main"]);
        let today = &today[..10];
        assert_eq!(
            pull.body,
            format!(
                "<!-- luban promotion: payments/api/prd {} -->

`prd` gets the release of **payments/api** that `snd` runs.

| | `prd` now | after |
|---|---|---|
| Image | `{IMAGE}` | `{IMAGE}` |
| Tag | `1.0` | `1.1` |
| Digest | `{}` | `{}` |
| Commit | [`aaaaaaaaaa`]({SOURCE}/commit/{old}) | [`bbbbbbbbbb`]({SOURCE}/commit/{new}) |
| Run | `api-aaaaaaaaaa` | `api-bbbbbbbbbb` |

[All commits between the two]({SOURCE}/compare/{old}...{new})

| Verified | |
|---|---|
| Registry | has the digest |
| Argo CD | `payments-api-snd` is synced and healthy at `{short}` |
| Signature | is good, and of the project's key |

Asked for by `jo`.

Releases of `snd` that come with it:

- `1.1`, [`bbbbbbbbbb`]({SOURCE}/commit/{new}), run `api-bbbbbbbbbb`, {today}

Merge to agree. To decline, close: this release is not proposed again unless the pull request is reopened.
",
                digest('b'),
                digest('a'),
                digest('b')
            )
        );
        assert_eq!(stage.tip("main"), before, "nothing is merged");
        let changed = git(
            &stage.gitops.bare,
            &["diff", "--name-only", "main", "promote/api/1.1"],
        );
        assert_eq!(
            changed,
            "overlays/payments/api/prd/release/kustomization.yaml"
        );
        assert_eq!(
            stage.released("promote/api/1.1", "prd"),
            Some(release("1.1", 'b'))
        );
        assert!(
            stage
                .file("promote/api/1.1", "prd")
                .contains("\n# ask Jo first\nimages:")
        );
        let message = git(
            &stage.gitops.bare,
            &["log", "-1", "--format=%B", "promote/api/1.1"],
        );
        assert_eq!(
            message,
            format!(
                "Promote payments/api 1.1 to prd\n\nPromotion: payments/api/prd\nPromoted-From: snd\nSource-Repository: {SOURCE}\n\
                 Source-Commit: {new}\nImage: {IMAGE}\nDigest: {}\nRun: api-bbbbbbbbbb\nAsked-By: jo\nBase-Commit: {before}",
                digest('b')
            )
        );
        assert_eq!(stage.fake.held().refused, [""; 0], "{kind:?}");
    }
}

#[test]
fn the_first_promotion_starts_the_application_there() {
    let stage = Stage::new(Kind::GitHub);
    stage.release("snd", &release("1.0", 'a'));
    stage.promote(&[]).unwrap();
    assert!(stage.pull(1).body.contains("| Tag |  | `1.0` |"));
    let file = stage.file("promote/api/1.0", "prd");
    assert!(!file.contains("/spec/replicas"), "{file}");
}

#[test]
fn run_again_it_changes_nothing() {
    for kind in KINDS {
        let stage = Stage::new(kind);
        stage.release("snd", &release("1.0", 'a'));
        stage.promote(&[]).unwrap();
        let (tip, pull) = (stage.tip("promote/api/1.0"), stage.pull(1).body);
        let changes = stage.fake.held().changes;
        stage.promote(&[]).unwrap();
        assert_eq!(
            (stage.tip("promote/api/1.0"), stage.pull(1).body),
            (tip, pull)
        );
        assert_eq!(stage.fake.held().pulls.len(), 1);
        let more = stage.fake.held().changes - changes;
        // Azure DevOps shows too little of the text to know that it is the same.
        let is_azure = matches!(kind, Kind::AzureDevOpsServices | Kind::AzureDevOpsServer);
        assert_eq!(more, usize::from(is_azure), "{kind:?}");
    }
}

#[test]
fn what_is_merged_is_done_and_merging_it_while_it_is_proposed_too() {
    let stage = Stage::new(Kind::Gitea);
    stage.release("snd", &release("1.0", 'a'));
    stage.promote(&[]).unwrap();
    stage.merge(1);
    let main = stage.tip("main");
    for _ in 0..2 {
        stage.promote(&[]).unwrap();
        assert_eq!(stage.tip("main"), main);
        assert_eq!(
            stage.branches(),
            [""; 0],
            "the merged branch is not needed any more"
        );
    }
    assert_eq!(stage.fake.held().pulls.len(), 1);
    // Taken back by people, and wanted again by people.
    git(
        &stage.gitops.work,
        &["revert", "--no-edit", "--mainline", "1", "HEAD"],
    );
    git(&stage.gitops.work, &["push", "--quiet", "origin", "main"]);
    stage.promote(&[]).unwrap();
    assert_eq!(stage.open(), [2]);
    assert_eq!(
        stage.released("promote/api/1.0", "prd"),
        Some(release("1.0", 'a'))
    );
}

#[test]
fn without_approval_it_is_one_commit_and_no_pull_request() {
    let stage = Stage::new(Kind::GitHub);
    stage.release("snd", &release("1.0", 'a'));
    let before = stage.tip("main");
    stage.promote(&["--approval=none"]).unwrap();
    assert_eq!(stage.released("main", "prd"), Some(release("1.0", 'a')));
    assert_eq!(stage.tip("main~"), before);
    let message = git(&stage.gitops.bare, &["log", "-1", "--format=%B", "main"]);
    assert!(!message.contains("Base-Commit"), "{message}");
    stage.promote(&["--approval=none"]).unwrap();
    assert_eq!(stage.tip("main~"), before);
    assert!(stage.fake.held().pulls.is_empty() && stage.branches().is_empty());
}

#[test]
fn a_newer_promotion_takes_the_place_of_an_older_one() {
    for kind in KINDS {
        let stage = Stage::new(kind);
        stage.release("snd", &release("1.0", 'a'));
        stage.promote(&[]).unwrap();
        stage.release_of("payments/worker", "snd", &release("9", 'c'));
        stage.release("snd", &release("1.1", 'b'));
        stage.promote(&[]).unwrap();
        assert_eq!(stage.open(), [2], "{kind:?}");
        assert_eq!(stage.branches(), ["promote/api/1.1"]);
        let title = stage.pull(1).title;
        assert_eq!(title, "Promote payments/api 1.0 to prd (superseded by #2)");
        // A force push back: nobody has declined the first release.
        stage.release("snd", &release("1.0", 'a'));
        stage.promote(&[]).unwrap();
        assert_eq!(stage.open(), [3], "{kind:?}");
        assert_eq!(stage.branches(), ["promote/api/1.0"]);
    }
}

#[test]
fn a_newer_release_is_never_replaced_by_an_older_one() {
    for approval in ["--approval=pull-request", "--approval=none"] {
        let stage = Stage::new(Kind::GitHub);
        stage.release("snd", &release("1.0", 'a'));
        stage.release("snd", &release("1.1", 'b'));
        stage.release("prd", &release("1.1", 'b'));
        // Somebody takes the newer one back where it was tried, and nowhere else.
        stage.change(
            "overlays/payments/api/snd/release/kustomization.yaml",
            "Revert",
            |text| {
                let old = release("1.0", 'a');
                text.replace("1.1", "1.0")
                    .replace(&digest('b'), &old.digest)
                    .replace(&"b".repeat(40), &old.revision)
            },
        );
        assert_eq!(stage.released("main", "snd").unwrap().digest, digest('a'));
        let failure = stage.promote(&[approval]).unwrap_err();
        assert_eq!(failure.exit, Exit::Refused);
        assert!(
            failure
                .message
                .contains("`prd` has a newer release than `snd`: `1.1`"),
            "{}",
            failure.message
        );
        assert_eq!(stage.released("main", "prd"), Some(release("1.1", 'b')));
        assert!(stage.branches().is_empty());
        // Built and released anew it is the newer one.
        stage.release("snd", &release("1.0.1", 'c'));
        stage.promote(&[approval]).unwrap();
    }
}

#[test]
fn two_at_once_are_one_branch_and_one_pull_request() {
    for kind in [Kind::GitHub, Kind::Gitea, Kind::AzureDevOpsServer] {
        let stage = Stage::new(kind);
        stage.release("snd", &release("1.0", 'a'));
        let ended: Vec<_> = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..3).map(|_| scope.spawn(|| stage.promote(&[]))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert_eq!(ended, [const { Ok(()) }; 3], "{kind:?}");
        assert_eq!(stage.open().len(), 1, "{kind:?}");
        assert_eq!(stage.branches(), ["promote/api/1.0"]);
        assert_eq!(
            stage.released("promote/api/1.0", "prd"),
            Some(release("1.0", 'a'))
        );
    }
}

#[test]
fn applications_of_one_name_and_other_environments_do_not_share_a_branch() {
    let stage = Stage::new(Kind::GitHub);
    let of_store = crate::release::record::Release {
        image: "harbor.acme.dev/store/api".to_owned(),
        ..release("1.0", 'b')
    };
    stage.release("snd", &release("1.0", 'a'));
    stage.release_of("store/api", "snd", &of_store);
    stage.promote(&["--to=stg"]).unwrap();
    for _ in 0..2 {
        stage.promote(&["--project=store"]).unwrap();
        stage.promote(&["--to=prd"]).unwrap();
        assert_eq!(stage.open(), [1, 2, 3]);
        let branches = [
            "promote/api/1.0",
            "promote/api/1.0-payments-prd",
            "promote/api/1.0-store-prd",
        ];
        assert_eq!(stage.branches(), branches);
    }
    assert_eq!(stage.pull(2).title, "Promote store/api 1.0 to prd");
}

#[test]
fn a_git_tag_promotes_only_the_digest_that_it_was_put_on_and_gives_its_name() {
    let stage = Stage::new(Kind::GitHub);
    stage.release("snd", &release("0123abc", 'a'));
    let (wrong, right) = (
        format!("--digest={}", digest('b')),
        format!("--digest={}", digest('a')),
    );
    let failure = stage.promote(&[&wrong, "--tag=v1.0"]).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert!(failure.message.contains(&digest('b')) && failure.message.contains(&digest('a')));
    assert!(stage.branches().is_empty());
    stage.promote(&[&right, "--tag=v1.0"]).unwrap();
    let wanted = crate::release::record::Release {
        tag: "v1.0".to_owned(),
        ..release("", 'a')
    };
    assert_eq!(stage.released("promote/api/v1.0", "prd"), Some(wanted));
    stage.merge(1);
    // By hand, later: the digest is there, and keeps the name that the tag gave it.
    stage.promote(&[]).unwrap();
    assert_eq!(stage.fake.held().pulls.len(), 1);
    let failure = stage.promote(&[&wrong]).unwrap_err();
    assert_eq!(
        failure.exit,
        Exit::Refused,
        "it is not there, though something is"
    );
    for tag in ["--tag=../x", "--tag=a b", "--tag=$(x)", "--tag=-x"] {
        let failure = stage.promote(&[tag]).unwrap_err();
        assert_eq!(failure.exit, Exit::Usage, "{tag}");
    }
}

#[test]
fn results_are_the_pull_request_or_the_commit() {
    let stage = Stage::new(Kind::GitHub);
    let file = stage.key.path().join("result");
    stage.release("snd", &release("1.0", 'a'));
    stage
        .promote(&[&format!("--result=pullRequest={}", file.display())])
        .unwrap();
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        "http://gh/acme/web/pull/1"
    );
    let flag = format!("--result=commit={}", file.display());
    stage.promote(&["--approval=none", &flag]).unwrap();
    let promoted = stage.tip("main");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), promoted);
    // Where there is nothing to do, it is the commit that did it.
    stage.change("notes.txt", "Notes", |_| "notes".to_owned());
    for more in [
        &["--approval=none", flag.as_str()][..],
        &[flag.as_str()][..],
    ] {
        std::fs::remove_file(&file).unwrap();
        stage.promote(more).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), promoted);
    }
}
