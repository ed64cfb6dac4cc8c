//! What people do to branches and pull requests meanwhile.

use super::stage::{KINDS, Stage, path, release};
use crate::failure::Exit;
use crate::provider::Kind;
use crate::testing::git;

fn proposed(kind: Kind) -> Stage {
    let stage = Stage::new(kind);
    stage.release("snd", &release("1.0", 'a'));
    stage.promote(&[]).unwrap();
    stage
}

#[test]
fn a_base_that_moved_elsewhere_leaves_the_branch_and_its_reviews_alone() {
    let stage = proposed(Kind::GitHub);
    let tip = stage.tip("promote/api/1.0");
    stage.release_of("payments/worker", "prd", &release("7", 'c'));
    stage.promote(&[]).unwrap();
    assert_eq!(stage.tip("promote/api/1.0"), tip);
    stage.merge(1);
}

#[test]
fn a_base_that_changed_the_same_file_makes_the_branch_anew_from_it() {
    for kind in KINDS {
        let stage = proposed(kind);
        stage.change(&path("payments/api", "prd"), "Note", |text| {
            format!("{text}# kept\n")
        });
        stage.promote(&[]).unwrap();
        assert_eq!((stage.open(), stage.branches().len()), (vec![1], 1));
        assert_eq!(stage.tip("promote/api/1.0~"), stage.tip("main"), "{kind:?}");
        assert!(stage.file("promote/api/1.0", "prd").ends_with("# kept"));
        stage.merge(1);
    }
}

#[test]
fn commits_of_others_are_never_overwritten() {
    let stage = proposed(Kind::Gitea);
    let tip = stage.touch("promote/api/1.0");
    // It proposes the release all the same.
    stage.promote(&[]).unwrap();
    assert_eq!(stage.tip("promote/api/1.0"), tip);
    assert_eq!(stage.open(), [1]);
    // The same tag on another image: what is on the branch is not what is wanted any more.
    stage.release("snd", &release("1.0", 'b'));
    let failure = stage.promote(&[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert!(
        failure.message.contains(&tip) && failure.message.contains("by Test"),
        "{}",
        failure.message
    );
    assert_eq!(stage.tip("promote/api/1.0"), tip);
    // Nor are they removed when something newer is proposed.
    stage.release("snd", &release("1.1", 'c'));
    stage.promote(&[]).unwrap();
    assert_eq!(stage.tip("promote/api/1.0"), tip);
    assert_eq!(stage.open(), [1, 2]);
}

#[test]
fn a_branch_of_that_name_that_somebody_made_is_left_alone() {
    let stage = Stage::new(Kind::GitHub);
    stage.release("snd", &release("1.0", 'a'));
    git(
        &stage.gitops.work,
        &[
            "push",
            "--quiet",
            "origin",
            "HEAD~:refs/heads/promote/api/1.0",
        ],
    );
    let tip = stage.touch("promote/api/1.0");
    assert_eq!(stage.promote(&[]).unwrap_err().exit, Exit::Refused);
    assert_eq!(stage.tip("promote/api/1.0"), tip);
    assert!(stage.fake.held().pulls.is_empty());
}

#[test]
fn a_declined_release_is_not_proposed_again_and_another_one_is() {
    for kind in KINDS {
        let stage = proposed(kind);
        stage.fake.held().pulls[0].state = "closed";
        let failure = stage.promote(&[]).unwrap_err();
        assert_eq!(failure.exit, Exit::Refused, "{kind:?}");
        assert!(failure.message.contains("#1") && failure.help.unwrap().contains("reopen"));
        assert_eq!(stage.open(), [0; 0]);
        // The same tag, another digest: another release.
        stage.release("snd", &release("1.0", 'b'));
        stage.promote(&[]).unwrap();
        assert_eq!(stage.open(), [2], "{kind:?}");
        assert_eq!(
            stage.released("promote/api/1.0", "prd"),
            Some(release("1.0", 'b'))
        );
        // Reopened, the first is somebody's will again; here the second is declined and the release built anew.
        stage.fake.held().pulls[1].state = "closed";
        stage.release("snd", &release("1.1", 'c'));
        stage.promote(&[]).unwrap();
        assert_eq!(stage.open(), [3], "{kind:?}");
    }
}

#[test]
fn a_reopened_pull_request_goes_on() {
    let stage = proposed(Kind::GitHub);
    stage.fake.held().pulls[0].state = "closed";
    git(&stage.gitops.bare, &["branch", "-D", "promote/api/1.0"]);
    assert_eq!(stage.promote(&[]).unwrap_err().exit, Exit::Refused);
    assert!(
        stage.branches().is_empty(),
        "nothing is pushed for what was declined"
    );
    stage.fake.held().pulls[0].state = "open";
    stage.promote(&[]).unwrap();
    assert_eq!((stage.open(), stage.branches().len()), (vec![1], 1));
}

#[test]
fn somebody_s_own_pull_request_from_another_branch_stays_open() {
    let stage = Stage::new(Kind::GitHub);
    stage.release("snd", &release("1.0", 'a'));
    git(
        &stage.gitops.work,
        &[
            "push",
            "--quiet",
            "origin",
            "HEAD~:refs/heads/promote/api/mine",
        ],
    );
    stage.touch("promote/api/mine");
    stage
        .fake
        .held()
        .pulls
        .push(crate::provider::fake::FakePull {
            head: "promote/api/mine".to_owned(),
            base: "main".to_owned(),
            state: "open",
            ..Default::default()
        });
    stage.promote(&[]).unwrap();
    assert_eq!(stage.open(), [1, 2]);
}

#[test]
fn asked_to_stop_it_stops_between_two_steps_and_says_that_the_next_run_goes_on() {
    let stage = Stage::new(Kind::GitHub);
    stage.release("snd", &release("1.0", 'a'));
    stage.stop.ask();
    let failure = stage.promote(&[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Cancelled);
    assert!(stage.branches().is_empty());
}

#[test]
fn a_token_that_may_not_open_pull_requests_is_said_with_the_permission() {
    for kind in KINDS {
        let stage = Stage::new(kind);
        stage.release("snd", &release("1.0", 'a'));
        stage.fake.held().is_read_only = true;
        let failure = stage.promote(&[]).unwrap_err();
        assert!(
            failure.message.starts_with("cannot open the pull request"),
            "{}",
            failure.message
        );
        assert!(
            failure.help.unwrap().contains("the token needs"),
            "{kind:?}"
        );
        // And once it may, the same branch is proposed.
        stage.fake.held().is_read_only = false;
        stage.promote(&[]).unwrap();
        assert_eq!((stage.open(), stage.branches().len()), (vec![1], 1));
    }
}
