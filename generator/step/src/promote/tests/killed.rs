//! Runs that are ended after each thing that they change.

use super::stage::{Stage, release};
use crate::provider::Kind;

/// A stage with an older promotion that is open.
fn stage(kind: Kind) -> Stage {
    let stage = Stage::new(kind);
    stage.release("snd", &release("1.0", 'a'));
    stage.promote(&[]).unwrap();
    stage.release("snd", &release("1.1", 'b'));
    stage
}

fn kill_after_each_change(kind: Kind) {
    let mut changes = 0;
    loop {
        let stage = stage(kind);
        stage.fake.held().power = Some(changes);
        let killed = stage.promote(&[]);
        let is_whole = killed.is_ok();
        stage.fake.held().power = None;
        stage.promote(&[]).unwrap();
        assert_eq!(
            stage.branches(),
            ["promote/api/1.1"],
            "{kind:?} after {changes}"
        );
        assert_eq!(stage.open(), [2], "{kind:?} after {changes}");
        let pulls = stage.fake.held().pulls.len();
        assert_eq!(pulls, 2, "{kind:?} after {changes}");
        assert_eq!(stage.pull(1).state, "closed");
        assert!(stage.pull(2).body.contains("| Tag |  | `1.1` |"));
        let proposed = stage.released("promote/api/1.1", "prd");
        assert_eq!(
            proposed,
            Some(release("1.1", 'b')),
            "{kind:?} after {changes}"
        );
        let refused = stage.fake.held().refused.clone();
        assert_eq!(refused, [""; 0], "{kind:?} after {changes}");
        if is_whole {
            break;
        }
        changes += 1;
    }
    // A branch, a pull request, one closed, its branch removed; the run that was not cut had power for one more.
    assert_eq!(changes, 5, "{kind:?}");
}

/// Defect R4: after a push whose pull request failed, the next run found nothing to do.
#[test]
fn ended_after_any_change_and_run_again_it_is_one_branch_and_one_pull_request_at_github() {
    kill_after_each_change(Kind::GitHub);
}

#[test]
fn ended_after_any_change_and_run_again_it_is_one_branch_and_one_pull_request_at_azure_devops() {
    kill_after_each_change(Kind::AzureDevOpsServices);
}

#[test]
fn ended_after_any_change_and_run_again_it_is_one_branch_and_one_pull_request_at_azure_server() {
    kill_after_each_change(Kind::AzureDevOpsServer);
}

#[test]
fn ended_after_any_change_and_run_again_it_is_one_branch_and_one_pull_request_at_gitea() {
    kill_after_each_change(Kind::Gitea);
}

#[test]
fn ended_after_the_branch_was_made_anew_it_goes_on() {
    for kind in [Kind::GitHub, Kind::AzureDevOpsServices] {
        for changes in 0..3 {
            let stage = Stage::new(kind);
            stage.release("snd", &release("1.0", 'a'));
            stage.promote(&[]).unwrap();
            stage.change(
                "overlays/payments/api/prd/release/kustomization.yaml",
                "Note",
                |text| format!("{text}# changed meanwhile\n"),
            );
            stage.fake.held().power = Some(changes);
            let _ = stage.promote(&[]);
            stage.fake.held().power = None;
            stage.promote(&[]).unwrap();
            assert_eq!(
                (stage.branches().len(), stage.open()),
                (1, vec![1]),
                "{kind:?} after {changes}"
            );
            let file = stage.file("promote/api/1.0", "prd");
            assert!(file.contains("# changed meanwhile"), "{file}");
        }
    }
}

#[test]
fn ended_after_the_commit_without_approval_it_is_still_one_commit() {
    for changes in 0..3 {
        let stage = Stage::new(Kind::GitHub);
        stage.release("snd", &release("1.0", 'a'));
        let before = stage.tip("main");
        stage.fake.held().power = Some(changes);
        let _ = stage.promote(&["--approval=none"]);
        stage.fake.held().power = None;
        stage.promote(&["--approval=none"]).unwrap();
        assert_eq!(stage.tip("main~"), before, "after {changes}");
        assert_eq!(stage.released("main", "prd"), Some(release("1.0", 'a')));
    }
}
