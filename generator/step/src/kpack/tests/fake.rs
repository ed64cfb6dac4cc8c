//! A Kubernetes API in process, as far as waiting for builds speaks with it: apply, merge patches, lists, watches and logs, each of
//! which can break.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};

use crate::cluster::KubeCluster;
use crate::{Clock, Stop};

/// A clock that runs fifty times as fast, so that pauses cost a test nothing.
pub(super) struct Fast(Instant);

const SPEED: u32 = 50;

impl Default for Fast {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for Fast {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }
    fn instant(&self) -> Instant {
        self.0 + self.0.elapsed() * SPEED
    }
    fn sleep(&self, time: Duration) {
        thread::sleep(time / SPEED);
    }
}

/// How a request is answered instead of rightly.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// With a status, and nothing else.
    Status(u16),
    /// With a watch that says 410 in an event.
    GoneEvent,
    /// With a stream that ends well at once.
    Eof,
    /// With a stream that breaks in the middle of a line.
    Cut,
    /// Not at all, for a minute.
    Silence,
}

/// What the API holds.
#[derive(Default)]
pub(super) struct State {
    objects: BTreeMap<(String, String), Value>,
    version: u64,
    /// Every change: version, kind, type, object.
    history: Vec<(u64, String, &'static str, Value)>,
    /// What each container's log says: the answers one after another, the last one again and again.
    pub(super) logs: BTreeMap<String, Vec<String>>,
    /// What is answered wrongly, and how, once each.
    pub(super) faults: Vec<(String, Fault)>,
    /// Every request, as in `WATCH builds`.
    pub(super) seen: Vec<String>,
    /// The requests with their paths and queries.
    pub(super) urls: Vec<String>,
    /// What was applied.
    pub(super) applied: Vec<Value>,
}

impl State {
    /// How often such a request has come.
    pub(super) fn times(&self, what: &str) -> usize {
        self.seen.iter().filter(|seen| *seen == what).count()
    }

    /// Sets an object, as a controller would.
    pub(super) fn set(&mut self, kind: &str, object: &Value) -> Value {
        self.version += 1;
        let mut object = object.clone();
        let name = object["metadata"]["name"].as_str().unwrap().to_owned();
        object["metadata"]["resourceVersion"] = json!(self.version.to_string());
        let key = (kind.to_owned(), name);
        let change = match self.objects.insert(key, object.clone()) {
            Some(_) => "MODIFIED",
            None => "ADDED",
        };
        self.history
            .push((self.version, kind.to_owned(), change, object.clone()));
        object
    }

    /// Sets an object that no watch tells of: it happened while none ran.
    pub(super) fn set_unseen(&mut self, kind: &str, object: &Value) {
        self.set(kind, object);
        self.history.clear();
    }

    pub(super) fn remove(&mut self, kind: &str, name: &str) {
        self.version += 1;
        if let Some(mut object) = self.objects.remove(&(kind.to_owned(), name.to_owned())) {
            object["metadata"]["resourceVersion"] = json!(self.version.to_string());
            self.history
                .push((self.version, kind.to_owned(), "DELETED", object));
        }
    }

    pub(super) fn object(&self, kind: &str, name: &str) -> Option<&Value> {
        self.objects.get(&(kind.to_owned(), name.to_owned()))
    }

