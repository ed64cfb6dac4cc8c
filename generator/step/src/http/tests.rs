#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use tiny_http::{Header, Response, Server};

use super::*;
use crate::testing::Waits;
use crate::{Redactor, Secret, Stop};

struct Answer(u16, &'static str, &'static [(&'static str, &'static str)]);

/// What a client got, how often the server was asked, and how long the client waited.
struct Seen {
    result: Result<Reply, HttpError>,
    asked: usize,
    waits: Vec<Duration>,
}

fn ask(method: Method, answers: &'static [Answer]) -> Seen {
    let server = Server::http("127.0.0.1:0").unwrap();
    let url: Url = format!(
        "http://{}/repos?page=1",
        server.server_addr().to_ip().unwrap()
    )
    .parse()
    .unwrap();
    let asked = AtomicUsize::new(0);
    let (clock, redactor, stop) = (Waits::default(), Redactor::default(), Stop::default());
    redactor.hide(&Secret::new("t0ken"));
    let world = World {
        clock: &clock,
        redactor: &redactor,
        stop: &stop,
    };
    let result = thread::scope(|scope| {
        scope.spawn(|| {
            for answer in answers {
                let Ok(Some(request)) = server.recv_timeout(Duration::from_secs(5)) else {
                    return;
                };
                asked.fetch_add(1, Ordering::SeqCst);
                let mut response = Response::from_string(answer.1).with_status_code(answer.0);
                for (name, value) in answer.2 {
                    response.add_header(Header::from_bytes(*name, *value).unwrap());
                }
                let _ = request.respond(response);
            }
        });
        let call = Call::new(method, url, "create the pull request")
            .needs("the token needs the scope `repo`");
        let result = Http::new(None)
            .unwrap()
            .send(&call, &[StatusCode::CONFLICT], &world);
        server.unblock();
        result
    });
    let waits = clock.0.lock().unwrap().clone();
    Seen {
        result,
        asked: asked.load(Ordering::SeqCst),
        waits,
    }
}

#[test]
fn the_server_says_how_long_to_wait() {
    let seen = ask(
        Method::POST,
        &[
            Answer(429, "", &[("Retry-After", "7")]),
            Answer(201, "{}", &[]),
        ],
    );
    assert_eq!(seen.result.unwrap().status, 201);
    assert_eq!(seen.waits, [Duration::from_secs(7)]);
}

#[test]
fn a_rate_limit_that_github_answers_as_forbidden_is_waited_for() {
    static ANSWERS: [Answer; 2] = [
        Answer(
            403,
            "{\"message\":\"API rate limit exceeded\"}",
            &[
                ("X-RateLimit-Remaining", "0"),
                ("X-RateLimit-Reset", "1000030"),
            ],
        ),
        Answer(200, "{}", &[]),
    ];
    let seen = ask(Method::GET, &ANSWERS);
    assert!(seen.result.is_ok());
    assert_eq!(seen.waits, [Duration::from_secs(30)]);
}

#[test]
fn a_server_that_asks_for_an_hour_is_not_waited_for() {
    let seen = ask(Method::GET, &[Answer(429, "", &[("Retry-After", "3600")])]);
    assert_eq!(
        Failure::from(seen.result.unwrap_err()).exit,
        Exit::Transient
    );
    assert_eq!((seen.asked, seen.waits.len()), (1, 0));
    // GitHub's hourly limit is no missing permission.
    static LIMITED: [Answer; 1] = [Answer(
        403,
        "",
        &[
            ("X-RateLimit-Remaining", "0"),
            ("X-RateLimit-Reset", "1003600"),
        ],
    )];
    let failure = Failure::from(ask(Method::GET, &LIMITED).result.unwrap_err());
    assert_eq!(failure.exit, Exit::Transient);
    assert!(failure.help.unwrap().contains("later"));
}

#[test]
fn a_fault_of_the_server_is_tried_again_only_where_that_is_safe() {
    let seen = ask(
        Method::GET,
        &[
            Answer(502, "", &[]),
            Answer(500, "", &[]),
            Answer(200, "{}", &[]),
        ],
    );
    assert!(seen.result.is_ok());
    assert_eq!(
        seen.waits,
        [Duration::from_millis(500), Duration::from_secs(1)]
    );
    let seen = ask(
        Method::POST,
        &[Answer(502, "<html>", &[]), Answer(200, "{}", &[])],
    );
    assert_eq!(seen.asked, 1);
    assert_eq!(
        seen.result.unwrap_err().to_string(),
        "cannot create the pull request: `127.0.0.1` answered 502 Bad Gateway: a page of HTML"
    );
}

