//! A registry in the process, for tests: it keeps what is pushed, and refuses what the distribution specification 1.1 does not
//! allow.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "part of tests"
)]

mod answer;
mod store;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tiny_http::{Request, Server};

pub use store::Store;

use crate::{Credentials, Repository};

/// How the registry wants to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Login {
    #[default]
    None,
    /// `user` and this password.
    Basic(&'static str),
    /// A token for `user` and this password; whether it may push.
    Token {
        password: &'static str,
        may_push: bool,
    },
}

/// What the registry does, of the things in which real ones differ.
#[derive(Clone, Debug)]
pub struct Settings {
    pub login: Login,
    /// Whether it has the referrers API.
    pub has_referrers: bool,
    /// Whether it lets no tag move.
    pub keeps_tags: bool,
    /// Whether blobs are on another host.
    pub redirects_blobs: bool,
    /// Whether it says digests in headers.
    pub says_digests: bool,
    pub page: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            login: Login::None,
            has_referrers: true,
            keeps_tags: false,
            redirects_blobs: false,
            says_digests: true,
            page: 2,
        }
    }
}

/// What happens to a request in place of an answer.
#[derive(Clone, Debug)]
pub enum Fault {
    /// This status, with `Retry-After`.
    Status(u16, Option<u64>),
    /// It is done, and then answered with this status.
    Late(u16),
    /// No answer at all.
    Stall,
    /// The answer that was right, with another body.
    Body(Vec<u8>),
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) store: Store,
    /// What has come of uploads that are not complete.
    pub(crate) chunks: std::collections::BTreeMap<String, Vec<u8>>,
    /// Tokens that were given, with what they allow.
    pub(crate) tokens: Vec<(String, String)>,
    /// Faults of requests whose method and path start like this.
    faults: VecDeque<(String, Fault)>,
    /// Methods and paths.
    asked: Vec<String>,
    stalled: Vec<Request>,
}

/// The registry.
pub struct FakeRegistry {
    server: Arc<Server>,
    state: Arc<Mutex<State>>,
    threads: Vec<JoinHandle<()>>,
}

impl FakeRegistry {
    pub fn start(settings: Settings) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let threads = (0..4).map(|_| {
            let (server, state, settings) =
                (Arc::clone(&server), Arc::clone(&state), settings.clone());
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    serve(request, &state, &settings, &server);
                }
            })
        });
        Self {
            threads: threads.collect(),
            state,
            server,
        }
    }

    pub fn host(&self) -> String {
        self.server.server_addr().to_ip().unwrap().to_string()
    }

    pub fn repository(&self, path: &str) -> Repository {
        Repository::new(&format!("{}/{path}", self.host())).unwrap()
    }

    /// Docker's configuration with `user` and `password` for this registry.
    pub fn docker_config(&self, password: &str) -> String {
        let auth = STANDARD.encode(format!("user:{password}"));
        format!(r#"{{"auths":{{"{}":{{"auth":"{auth}"}}}}}}"#, self.host())
    }

    pub fn credentials(&self, password: &str) -> Credentials {
        Credentials::parse(self.docker_config(password).as_bytes()).unwrap()
    }

    /// Lets the next request whose method and path start with `request` go wrong.
    pub fn fail(&self, request: &str, fault: Fault) {
        self.lock().faults.push_back((request.to_owned(), fault));
    }

    /// Methods and paths of all requests so far, without queries.
    pub fn asked(&self) -> Vec<String> {
        self.lock().asked.clone()
    }

    /// How many requests of that method there were.
    pub fn count(&self, method: &str) -> usize {
        let asked = self.asked();
        asked.iter().filter(|one| one.starts_with(method)).count()
    }

    /// Lets all tokens expire.
    pub fn expire(&self) {
        self.lock().tokens.clear();
    }

    /// What is stored, to look at and to break.
    pub fn with_store<T>(&self, look: impl FnOnce(&mut Store) -> T) -> T {
        look(&mut self.lock().store)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl Drop for FakeRegistry {
    fn drop(&mut self) {
        self.lock().stalled.clear();
        for _ in &self.threads {
            self.server.unblock();
        }
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn serve(mut request: Request, state: &Mutex<State>, settings: &Settings, server: &Server) {
    let mut body = Vec::new();
    request.as_reader().read_to_end(&mut body).unwrap();
    let url = request.url().to_owned();
    let line = format!("{} {}", request.method(), url.split('?').next().unwrap());
    let fault = {
        let mut state = state.lock().unwrap();
        state.asked.push(line.clone());
        let at = state
            .faults
            .iter()
            .position(|(start, _)| line.starts_with(start));
        at.and_then(|at| state.faults.remove(at))
            .map(|(_, fault)| fault)
    };
    let own = server.server_addr().to_ip().unwrap().to_string();
    let answered = || {
        answer::answer(
            &request,
            &url,
            &body,
            &mut state.lock().unwrap(),
            settings,
            &own,
        )
    };
    let response = match fault {
        None => answered(),
        Some(Fault::Status(status, wait)) => {
            let response = answer::error(status, "TOOMANYREQUESTS", "later");
            match wait {
                Some(seconds) => answer::with(response, "Retry-After", &seconds.to_string()),
                None => response,
            }
        }
        Some(Fault::Late(status)) => {
            answered();
            answer::error(status, "UNKNOWN", "a proxy lost the answer")
        }
        Some(Fault::Body(body)) => answer::replaced(answered(), body),
        Some(Fault::Stall) => {
            state.lock().unwrap().stalled.push(request);
            return;
        }
    };
    let _ = request.respond(response);
}