    fn apply(&mut self, kind: &str, name: &str, patch: &Value) -> Value {
        self.applied.push(patch.clone());
        let old = self.object(kind, name).cloned();
        let mut new = patch.clone();
        let generation = old
            .as_ref()
            .map_or(0, |old| old["metadata"]["generation"].as_u64().unwrap_or(1));
        let is_same = old.as_ref().is_some_and(|old| old["spec"] == new["spec"]);
        new["metadata"]["generation"] = json!(if is_same { generation } else { generation + 1 });
        new["metadata"]["uid"] = match &old {
            Some(old) => old["metadata"]["uid"].clone(),
            None => json!(format!("0a0a-{}", kind.trim_end_matches('s'))),
        };
        if let Some(old) = old {
            new["status"] = old["status"].clone();
        }
        self.set(kind, &new)
    }
}

type React = dyn FnMut(&mut State, &str) + Send;

struct Shared {
    state: Mutex<(State, Box<React>)>,
    changed: Condvar,
    is_over: AtomicBool,
}

/// The API.
pub(super) struct Api {
    shared: Arc<Shared>,
    address: String,
    thread: Option<JoinHandle<()>>,
}

impl Api {
    /// Starts an API; `react` plays kpack and kubelet: it is told of each request before that is answered.
    pub(super) fn start(react: impl FnMut(&mut State, &str) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let shared = Arc::new(Shared {
            state: Mutex::new((State::default(), Box::new(react))),
            changed: Condvar::new(),
            is_over: AtomicBool::new(false),
        });
        let serving = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if serving.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let (serving, stream) = (Arc::clone(&serving), stream.unwrap());
                thread::spawn(move || answer(&serving, stream));
            }
        });
        Self {
            shared,
            address,
            thread: Some(thread),
        }
    }

    /// Looks at, or changes, what the API holds.
    pub(super) fn state<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        let mut guard = self.shared.state.lock().unwrap();
        let value = look(&mut guard.0);
        self.shared.changed.notify_all();
        value
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The client that pods have.
    pub(super) fn cluster(&self, stop: &Stop) -> KubeCluster {
        KubeCluster::at(&format!("http://{}", self.address), "ledger-ci", stop)
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        self.shared.changed.notify_all();
        let _ = TcpStream::connect(&self.address);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

struct Request {
    method: String,
    path: Vec<String>,
    query: BTreeMap<String, String>,
    content_type: String,
    body: Value,
}

fn request(stream: &mut BufReader<TcpStream>) -> Option<(Request, String)> {
    let mut line = String::new();
    stream.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, url) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut length, mut content_type) = (0, String::new());
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(": ") else {
            break;
        };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap(),
            "content-type" => value.clone_into(&mut content_type),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    let parsed = reqwest::Url::parse(&format!("http://api{url}")).unwrap();
    let request = Request {
        method,
        path: parsed.path_segments()?.map(ToOwned::to_owned).collect(),
        query: parsed.query_pairs().into_owned().collect(),
        content_type,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    };
    Some((request, url))
}

fn answer(shared: &Shared, stream: TcpStream) {
    let mut reader = BufReader::new(stream);
    let Some((request, url)) = request(&mut reader) else {
        return;
    };
    let mut stream = reader.into_inner();
    let at = request
        .path
        .iter()
        .position(|part| part == "namespaces")
        .unwrap();
    let rest: Vec<&str> = request.path[at + 2..].iter().map(String::as_str).collect();
    let is_watch = request
        .query
        .get("watch")
        .is_some_and(|watch| watch == "true");
    let what = match (request.method.as_str(), &*rest) {
        ("GET", [_, _, "log"]) => format!("LOG {}", request.query["container"]),
        ("GET", [kind]) if is_watch => format!("WATCH {kind}"),
        ("GET", [kind]) => format!("LIST {kind}"),
        (method, rest) => format!("{method} {}", rest.join("/")),
    };
    let mut guard = shared.state.lock().unwrap();
    let (state, react) = &mut *guard;
    state.seen.push(what.clone());
    state.urls.push(url);
    // An object is there before its controller does something about it.
    let is_apply = request.content_type == "application/apply-patch+yaml";
    let fault = state.faults.iter().position(|(on, _)| *on == what);
    let fault = fault.map(|place| state.faults.remove(place).1);
    let done = match (&fault, &*rest) {
        (None, [kind, name]) if is_apply => Some(state.apply(kind, name, &request.body)),
        (None, [kind, name]) if request.method == "PATCH" => {
            assert_eq!(request.content_type, "application/merge-patch+json");
            state.object(kind, name).cloned().map(|mut object| {
                let new = request.body["metadata"]["annotations"].as_object().unwrap();
                for (key, value) in new {
                    object["metadata"]["annotations"][key] = value.clone();
                }
                state.set(kind, &object)
            })
        }
        _ => None,
    };
    react(state, &what);
    shared.changed.notify_all();
    match (fault, &*rest) {
        (Some(Fault::Status(code)), _) => status(&mut stream, code),
        (Some(Fault::Silence), _) => {
            drop(guard);
            thread::sleep(Duration::from_secs(60));
        }
        (Some(Fault::GoneEvent), _) => {
            begin(&mut stream);
            let status = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "code": 410, "reason": "Expired", "message": "too old resource version"});
            chunk(
                &mut stream,
                &format!("{}\n", json!({"type": "ERROR", "object": status})),
            );
            chunk(&mut stream, "");
        }
        (Some(Fault::Eof), _) => {
            begin(&mut stream);
            chunk(&mut stream, "");
        }
        (Some(Fault::Cut), [_, _, "log"]) => {
            let log = next_log(state, &request.query["container"]);
            begin(&mut stream);
            chunk(&mut stream, &log);
        }
        (Some(Fault::Cut), _) => {
            begin(&mut stream);
            chunk(&mut stream, r#"{"type":"MODIFIED","object":{"met"#);
        }
        (None, [_, _, "log"]) => {
            let log = next_log(state, &request.query["container"]);
            begin(&mut stream);
            // In parts, as it grows.
            for part in log.as_bytes().chunks(23) {
                chunk(&mut stream, std::str::from_utf8(part).unwrap());
            }
            chunk(&mut stream, "");
        }
        (None, [kind]) if is_watch => {
            let kind = (*kind).to_owned();
            drop(guard);
            watch(shared, &mut stream, &kind, &request);
        }
        (None, [kind]) => {
            let objects = state.objects.iter().filter(|((of, _), _)| of == kind);
            let items: Vec<&Value> = objects
                .map(|(_, object)| object)
                .filter(|object| is_selected(object, &request))
                .collect();
            let list = json!({"kind": "List", "apiVersion": "v1", "metadata": {"resourceVersion": state.version.to_string()}, "items": items});
            whole(&mut stream, 200, &list);
        }
        (None, [kind, name]) => match done.or_else(|| state.object(kind, name).cloned()) {
            Some(object) => whole(&mut stream, 200, &object),
            None => status(&mut stream, 404),
        },
        _ => status(&mut stream, 404),
    }
}

