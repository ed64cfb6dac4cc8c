//! Statuses and pull requests of the providers of tests, and how each provider shows them.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use reqwest::Url;
use serde_json::{Value, json};

use super::Kind;
use super::fake::{Answer, FakePull, Held, error, is_azure, of};

pub(super) fn set_status(held: &mut Held, commit: &str, body: Value) -> Answer {
    let answer = of(201, body.clone());
    held.statuses.push((commit.to_owned(), body));
    answer
}

/// As much of a description as Azure DevOps shows in a list.
const LISTED: usize = 400;

fn shown(kind: Kind, number: usize, pull: &FakePull) -> Value {
    let is_open = pull.state == "open";
    let head_owner = if pull.is_fork { "mallory" } else { "acme" };
    match kind {
        Kind::GitHub => json!({
            "number": number, "html_url": format!("http://gh/acme/web/pull/{number}"),
            "state": if is_open { "open" } else { "closed" },
            "merged_at": (pull.state == "merged").then_some("2026-01-02T03:04:05Z"),
            "title": pull.title, "body": pull.body,
            "head": {"ref": pull.head, "label": format!("{head_owner}:{}", pull.head)},
            "base": {"ref": pull.base},
        }),
        Kind::Gitea => json!({
            "number": number, "html_url": format!("http://gitea/acme/web/pulls/{number}"),
            "state": if is_open { "open" } else { "closed" },
            "merged": pull.state == "merged",
            "title": pull.title, "body": pull.body,
            // The branch of what is merged is gone.
            "head": {
                "ref": if pull.state == "merged" { format!("refs/pull/{number}/head") } else { pull.head.clone() },
                "label": pull.head, "repo_id": if pull.is_fork { 8 } else { 7 },
            },
            "base": {"ref": pull.base, "label": pull.base, "repo_id": 7},
        }),
        _ => {
            let mut shown = json!({
                "pullRequestId": number,
                "status": match pull.state { "open" => "active", "merged" => "completed", _ => "abandoned" },
                "title": pull.title, "description": pull.body,
                "sourceRefName": format!("refs/heads/{}", pull.head),
                "targetRefName": format!("refs/heads/{}", pull.base),
            });
            if pull.is_fork {
                shown["forkSource"] = json!({"name": "refs/heads/x", "repository": {"id": "8"}});
            }
            shown
        }
    }
}

/// A page, the newest first.
pub(super) fn listed(
    kind: Kind,
    held: &Held,
    query: &BTreeMap<String, String>,
    url: &Url,
) -> Answer {
    let text = |name: &str| query.get(name).map(String::as_str);
    let number = |name: &str, default: usize| match text(name) {
        Some(text) => text.parse().unwrap(),
        None => default,
    };
    let is_wanted = |pull: &&(usize, &FakePull)| {
        let pull = pull.1;
        let branch = |name: &str| text(name).and_then(|name| name.strip_prefix("refs/heads/"));
        match kind {
            Kind::GitHub => {
                let owner = if pull.is_fork { "mallory" } else { "acme" };
                let label = format!("{owner}:{}", pull.head);
                text("head").is_none_or(|head| head == label)
                    && text("base").is_none_or(|base| base == pull.base)
                    && (text("state") == Some("all") || pull.state == "open")
            }
            Kind::Gitea => text("state") == Some("all") || pull.state == "open",
            _ => {
                branch("searchCriteria.sourceRefName").is_none_or(|head| head == pull.head)
                    && branch("searchCriteria.targetRefName").is_none_or(|base| base == pull.base)
                    && (text("searchCriteria.status") == Some("all") || pull.state == "open")
            }
        }
    };
    let all: Vec<(usize, &FakePull)> = (1..).zip(&held.pulls).collect();
    let found: Vec<Value> = (all.iter().rev())
        .filter(is_wanted)
        .map(|(number, pull)| {
            let mut pull = (*pull).clone();
            if is_azure(kind) {
                pull.body = pull.body.chars().take(LISTED).collect();
            }
            shown(kind, *number, &pull)
        })
        .collect();
    let (start, size) = match kind {
        Kind::GitHub => {
            let size = number("per_page", 30);
            ((number("page", 1) - 1) * size, size)
        }
        // An administrator allows fewer than are asked for.
        Kind::Gitea => {
            let size = number("limit", 30).min(20);
            ((number("page", 1) - 1) * size, size)
        }
        _ => (number("$skip", 0), number("$top", 101)),
    };
    let page: Vec<Value> = found.iter().skip(start).take(size).cloned().collect();
    if is_azure(kind) {
        return of(200, json!({"count": page.len(), "value": page}));
    }
    let mut answer = of(200, json!(page));
    if kind == Kind::GitHub && start + size < found.len() {
        let mut next = Url::parse("http://127.0.0.1").unwrap();
        next.set_path(url.path());
        let others = query.iter().filter(|(name, _)| *name != "page");
        next.query_pairs_mut()
            .extend_pairs(others)
            .append_pair("page", &(number("page", 1) + 1).to_string());
        // Relative here, so that the port need not be known; the real one is absolute.
        let next = next.as_str().trim_start_matches("http://127.0.0.1");
        let links = format!("<{next}>; rel=\"next\", <{next}>; rel=\"last\"");
        answer.1.push(("Link", links));
    }
    answer
}

