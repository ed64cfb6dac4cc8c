#![allow(clippy::unwrap_used, clippy::panic)]

use super::fake::{Fake, FakePull, Trouble};
use super::*;
use crate::testing::{Waits, mounted};
use crate::{Redactor, Stop};
use std::time::Duration;

const KINDS: [Kind; 4] = [
    Kind::GitHub,
    Kind::AzureDevOpsServices,
    Kind::AzureDevOpsServer,
    Kind::Gitea,
];
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// Uses a provider as a verb does; gives back how long it waited too.
fn with<T>(
    fake: &Fake,
    credentials: &Path,
    test: impl FnOnce(&dyn Provider) -> T,
) -> (T, Vec<Duration>) {
    let (clock, redactor, stop) = (Waits::default(), Redactor::default(), Stop::default());
    let world = World {
        clock: &clock,
        redactor: &redactor,
        stop: &stop,
    };
    let provider = connect(fake.kind, &fake.url(), credentials, None, &world).unwrap();
    let result = test(provider.as_ref());
    drop(provider);
    let waits = clock.0.lock().unwrap().clone();
    (result, waits)
}

fn using<T>(fake: &Fake, test: impl FnOnce(&dyn Provider) -> T) -> T {
    let result = with(fake, fake.credentials.path(), test).0;
    assert_eq!(fake.held().refused, [""; 0], "{:?}", fake.kind);
    result
}

fn status() -> CommitStatus {
    CommitStatus {
        state: State::Success,
        context: "luban/payments/api".to_owned(),
        description: "built".to_owned(),
        link: None,
    }
}

fn proposal() -> Proposal {
    Proposal {
        head: "promote/api/1".to_owned(),
        base: "main".to_owned(),
        title: "Promote api".to_owned(),
        body: "From snd".to_owned(),
    }
}

fn pull(head: &str, base: &str, state: &'static str) -> FakePull {
    FakePull {
        head: head.to_owned(),
        base: base.to_owned(),
        state,
        ..FakePull::default()
    }
}

#[test]
fn each_state_of_a_commit_is_one_that_the_provider_knows() {
    for kind in KINDS {
        let fake = Fake::start(kind);
        using(&fake, |provider| {
            for state in [State::Success, State::Failure, State::Error] {
                let link = Some("https://logs.acme.dev/1".to_owned());
                let status = CommitStatus {
                    state,
                    link,
                    ..status()
                };
                provider.set_status(COMMIT, &status).unwrap();
            }
            provider.set_status(COMMIT, &status()).unwrap();
        });
        let held = fake.held();
        let states: Vec<_> = held
            .statuses
            .iter()
            .map(|(_, body)| body["state"].as_str().unwrap())
            .collect();
        let wanted = match kind {
            Kind::GitHub | Kind::Gitea => ["success", "failure", "error", "success"],
            _ => ["succeeded", "failed", "error", "succeeded"],
        };
        assert_eq!(states, wanted);
        assert!(held.statuses.iter().all(|(commit, _)| commit == COMMIT));
        let context = &held.statuses[0].1["context"];
        let wanted = match kind {
            Kind::GitHub | Kind::Gitea => serde_json::json!("luban/payments/api"),
            _ => serde_json::json!({"genre": "luban", "name": "payments/api"}),
        };
        assert_eq!(*context, wanted);
    }
}

#[test]
fn texts_that_are_too_long_are_cut_to_what_the_provider_takes() {
    for kind in KINDS {
        let fake = Fake::start(kind);
        using(&fake, |provider| {
            let long = "ü".repeat(70_000);
            let status = CommitStatus {
                description: long.clone(),
                ..status()
            };
            provider.set_status(COMMIT, &status).unwrap();
            let proposal = Proposal {
                title: long.clone(),
                body: long,
                ..proposal()
            };
            let opened = provider.open(&proposal).unwrap();
            provider.update(opened.number, &proposal).unwrap();
        });
    }
}

#[test]
fn a_pull_request_is_opened_found_and_updated() {
    for kind in KINDS {
        let fake = Fake::start(kind);
        using(&fake, |provider| {
            let opened = provider.open(&proposal()).unwrap();
            assert_eq!((opened.number, opened.status), (1, PullStatus::Open));
            assert!(opened.link.contains("web"), "{}", opened.link);
            assert!(opened.says(&proposal()));
            let found = provider.pull_requests("promote/api/1", "main").unwrap();
            assert_eq!(found, [opened]);
            let again = Proposal {
                title: "Promote api again".to_owned(),
                ..proposal()
            };
            provider.update(1, &again).unwrap();
        });
        let held = fake.held();
        assert_eq!(
            (held.pulls[0].title.as_str(), held.pulls[0].body.as_str()),
            ("Promote api again", "From snd")
        );
    }
}

