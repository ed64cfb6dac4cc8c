//! Providers that keep state, page, limit, break and stall like the real ones, and refuse what their API descriptions do not allow.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, VecDeque};
use std::io::Write as _;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use base64::Engine as _;
use reqwest::Url;
use serde_json::{Value, json};
use tempfile::TempDir;
use tiny_http::{Header, Request, Response, Server};

use super::Kind;
use super::fake_api::{self as api, Shape};
use crate::testing::mounted;

/// The token that these providers take.
pub(crate) const TOKEN: &str = "t0ken-0123456789";

/// What a provider does with the next request instead of answering it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trouble {
    /// The rate limit, with the provider's own status and headers.
    Limited,
    /// A fault of its own.
    Fault(u16),
    /// A page of HTML where the API should be.
    Page,
    /// An answer that ends in the middle.
    Cut,
    /// No answer for longer than the client waits.
    Stall,
}

/// A pull request that it holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct FakePull {
    pub(crate) head: String,
    pub(crate) base: String,
    pub(crate) title: String,
    pub(crate) body: String,
    /// `open`, `closed` or `merged`.
    pub(crate) state: &'static str,
    /// Whether its branch is in somebody else's copy of the repository.
    pub(crate) is_fork: bool,
}

#[derive(Default)]
pub(crate) struct Held {
    /// By number: the first is 1.
    pub(crate) pulls: Vec<FakePull>,
    /// Commit and body of each status.
    pub(crate) statuses: Vec<(String, Value)>,
    pub(crate) trouble: VecDeque<Trouble>,
    /// Method and path of each request.
    pub(crate) asked: Vec<String>,
    /// What was not as the API description has it.
    pub(crate) refused: Vec<String>,
    pub(crate) is_read_only: bool,
    pub(crate) is_renamed: bool,
}

/// A provider with the repository `web` of `acme`.
pub(crate) struct Fake {
    pub(crate) kind: Kind,
    server: Arc<Server>,
    held: Arc<Mutex<Held>>,
    thread: Option<JoinHandle<()>>,
    /// A mounted Secret with the right token.
    pub(crate) credentials: TempDir,
}

impl Fake {
    pub(crate) fn start(kind: Kind) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let held = Arc::new(Mutex::new(Held::default()));
        let (listener, state) = (Arc::clone(&server), Arc::clone(&held));
        let thread = thread::spawn(move || {
            while let Ok(request) = listener.recv() {
                let state = Arc::clone(&state);
                thread::spawn(move || serve(kind, request, &state));
            }
        });
        Self {
            kind,
            server,
            held,
            thread: Some(thread),
            credentials: mounted(&[("username", "luban"), ("password", TOKEN)]),
        }
    }

    /// The URL that people clone.
    pub(crate) fn url(&self) -> String {
        let path = match self.kind {
            Kind::GitHub | Kind::Gitea => "acme/web.git",
            Kind::AzureDevOpsServices => "org/acme/_git/web",
            Kind::AzureDevOpsServer => "tfs/Coll/acme/_git/web",
        };
        format!(
            "http://{}/{path}",
            self.server.server_addr().to_ip().unwrap()
        )
    }

    pub(crate) fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

