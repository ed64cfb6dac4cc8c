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
use super::fake_api as api;
use super::fake_state::{listed, open, set_status, update};
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
    /// Directory with the bare repository `acme/app.git`, which is the Git side of the same repository.
    pub(crate) git: Option<std::path::PathBuf>,
    /// After so many calls that change something nothing is heard of it any more: the last one is done, and its answer is lost.
    pub(crate) power: Option<usize>,
    /// How many calls changed something.
    pub(crate) changes: usize,
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
pub(super) type Answer = (u16, Vec<(&'static str, String)>, String);

pub(super) fn of(status: u16, body: Value) -> Answer {
    let media = ("Content-Type", "application/json".to_owned());
    (status, vec![media], body.to_string())
}

fn html(status: u16) -> Answer {
    let media = ("Content-Type", "text/html".to_owned());
    let page = "<html><body>Sign in</body></html>".to_owned();
    (status, vec![media], page)
}

pub(super) fn error(kind: Kind, status: u16, message: &str) -> Answer {
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

pub(super) fn is_azure(kind: Kind) -> bool {
    matches!(kind, Kind::AzureDevOpsServices | Kind::AzureDevOpsServer)
}

/// Whether there is still power; one call that changes something takes some.
fn is_out_of_power(held: &mut Held, is_change: bool) -> bool {
    let is_out = held.power == Some(0);
    if is_change && !is_out {
        held.changes += 1;
        held.power = held.power.map(|power| power - 1);
    }
    is_out
}

/// Git's side of the repository, behind the same URL; gives back a request that is not for Git.
fn serve_git(kind: Kind, mut request: Request, held: &Mutex<Held>) -> Option<Request> {
    let place = match kind {
        Kind::GitHub | Kind::Gitea => "/acme/web.git/",
        Kind::AzureDevOpsServices => "/org/acme/_git/web/",
        Kind::AzureDevOpsServer => "/tfs/Coll/acme/_git/web/",
    };
    // GitHub and Gitea have it without the suffix as well.
    let short = place.replace(".git/", "/");
    let mut places = [place, &short].into_iter();
    let Some(below) = places.find_map(|place| request.url().strip_prefix(place)) else {
        return Some(request);
    };
    let url = format!("/acme/app.git/{below}");
    let authorization = header(&request, "Authorization").unwrap_or_default();
    let wanted = base64::engine::general_purpose::STANDARD.encode(format!("luban:{TOKEN}"));
    if authorization != format!("Basic {wanted}") {
        let mut refusal = Response::empty(401);
        refusal.add_header(Header::from_bytes("WWW-Authenticate", "Basic realm=\"git\"").unwrap());
        let _ = request.respond(refusal);
        return None;
    }
    let mut body = Vec::new();
    request.as_reader().read_to_end(&mut body).unwrap();
    let is_push = request.url().ends_with("/git-receive-pack");
    let (root, is_out) = {
        let mut held = held.lock().unwrap();
        let is_out = is_out_of_power(&mut held, is_push);
        (held.git.clone(), is_out)
    };
    let Some(root) = root.filter(|_| !is_out) else {
        let _ = request.respond(Response::empty(403));
        return None;
    };
    let answer = crate::testing::backend(&request, &url, body, &root);
    if is_push && held.lock().unwrap().power == Some(0) {
        let _ = request.respond(Response::empty(403));
    } else {
        let _ = request.respond(answer);
    }
    None
}

fn serve(kind: Kind, request: Request, held: &Mutex<Held>) {
    let Some(mut request) = serve_git(kind, request, held) else {
        return;
    };
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
            let is_change = request.method().as_str() != "GET";
            let is_out = is_out_of_power(&mut held, is_change);
            let mut answer = match is_out {
                true => html(403),
                false => answer(kind, &request, &body, &mut held),
            };
            if is_change && !is_out && held.power == Some(0) {
                answer = html(403);
            }
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
    let parts: Vec<&str> = below.split('/').collect();
    let calls = api::calls(kind, request.method().as_str(), &parts);
    let Some(call) = calls.first() else {
        return error(kind, 404, "Not Found");
    };
    if let Err(why) = calls.iter().try_for_each(|call| call.check_query(&query)) {
        return error(kind, 422, &why);
    }
    let mut sent = Value::Null;
    if call.has_body() {
        let is_json = header(request, "Content-Type").is_some_and(|it| it.contains("json"));
        let parsed = serde_json::from_str(body).ok().filter(|_| is_json);
        let Some(parsed) = parsed else {
            return error(kind, 400, "Problems parsing JSON");
        };
        sent = parsed;
        if let Err(why) = calls
            .iter()
            .try_for_each(|call| call.check_body(kind, &sent))
        {
            return error(kind, 422, &why);
        }
    }
    let answer = match (request.method().as_str(), parts.as_slice()) {
        ("POST", ["statuses", commit] | ["commits", commit, "statuses"]) => {
            set_status(held, commit, sent)
        }
        ("GET", _) => listed(kind, held, &query, &url),
        ("POST", _) => open(kind, held, &sent),
        (_, [.., number]) => update(kind, held, number, &sent),
        _ => error(kind, 404, "Not Found"),
    };
    if answer.0 < 300 {
        for call in calls {
            call.expect_answer(answer.0, &answer.2);
        }
    }
    answer
}