#[test]
fn pull_requests_are_found_on_every_page_and_other_branches_and_forks_are_not() {
    for kind in KINDS {
        let fake = Fake::start(kind);
        {
            let pulls = &mut fake.held().pulls;
            pulls.push(pull("promote/api/1", "main", "merged"));
            pulls.push(pull("promote/api/1", "main", "closed"));
            pulls.extend(vec![pull("promote/api/1", "other", "open"); 3]);
            pulls.extend(vec![pull("promote/api/10", "main", "open"); 3]);
            let fork = FakePull {
                is_fork: true,
                ..pull("promote/api/1", "main", "open")
            };
            pulls.extend(vec![fork; 3]);
            // More than a page of closed ones, and then as many that have nothing to do with it.
            let count = if kind == Kind::Gitea { 30 } else { 230 };
            pulls.extend(vec![pull("promote/api/1", "main", "closed"); count]);
            pulls.extend(vec![pull("work", "main", "open"); 50]);
        }
        let found = using(&fake, |provider| {
            provider.pull_requests("promote/api/1", "main").unwrap()
        });
        let count = if kind == Kind::Gitea { 32 } else { 232 };
        assert_eq!(found.len(), count, "{kind:?}");
        assert!(found.is_sorted_by_key(|pull| std::cmp::Reverse(pull.number)));
        let last: Vec<_> = found.iter().rev().take(3).map(|pull| pull.status).collect();
        assert_eq!(
            last,
            [PullStatus::Merged, PullStatus::Closed, PullStatus::Closed],
            "{kind:?}"
        );
    }
}

#[test]
fn a_pull_request_is_closed_with_a_title_that_says_why_and_what_it_said_stays() {
    for kind in KINDS {
        let fake = Fake::start(kind);
        using(&fake, |provider| {
            let opened = provider.open(&proposal()).unwrap();
            provider
                .close(opened.number, "Promote api (superseded by #2)")
                .unwrap();
            let found = provider.pull_requests("promote/api/1", "main").unwrap();
            assert_eq!(found[0].status, PullStatus::Closed);
            assert_eq!(found[0].title, "Promote api (superseded by #2)");
            assert_eq!(found[0].body, "From snd");
            assert_eq!(provider.open(&proposal()).unwrap().number, 2, "{kind:?}");
        });
    }
}

#[test]
fn what_a_provider_cut_or_edited_line_breaks_of_is_the_same_text() {
    let kept = |body: &str| PullRequest {
        number: 1,
        link: String::new(),
        status: PullStatus::Open,
        title: "Promote api".to_owned(),
        body: body.to_owned(),
    };
    let proposal = Proposal {
        body: "From snd\nto prd".to_owned(),
        ..proposal()
    };
    assert!(kept("From snd\r\nto prd").says(&proposal));
    assert!(kept("From s…").says(&proposal));
    assert!(!kept("From stg…").says(&proposal));
    assert!(!kept("…").says(&proposal));
    assert!(!kept("").says(&proposal));
}

/// The failures of every operation, in order.
fn failures(provider: &dyn Provider) -> Vec<(&'static str, Failure)> {
    let operations = [
        (
            "set the commit's status",
            provider.set_status(COMMIT, &status()).err(),
        ),
        (
            "look for the pull request",
            provider.pull_requests("a", "b").err(),
        ),
        (
            "open the pull request",
            provider.open(&proposal()).map(drop).err(),
        ),
        (
            "update the pull request",
            provider.update(1, &proposal()).err(),
        ),
        (
            "close the pull request",
            provider.close(1, "Promote api").err(),
        ),
    ];
    operations
        .into_iter()
        .filter_map(|(operation, error)| Some((operation, error?.into())))
        .collect()
}

#[test]
fn a_wrong_token_is_called_that_with_operation_and_host_and_is_not_shown() {
    for kind in KINDS {
        for token in ["wr0ng-token", "wr0ng-token-123"] {
            let fake = Fake::start(kind);
            let credentials = mounted(&[("username", "luban"), ("password", token)]);
            let (failures, _) = with(&fake, credentials.path(), failures);
            assert_eq!(failures.len(), 5, "{kind:?}");
            for (operation, failure) in failures {
                let text = failure.render("report");
                assert!(
                    text.contains(&format!("cannot {operation}: `127.0.0.1` answered 401")),
                    "{kind:?} {text}"
                );
                assert!(text.contains("the token is wrong or has expired"), "{text}");
                assert!(!text.contains(token), "{text}");
                assert_eq!(failure.exit, Exit::Failed);
            }
            assert_eq!(fake.held().asked.len(), 5, "a wrong token stays wrong");
        }
    }
}