fn next_log(state: &mut State, container: &str) -> String {
    let answers = state.logs.entry(container.to_owned()).or_default();
    match answers.len() {
        0 => String::new(),
        1 => answers[0].clone(),
        _ => answers.remove(0),
    }
}

fn is_selected(object: &Value, request: &Request) -> bool {
    let by_label = request.query.get("labelSelector").is_none_or(|selector| {
        let (key, value) = selector.split_once('=').unwrap();
        object["metadata"]["labels"][key] == value
    });
    let by_name = request.query.get("fieldSelector").is_none_or(|selector| {
        let name = selector.strip_prefix("metadata.name=").unwrap();
        object["metadata"]["name"] == name
    });
    by_label && by_name
}

fn watch(shared: &Shared, stream: &mut TcpStream, kind: &str, request: &Request) {
    let mut since: u64 = request.query["resourceVersion"].parse().unwrap();
    begin(stream);
    let mut guard = shared.state.lock().unwrap();
    while !shared.is_over.load(Ordering::SeqCst) {
        let changes: Vec<String> = guard
            .0
            .history
            .iter()
            .filter(|(version, of, _, object)| {
                *version > since && of == kind && is_selected(object, request)
            })
            .map(|(_, _, change, object)| {
                format!("{}\n", json!({"type": change, "object": object}))
            })
            .collect();
        since = guard.0.version;
        if changes.iter().any(|change| !chunk(stream, change)) {
            return;
        }
        guard = shared.changed.wait(guard).unwrap();
    }
}

fn begin(stream: &mut TcpStream) {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    let _ = stream.write_all(head.as_bytes());
}

/// A part of a stream; an empty one is its good end.
fn chunk(stream: &mut TcpStream, text: &str) -> bool {
    let part = format!("{:x}\r\n{text}\r\n", text.len());
    stream.write_all(part.as_bytes()).is_ok()
}

fn status(stream: &mut TcpStream, code: u16) {
    let status = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "code": code, "reason": if code == 404 { "NotFound" } else { "Test" }, "message": format!("answered with {code}")});
    whole(stream, code, &status);
}

fn whole(stream: &mut TcpStream, code: u16, body: &Value) {
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {code} Test\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body.as_bytes());
}