/// Status, headers, body.
type Answer = (u16, Vec<(&'static str, String)>, String);

fn of(status: u16, body: Value) -> Answer {
    let media = ("Content-Type", "application/json".to_owned());
    (status, vec![media], body.to_string())
}

fn html(status: u16) -> Answer {
    let media = ("Content-Type", "text/html".to_owned());
    let page = "<html><body>Sign in</body></html>".to_owned();
    (status, vec![media], page)
}

fn error(kind: Kind, status: u16, message: &str) -> Answer {
    match kind {
        Kind::GitHub => of(
            status,
            json!({"message": message, "documentation_url": "https://docs.github.com/rest"}),
        ),
        Kind::Gitea => of(status, json!({"message": message, "url": "/api/swagger"})),
        _ => of(
            status,
            json!({"$id": "1", "message": message, "typeKey": "GitException", "errorCode": 0}),
        ),
    }
}

fn is_azure(kind: Kind) -> bool {
    matches!(kind, Kind::AzureDevOpsServices | Kind::AzureDevOpsServer)
}

fn serve(kind: Kind, mut request: Request, held: &Mutex<Held>) {
    let mut body = String::new();
    request.as_reader().read_to_string(&mut body).unwrap();
    let trouble = {
        let mut held = held.lock().unwrap();
        let line = format!("{} {}", request.method(), request.url());
        held.asked.push(line);
        held.trouble.pop_front()
    };
    let answer = match trouble {
        Some(Trouble::Stall) => {
            thread::sleep(crate::http::TIMEOUT + Duration::from_secs(1));
            return;
        }
        Some(Trouble::Cut) => {
            let mut writer = request.into_writer();
            let _ = writer.write_all(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{\"nu\r\nbroken\r\n",
            );
            let _ = writer.flush();
            return;
        }
        Some(Trouble::Page) => html(200),
        Some(Trouble::Fault(status)) => html(status),
        Some(Trouble::Limited) => limited(kind),
        None => {
            let mut held = held.lock().unwrap();
            let answer = answer(kind, &request, &body, &mut held);
            if matches!(answer.0, 400 | 422) {
                let line = format!("{} {}: {}", request.method(), request.url(), answer.2);
                held.refused.push(line);
            }
            answer
        }
    };
    let mut response = Response::from_string(answer.2).with_status_code(answer.0);
    for (name, value) in answer.1 {
        response.add_header(Header::from_bytes(name, value).unwrap());
    }
    let _ = request.respond(response);
}

/// GitHub: 403 and the moment of the reset for the hourly limit. Azure DevOps and what stands before Gitea: 429 and a delay.
fn limited(kind: Kind) -> Answer {
    if kind == Kind::GitHub {
        let mut answer = error(kind, 403, "API rate limit exceeded for user ID 1.");
        let reset = crate::testing::NOW + 30;
        answer.1.extend([
            ("X-RateLimit-Limit", "5000".to_owned()),
            ("X-RateLimit-Remaining", "0".to_owned()),
            ("X-RateLimit-Reset", reset.to_string()),
        ]);
        return answer;
    }
    let mut answer = error(kind, 429, "TF400733: The request has been canceled");
    answer.1.push(("Retry-After", "30".to_owned()));
    answer
}

fn header(request: &Request, name: &'static str) -> Option<String> {
    let mut headers = request.headers().iter();
    let header = headers.find(|header| header.field.equiv(name))?;
    Some(header.value.as_str().to_owned())
}

fn answer(kind: Kind, request: &Request, body: &str, held: &mut Held) -> Answer {
    let authorization = header(request, "Authorization").unwrap_or_default();
    let encode = |text: String| base64::engine::general_purpose::STANDARD.encode(text);
    let wanted = match kind {
        Kind::GitHub => format!("Bearer {TOKEN}"),
        _ => format!("Basic {}", encode(format!("luban:{TOKEN}"))),
    };
    if authorization != wanted {
        return match kind {
            Kind::GitHub => error(kind, 401, "Bad credentials"),
            Kind::Gitea => error(kind, 401, "user does not exist"),
            Kind::AzureDevOpsServices if authorization.ends_with('=') => html(203),
            Kind::AzureDevOpsServices => {
                let mut answer = html(302);
                answer.1.push(("Location", "/_signin?realm=x".to_owned()));
                answer
            }
            Kind::AzureDevOpsServer => html(401),
        };
    }
    if kind == Kind::GitHub {
        if header(request, "User-Agent").is_none() {
            return error(kind, 403, "Request forbidden by administrative rules.");
        }
        if header(request, "X-GitHub-Api-Version").as_deref() != Some("2022-11-28") {
            return error(kind, 400, "unknown version of the API");
        }
    }
    let url = Url::parse(&format!("http://x{}", request.url())).unwrap();
    let (old, new) = match kind {
        Kind::GitHub => ("/api/v3/repos/acme/web/", "/api/v3/repositories/7/"),
        Kind::Gitea => ("/api/v1/repos/acme/web/", "/api/v1/repos/acme/site/"),
        Kind::AzureDevOpsServices => ("/org/acme/_apis/git/repositories/web/", "-"),
        Kind::AzureDevOpsServer => ("/tfs/Coll/acme/_apis/git/repositories/web/", "-"),
    };
    let place = match held.is_renamed {
        true => new,
        false => old,
    };
    let Some(below) = url.path().strip_prefix(place) else {
        let moved = url
            .path()
            .strip_prefix(old)
            .filter(|_| held.is_renamed && new != "-");
        let Some(below) = moved else {
            return error(kind, 404, "Not Found");
        };
        // GitHub documents 301 for all methods; Gitea keeps the method with 307.
        let mut answer = error(kind, 301, "Moved Permanently");
        answer.0 = if kind == Kind::Gitea { 307 } else { 301 };
        let query = url.query().map(|query| format!("?{query}"));
        let target = format!("{new}{below}{}", query.unwrap_or_default());
        answer.1.push(("Location", target));
        return answer;
    };
    let query: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    if is_azure(kind) && query.get("api-version").map(String::as_str) != Some("7.0") {
        return error(kind, 400, "No api-version was supplied");
    }
    let is_write = request.method().as_str() != "GET";
    if is_write && held.is_read_only {
        return match kind {
            Kind::GitHub => error(
                kind,
                403,
                "Resource not accessible by personal access token",
            ),
            Kind::Gitea => error(
                kind,
                403,
                "token does not have at least one of required scope(s)",
            ),
            _ => error(
                kind,
                403,
                "TF401027: You need the Git 'PullRequestContribute' permission",
            ),
        };
    }
    let checked = |shape: Shape| -> Result<Value, Answer> {
        let is_json = header(request, "Content-Type").is_some_and(|it| it.contains("json"));
        let parsed = serde_json::from_str::<Value>(body).ok().filter(|_| is_json);
        let value = parsed.ok_or_else(|| error(kind, 400, "Problems parsing JSON"))?;
        match shape.check(&value) {
            Ok(()) => Ok(value),
            Err(why) => Err(error(kind, 422, &why)),
        }
    };
    let parts: Vec<&str> = below.split('/').collect();
    let done = match (request.method().as_str(), parts.as_slice()) {
        ("POST", ["statuses", commit]) if !is_azure(kind) => {
            checked(api::status(kind)).map(|body| set_status(held, commit, body))
        }
        ("POST", ["commits", commit, "statuses"]) if is_azure(kind) => {
            checked(api::status(kind)).map(|body| set_status(held, commit, body))
        }
        ("GET", [list]) if *list == api::list(kind) => match api::query(kind).check(&query) {
            Ok(()) => Ok(listed(kind, held, &query, &url)),
            Err(why) => Err(error(kind, 422, &why)),
        },
        ("POST", [list]) if *list == api::list(kind) => {
            checked(api::open(kind)).map(|body| open(kind, held, &body))
        }
        ("PATCH", [list, number]) if *list == api::list(kind) => {
            checked(api::update(kind)).map(|body| update(kind, held, number, &body))
        }
        _ => Err(error(kind, 404, "Not Found")),
    };
    done.unwrap_or_else(|refusal| refusal)
}

fn set_status(held: &mut Held, commit: &str, body: Value) -> Answer {
    let answer = of(201, body.clone());
    held.statuses.push((commit.to_owned(), body));
    answer
}

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
fn listed(kind: Kind, held: &Held, query: &BTreeMap<String, String>, url: &Url) -> Answer {
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
        .map(|(number, pull)| shown(kind, *number, pull))
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

fn open(kind: Kind, held: &mut Held, body: &Value) -> Answer {
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

fn update(kind: Kind, held: &mut Held, number: &str, body: &Value) -> Answer {
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
    pull.title = text("title").unwrap_or(pull.title.clone());
    pull.body = text(name).unwrap_or(pull.body.clone());
    let shown = shown(kind, index + 1, pull);
    of(if kind == Kind::Gitea { 201 } else { 200 }, shown)
}