#[test]
fn a_missing_permission_is_named_with_operation_and_host() {
    for kind in KINDS {
        let fake = Fake::start(kind);
        fake.held().is_read_only = true;
        let (failures, _) = with(&fake, fake.credentials.path(), failures);
        let permissions = match kind {
            Kind::GitHub => [
                "Commit statuses: write",
                "Pull requests: write",
                "Pull requests: write",
                "Pull requests: write",
            ],
            Kind::Gitea => ["write:repository"; 4],
            _ => [
                "Code (status)",
                "Code (read & write)",
                "Code (read & write)",
                "Code (read & write)",
            ],
        };
        assert_eq!(failures.len(), permissions.len());
        for ((operation, failure), permission) in failures.iter().zip(permissions) {
            assert!(
                failure
                    .message
                    .contains(&format!("cannot {operation}: `127.0.0.1` answered 403")),
                "{}",
                failure.message
            );
            assert!(
                failure.help.as_ref().unwrap().contains(permission),
                "{:?}",
                failure.help
            );
        }
    }
}

#[test]
fn a_rate_limit_is_waited_for_as_long_as_the_provider_says() {
    for kind in KINDS {
        let fake = Fake::start(kind);
        fake.held().trouble.extend([Trouble::Limited]);
        let (result, waits) = with(&fake, fake.credentials.path(), |provider| {
            provider.open(&proposal())
        });
        assert_eq!(result.unwrap().number, 1);
        assert_eq!(waits, [Duration::from_secs(30)], "{kind:?}");
        assert_eq!(fake.held().pulls.len(), 1);
    }
}

#[test]
fn faults_broken_answers_and_silence_pass_where_a_call_can_be_made_twice() {
    for kind in KINDS {
        let fake = Fake::start(kind);
        let troubles = [
            Trouble::Fault(500),
            Trouble::Fault(502),
            Trouble::Cut,
            Trouble::Stall,
        ];
        fake.held().trouble.extend(troubles);
        using(&fake, |provider| {
            provider.set_status(COMMIT, &status()).unwrap()
        });
        assert_eq!(fake.held().asked.len(), 5);
        fake.held()
            .trouble
            .extend([Trouble::Cut, Trouble::Fault(504)]);
        let found = using(&fake, |provider| provider.pull_requests("a", "b").unwrap());
        assert_eq!(found, []);
    }
}

#[test]
fn a_pull_request_is_not_opened_twice_after_a_broken_answer() {
    for kind in KINDS {
        let fake = Fake::start(kind);
        fake.held().trouble.extend([Trouble::Cut]);
        let failure: Failure = using(&fake, |provider| {
            provider.open(&proposal()).unwrap_err().into()
        });
        assert_eq!(fake.held().asked.len(), 1);
        assert_eq!(failure.exit, Exit::Transient);
        assert!(
            failure
                .message
                .starts_with("cannot open the pull request: `127.0.0.1`"),
            "{}",
            failure.message
        );
        using(&fake, |provider| provider.open(&proposal()).unwrap());
        let (second, _) = with(&fake, fake.credentials.path(), |provider| {
            provider.open(&proposal())
        });
        let message = second.unwrap_err().to_string();
        assert!(message.contains("already exists"), "{message}");
    }
}

#[test]
fn a_page_in_place_of_the_api_is_called_that() {
    for kind in KINDS {
        let fake = Fake::start(kind);
        fake.held().trouble.extend([Trouble::Page]);
        let failure: Failure = using(&fake, |provider| {
            provider.pull_requests("a", "b").unwrap_err().into()
        });
        assert!(
            failure.message.starts_with(
                "cannot look for the pull request: `127.0.0.1` answered something else"
            ),
            "{}",
            failure.message
        );
    }
}

#[test]
fn a_renamed_repository_is_followed_with_every_call() {
    for kind in [Kind::GitHub, Kind::Gitea] {
        let fake = Fake::start(kind);
        fake.held().is_renamed = true;
        using(&fake, |provider| {
            provider.set_status(COMMIT, &status()).unwrap();
            let opened = provider.open(&proposal()).unwrap();
            assert_eq!(
                provider.pull_requests("promote/api/1", "main").unwrap(),
                std::slice::from_ref(&opened)
            );
            provider.update(opened.number, &proposal()).unwrap();
        });
        assert_eq!(fake.held().statuses.len(), 1);
    }
}

#[test]
fn a_repository_that_the_token_may_not_see_is_named_with_the_permission() {
    for kind in [Kind::AzureDevOpsServices, Kind::AzureDevOpsServer] {
        let fake = Fake::start(kind);
        fake.held().is_renamed = true;
        let (failures, _) = with(&fake, fake.credentials.path(), failures);
        assert_eq!(failures.len(), 5);
        for (_, failure) in failures {
            assert!(
                failure.message.contains("`127.0.0.1` answered 404"),
                "{}",
                failure.message
            );
            assert!(failure.help.unwrap().contains("the token needs the scope"));
        }
    }
}