#[test]
fn tries_come_to_an_end() {
    static ANSWERS: [Answer; 6] = [const { Answer(503, "", &[]) }; 6];
    let seen = ask(Method::GET, &ANSWERS);
    assert_eq!(seen.asked, 5);
    assert_eq!(
        seen.result.unwrap_err().status(),
        Some(StatusCode::SERVICE_UNAVAILABLE)
    );
}

#[test]
fn an_error_names_the_operation_the_host_and_the_permission_and_no_secret() {
    let body = "{\"message\":\"Resource not accessible with t0ken\",\"errors\":[{\"message\":\"no write\"}]}";
    let body: &'static str = Box::leak(body.to_owned().into_boxed_str());
    let answers: &'static [Answer] = Box::leak(Box::new([Answer(403, body, &[])]));
    let failure = Failure::from(ask(Method::POST, answers).result.unwrap_err());
    assert_eq!(
        failure.message,
        "cannot create the pull request: `127.0.0.1` answered 403 Forbidden: Resource not accessible with ***: no write"
    );
    assert_eq!(
        failure.help.as_deref(),
        Some("the token needs the scope `repo`")
    );
    assert_eq!(failure.exit, Exit::Failed);
}

#[test]
fn an_error_says_which_field_is_wrong_and_how() {
    // GitHub's, of a pull request to a branch that is not there.
    static ANSWERS: [Answer; 1] = [Answer(
        422,
        r#"{"message":"Validation Failed","errors":[{"resource":"PullRequest","field":"base","code":"invalid"}]}"#,
        &[],
    )];
    let error = ask(Method::POST, &ANSWERS).result.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("Validation Failed: `base` is invalid"),
        "{error}"
    );
}

#[test]
fn an_expected_answer_is_no_error() {
    assert_eq!(
        ask(Method::POST, &[Answer(409, "", &[])])
            .result
            .unwrap()
            .status,
        409
    );
}

#[test]
fn a_renamed_repository_is_followed_on_the_same_host_only() {
    let seen = ask(
        Method::GET,
        &[
            Answer(301, "", &[("Location", "/repositories/7")]),
            Answer(200, "{}", &[]),
        ],
    );
    assert_eq!(seen.result.unwrap().status, 200);
    let seen = ask(
        Method::GET,
        &[Answer(301, "", &[("Location", "http://127.0.0.2:1/x")])],
    );
    assert_eq!(
        seen.result.unwrap_err().status(),
        Some(StatusCode::MOVED_PERMANENTLY)
    );
}

#[test]
fn an_answer_that_trickles_has_an_end() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url: Url = format!("http://{}/", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
        let mut is_open = std::io::Write::write_all(&mut stream, head).is_ok();
        // A byte before each silence gets too long, for longer than a whole call may take.
        for _ in 0..100 {
            thread::sleep(Duration::from_millis(100));
            is_open = is_open && std::io::Write::write_all(&mut stream, b"x").is_ok();
            if !is_open {
                return;
            }
        }
    });
    let (clock, redactor, stop) = (Waits::default(), Redactor::default(), Stop::default());
    let world = World {
        clock: &clock,
        redactor: &redactor,
        stop: &stop,
    };
    let start = Instant::now();
    let call = Call::new(Method::POST, url, "set the status");
    let error = Http::new(None)
        .unwrap()
        .send(&call, &[], &world)
        .unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
    assert!(start.elapsed() < TIMEOUT * 2);
    server.join().unwrap();
}

#[test]
fn a_host_that_does_not_answer_is_a_fault_that_may_pass() {
    let (clock, redactor, stop) = (Waits::default(), Redactor::default(), Stop::default());
    let world = World {
        clock: &clock,
        redactor: &redactor,
        stop: &stop,
    };
    let call = Call::new(
        Method::POST,
        "http://127.0.0.1:1/".parse().unwrap(),
        "set the status",
    )
    .json(json!({}));
    let failure = Failure::from(
        Http::new(None)
            .unwrap()
            .send(&call, &[], &world)
            .unwrap_err(),
    );
    assert_eq!(failure.exit, Exit::Transient);
    assert!(
        failure
            .message
            .contains("cannot set the status: `127.0.0.1` does not answer"),
        "{}",
        failure.message
    );
    assert_eq!(clock.0.lock().unwrap().len(), 4);
}

/// Makes a call in a world in which waiting costs nothing.
fn send(call: &Call<'_>, http: &Http, stop: &Stop) -> Result<Reply, HttpError> {
    let (clock, redactor) = (Waits::default(), Redactor::default());
    let world = World {
        clock: &clock,
        redactor: &redactor,
        stop,
    };
    http.send(call, &[], &world)
}