pub(super) fn open(kind: Kind, held: &mut Held, body: &Value) -> Answer {
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let branch = |name: &str| {
        let name = text(name);
        name.strip_prefix("refs/heads/").unwrap_or(name).to_owned()
    };
    let azure = is_azure(kind);
    let pull = FakePull {
        head: branch(if azure { "sourceRefName" } else { "head" }),
        base: branch(if azure { "targetRefName" } else { "base" }),
        title: text("title").to_owned(),
        body: text(if azure { "description" } else { "body" }).to_owned(),
        state: "open",
        is_fork: false,
    };
    // A branch that is not there, or has nothing that its target lacks.
    let is_branch = |root: &std::path::PathBuf| {
        let commit = |name: &str| {
            let output = std::process::Command::new("git")
                .args(["rev-parse", "--verify", "--quiet"])
                .arg(format!("refs/heads/{name}"))
                .current_dir(root.join("acme/app.git"))
                .output()
                .unwrap();
            output.status.success().then_some(output.stdout)
        };
        commit(&pull.head).is_some_and(|head| Some(head) != commit(&pull.base))
    };
    if !held.git.as_ref().is_none_or(is_branch) {
        return match kind {
            Kind::GitHub => error(kind, 422, "Validation Failed: head is invalid"),
            Kind::Gitea => error(kind, 404, "head branch does not exist"),
            _ => error(kind, 400, "TF401398: The pull request cannot be activated"),
        };
    }
    let is_there = held.pulls.iter().any(|other| {
        let same = other.head == pull.head && other.base == pull.base;
        same && other.state == "open" && !other.is_fork
    });
    if is_there {
        return match kind {
            Kind::GitHub => of(
                422,
                json!({"message": "Validation Failed", "errors": [{"resource": "PullRequest", "code": "custom",
                    "message": format!("A pull request already exists for acme:{}.", pull.head)}]}),
            ),
            Kind::Gitea => error(kind, 409, "pull request already exists for these targets"),
            _ => error(
                kind,
                409,
                "TF401179: An active pull request for the source and target branch already exists.",
            ),
        };
    }
    held.pulls.push(pull.clone());
    of(201, shown(kind, held.pulls.len(), &pull))
}

pub(super) fn update(kind: Kind, held: &mut Held, number: &str, body: &Value) -> Answer {
    let index = number.parse::<usize>().unwrap_or_default().wrapping_sub(1);
    let Some(pull) = held.pulls.get_mut(index) else {
        return error(kind, 404, "Not Found");
    };
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    let name = if is_azure(kind) {
        "description"
    } else {
        "body"
    };
    let name_of_state = if is_azure(kind) { "status" } else { "state" };
    let state = match text(name_of_state).as_deref() {
        Some("closed" | "abandoned") => Some("closed"),
        Some("open" | "active") => Some("open"),
        _ => None,
    };
    if let Some(state) = state {
        if pull.state == "merged" {
            return error(kind, 422, "a merged pull request stays as it is");
        }
        pull.state = state;
    }
    pull.title = text("title").unwrap_or(pull.title.clone());
    pull.body = text(name).unwrap_or(pull.body.clone());
    let shown = shown(kind, index + 1, pull);
    of(if kind == Kind::Gitea { 201 } else { 200 }, shown)
}
