//! What a call talks to: all of it well, or nobody, or somebody who refuses, or who says nothing.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;
use tiny_http::{Header, Method, Response, Server};

/// What there is behind the URLs of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Backend {
    /// All of it, and well.
    Good,
    /// Nobody listens.
    Nobody,
    /// Every request is answered with this status.
    Answers(u16),
    /// Connections are taken, and nothing is said.
    Silent,
}

/// A server that answers everything with a status; gives its address. It ends with the process.
pub(super) fn answering(status: u16) -> String {
    let server = Server::http("127.0.0.1:0").unwrap();
    let address = server.server_addr().to_ip().unwrap().to_string();
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let body = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "code": status, "reason": "Forbidden", "message": "not you"});
            let mut response = Response::from_string(body.to_string()).with_status_code(status);
            let challenge = Header::from_bytes("WWW-Authenticate", "Basic realm=\"test\"");
            response.add_header(challenge.unwrap());
            let _ = request.respond(response);
        }
    });
    address
}

/// A server that says nothing; gives its address and how many connections it has. It ends with the process.
pub(super) fn silent() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    thread::spawn(move || {
        let mut all = Vec::new();
        for stream in listener.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
            all.push(stream);
        }
    });
    (address, count)
}

/// A Kubernetes API with one ClusterStack; gives its address. It ends with the process.
pub(super) fn stacks() -> String {
    let server = Server::http("127.0.0.1:0").unwrap();
    let address = server.server_addr().to_ip().unwrap().to_string();
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let stack = json!({"apiVersion": "kpack.io/v1alpha2", "kind": "ClusterStack", "metadata": {"name": "luban"}, "spec": {"id": "x"}});
            let status = match request.method() {
                Method::Get | Method::Patch => 200,
                _ => 405,
            };
            let mut response = Response::from_string(stack.to_string()).with_status_code(status);
            response.add_header(Header::from_bytes("Content-Type", "application/json").unwrap());
            let _ = request.respond(response);
        }
    });
    address
}