/// A server that gives what it is asked for, of so many bytes.
fn giving(length: usize) -> (Url, thread::JoinHandle<()>) {
    let server = Server::http("127.0.0.1:0").unwrap();
    let address = server.server_addr().to_ip().unwrap();
    let thread = thread::spawn(move || {
        let request = server.recv().unwrap();
        let _ = request.respond(Response::from_data(vec![b'x'; length]));
    });
    (format!("http://{address}/").parse().unwrap(), thread)
}

#[test]
fn an_answer_is_read_whole_or_not_at_all() {
    for (length, largest, is_fine) in [
        (1000, 1000, true),
        (1001, 1000, false),
        (20 << 20, 64 << 20, true),
    ] {
        let (url, server) = giving(length);
        let mut call = Call::new(Method::GET, url, "fetch the report");
        call.largest = largest;
        let answer = send(&call, &Http::new(None).unwrap(), &Stop::default());
        server.join().unwrap();
        match answer {
            Ok(reply) => assert_eq!((reply.body.len(), is_fine), (length, true)),
            Err(error) => {
                assert!(!is_fine, "{error}");
                assert!(error.to_string().contains("answered more than"), "{error}");
                assert_eq!(Failure::from(error).exit, Exit::Failed);
            }
        }
    }
}

#[test]
fn a_large_body_may_take_longer_than_a_small_one() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url: Url = format!("http://{}/", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let length = 4 << 20;
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // For longer than a small call may take.
        let (mut got, mut piece) = (0, vec![0; 64 << 10]);
        while got < length {
            thread::sleep(TIMEOUT / 40);
            got += stream.read(&mut piece).unwrap();
        }
        let answer = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        std::io::Write::write_all(&mut stream, answer).unwrap();
        std::io::copy(&mut stream, &mut std::io::sink()).unwrap();
    });
    let start = Instant::now();
    let call = Call::new(Method::PUT, url, "push the blob").bytes("a/b", vec![b'x'; length]);
    let reply = send(&call, &Http::new(None).unwrap(), &Stop::default()).unwrap();
    assert_eq!(reply.status, StatusCode::CREATED);
    assert!(start.elapsed() > TIMEOUT, "{:?}", start.elapsed());
    server.join().unwrap();
}

#[test]
fn a_call_that_nobody_answers_ends_when_the_pod_is_asked_to_stop() {
    // It takes connections and says nothing.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url: Url = format!("http://{}/", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let stop = Stop::default();
    let (asked, start) = (stop.clone(), Instant::now());
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        asked.ask();
    });
    let call = Call::new(Method::GET, url, "read the pull requests");
    let error = send(&call, &Http::new(None).unwrap(), &stop).unwrap_err();
    assert_eq!(Failure::from(error).exit, Exit::Cancelled);
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
}

/// A server that speaks TLS with the certificate of `tests/tls`, for 127.0.0.1, which no public authority signed.
fn secure(host: &str) -> (Url, thread::JoinHandle<()>) {
    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};

    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls");
    let certificate = CertificateDer::from_pem_file(format!("{place}/server.crt")).unwrap();
    let key = PrivateKeyDer::from_pem_file(format!("{place}/server.key")).unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = std::sync::Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let thread = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let connection = rustls::ServerConnection::new(config).unwrap();
        let mut stream = rustls::StreamOwned::new(connection, stream);
        if stream.read(&mut [0; 4096]).is_ok_and(|length| length > 0) {
            let answer = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
            let _ = std::io::Write::write_all(&mut stream, answer);
            stream.conn.send_close_notify();
            let _ = std::io::Write::flush(&mut stream);
        }
    });
    (format!("https://{host}:{port}/").parse().unwrap(), thread)
}

#[test]
fn a_certificate_that_is_not_trusted_is_a_lasting_fault_with_what_to_do() {
    let own = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/server.crt"));
    for (host, authorities) in [("127.0.0.1", None), ("localhost", Some(own))] {
        let (url, server) = secure(host);
        let call = Call::new(Method::GET, url, "fetch the manifest");
        let error = send(&call, &Http::new(authorities).unwrap(), &Stop::default()).unwrap_err();
        server.join().unwrap();
        let failure = Failure::from(error);
        assert_eq!(failure.exit, Exit::Failed, "{}", failure.message);
        assert!(
            failure
                .message
                .contains("is not accepted: invalid peer certificate"),
            "{}",
            failure.message
        );
        assert!(failure.help.unwrap().contains("trust.certificateAuthority"));
    }
    let (url, server) = secure("127.0.0.1");
    let call = Call::new(Method::GET, url, "fetch the manifest");
    let reply = send(&call, &Http::new(Some(own)).unwrap(), &Stop::default()).unwrap();
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    server.join().unwrap();
}
