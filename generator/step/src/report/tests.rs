#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tiny_http::{Header, Response, Server};

use super::*;
use crate::provider::fake::{Fake, TOKEN, Trouble};
use crate::testing::{Waits, call, mounted};
use crate::{Redactor, Stop};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";
const KEY: &str = "k3y-of-the-webhook";

/// Signature, delivery and body of a request.
type Heard = (String, String, Vec<u8>);

/// A receiver of webhooks, which answers with one status.
struct Receiver {
    server: Arc<Server>,
    heard: Arc<Mutex<Vec<Heard>>>,
    thread: Option<JoinHandle<()>>,
    key: TempDir,
}

impl Receiver {
    fn start(status: u16) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (listener, list) = (Arc::clone(&server), Arc::clone(&heard));
        let thread = thread::spawn(move || {
            while let Ok(mut request) = listener.recv() {
                let mut body = Vec::new();
                request.as_reader().read_to_end(&mut body).unwrap();
                let header = |name: &'static str| {
                    let mut headers = request.headers().iter();
                    let header = headers.find(|header| header.field.equiv(name));
                    header.map_or(String::new(), |header| header.value.as_str().to_owned())
                };
                assert_eq!(header("Content-Type"), "application/json");
                let heard = (
                    header("X-Luban-Signature-256"),
                    header("X-Luban-Delivery"),
                    body,
                );
                list.lock().unwrap().push(heard);
                let mut response = Response::empty(status);
                if status == 429 {
                    response.add_header(Header::from_bytes("Retry-After", "119").unwrap());
                }
                let _ = request.respond(response);
            }
        });
        Self {
            server,
            heard,
            thread: Some(thread),
            key: mounted(&[("key", &format!("{KEY}\n"))]),
        }
    }

    fn arguments(&self) -> [String; 2] {
        let address = self.server.server_addr().to_ip().unwrap();
        [
            format!("--webhook=http://{address}/builds"),
            format!("--webhook-key={}/key", self.key.path().display()),
        ]
    }

    /// The body of the one request.
    fn body(&self) -> Value {
        let heard = self.heard.lock().unwrap();
        assert_eq!(heard.len(), 1);
        serde_json::from_slice(&heard[0].2).unwrap()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.unblock();
        self.thread.take().unwrap().join().unwrap();
    }
}

fn with_waits<T>(test: impl FnOnce(&World<'_>) -> T) -> T {
    let (clock, redactor, stop) = (Waits::default(), Redactor::default(), Stop::default());
    test(&World {
        clock: &clock,
        redactor: &redactor,
        stop: &stop,
    })
}

/// The arguments of every call, to a provider.
fn arguments(fake: &Fake) -> Vec<String> {
    let kind = format!("{:?}", fake.kind);
    vec![
        "report".to_owned(),
        "--project=payments".to_owned(),
        "--application=api".to_owned(),
        format!("--provider={kind}"),
        format!("--source={}", fake.url()),
        format!("--revision={COMMIT}"),
        format!("--credentials={}", fake.credentials.path().display()),
        "--run=api-0123456789".to_owned(),
    ]
}

fn report(arguments: &[String], more: &[&str]) -> Result<(), Failure> {
    let mut all: Vec<&str> = arguments.iter().map(String::as_str).collect();
    all.extend(more);
    with_waits(|world| run(&call(&all), world))
}

/// What a Pushgateway hears of a run: method, path, media type and body.
fn pushed(status: u16, more: &[&str]) -> (Result<(), Failure>, Vec<[String; 4]>) {
    let (fake, server) = (
        Fake::start(Kind::GitHub),
        Server::http("127.0.0.1:0").unwrap(),
    );
    let address = server.server_addr().to_ip().unwrap();
    let metrics = format!("--metrics=http://{address}/gateway");
    thread::scope(|scope| {
        let heard = scope.spawn(|| {
            let mut heard = Vec::new();
            while let Ok(mut request) = server.recv() {
                let mut body = String::new();
                request.as_reader().read_to_string(&mut body).unwrap();
                let mut headers = request.headers().iter();
                let media = headers.find(|header| header.field.equiv("Content-Type"));
                let media = media.map_or(String::new(), |media| media.value.to_string());
                let (method, path) = (request.method().to_string(), request.url().to_owned());
                heard.push([method, path, media, body]);
                request.respond(Response::empty(status)).unwrap();
            }
            heard
        });
        let told = report(&arguments(&fake), &[&[metrics.as_str()], more].concat());
        server.unblock();
        (told, heard.join().unwrap())
    })
}

#[test]
fn a_pushgateway_gets_the_last_build_of_the_application() {
    let (told, heard) = pushed(
        200,
        &[
            "--status=Failed",
            "--started=1970-01-12T13:45:40Z",
            "--duration=build-amd64=61",
            "--duration=build-arm64=",
            "--reused=build-amd64=true",
        ],
    );
    told.unwrap();
    let [[method, path, media, body]] = heard.as_slice() else {
        panic!("{heard:?}");
    };
    assert_eq!(method, "PUT");
    assert_eq!(
        path,
        "/gateway/metrics/job/luban/project/payments/application/api"
    );
    assert!(media.starts_with("text/plain; version=0.0.4"), "{media}");
    let finished = crate::testing::NOW;
    let expected = format!(
        r#"# HELP luban_last_build_status 1 for what became of the last build, 0 for what did not
# TYPE luban_last_build_status gauge
luban_last_build_status{{status="succeeded"}} 0
luban_last_build_status{{status="failed"}} 1
luban_last_build_status{{status="error"}} 0
# HELP luban_last_build_finished_timestamp_seconds When the last build ended
# TYPE luban_last_build_finished_timestamp_seconds gauge
luban_last_build_finished_timestamp_seconds {finished}
# HELP luban_last_build_duration_seconds How long the last build took
# TYPE luban_last_build_duration_seconds gauge
luban_last_build_duration_seconds 60
# HELP luban_last_build_part_duration_seconds How long a part of the last build took
# TYPE luban_last_build_part_duration_seconds gauge
luban_last_build_part_duration_seconds{{part="build-amd64"}} 61
# HELP luban_last_build_reused Whether a part of the last build was found instead of made
# TYPE luban_last_build_reused gauge
luban_last_build_reused{{part="build-amd64"}} 1
"#
    );
    assert_eq!(*body, expected);
}

#[test]
fn a_pushgateway_that_refuses_fails_no_build() {
    let (told, heard) = pushed(500, &["--status=Succeeded"]);
    told.unwrap();
    assert!(heard.len() > 1, "it is tried again");
    let (told, heard) = pushed(400, &["--status=Succeeded"]);
    told.unwrap();
    assert_eq!(heard.len(), 1);
}

/// Defect B6: nobody was told what became of a commit.
#[test]
fn a_run_of_tekton_is_told_to_the_provider_and_signed_to_the_webhook() {
    let (fake, receiver) = (Fake::start(Kind::GitHub), Receiver::start(204));
    let digest = format!("sha256:{}", "a".repeat(64));
    let digest_argument = format!("--digest={digest}");
    let arguments = [arguments(&fake), receiver.arguments().to_vec()].concat();
    report(
        &arguments,
        &[
            "--status=Completed",
            "--ref=cmVmcy9oZWFkcy9tYWlu",
            "--image=registry.acme.dev/payments/api",
            &digest_argument,
            "--sbom=registry.acme.dev/payments/api@sha256:b",
            "--log-url=https://logs.acme.dev/1",
            "--duration=build-amd64=61",
            "--reused=build-amd64=true",
            "--task",
            "build-amd64=Succeeded",
            "tags=None",
            ";",
            "--certificate-authority=",
        ],
    )
    .unwrap();
    assert_eq!(
        fake.held().statuses,
        [(
            COMMIT.to_owned(),
            json!({"state": "success", "context": "luban/payments/api", "target_url": "https://logs.acme.dev/1",
                "description": format!("api-0123456789 succeeded: {digest}")})
        )]
    );
    let heard = receiver.heard.lock().unwrap().clone();
    let [(signature, delivery, body)] = heard.as_slice() else {
        panic!("{heard:?}")
    };
    let mac = hex(&hmac_sha256(KEY.as_bytes(), body));
    assert_eq!(*signature, format!("sha256={mac}"));
    assert_eq!(delivery, "api-0123456789");
    assert_eq!(
        serde_json::from_slice::<Value>(body).unwrap(),
        json!({
            "status": "succeeded", "project": "payments", "application": "api", "run": "api-0123456789",
            "source": fake.url(), "revision": COMMIT, "ref": "refs/heads/main",
            "image": "registry.acme.dev/payments/api", "digest": digest,
            "sbom": "registry.acme.dev/payments/api@sha256:b", "logUrl": "https://logs.acme.dev/1",
            "finished": "1970-01-12T13:46:40Z", "durations": {"build-amd64": 61}, "reused": {"build-amd64": true},
            "tasks": [{"name": "build-amd64", "status": "succeeded"}, {"name": "tags", "status": "none"}],
            "failures": [],
        })
    );
}

/// Made with `openssl dgst -sha256 -hmac`.
#[test]
fn the_signature_of_a_known_body_is_known() {
    let body = br#"{"status":"succeeded"}"#;
    let mac = hmac_sha256(KEY.as_bytes(), body);
    assert_eq!(
        hex(&mac),
        "8cebb239177588bcf1989e43f20dda31959f2f9caa5d8facb53dff4716bdab51"
    );
}

#[test]
fn a_failed_workflow_of_argo_says_where_and_has_no_digest() {
    let nodes = json!([
        {"displayName": "api-0123456789", "message": "child 'x' failed", "templateName": "build", "phase": "Failed", "podName": "p"},
        {"displayName": "scan", "message": format!("main: \"{TOKEN}\" (exit code 1)"), "templateName": "scan", "phase": "Failed"},
    ])
    .to_string();
    let quoted = serde_json::to_string(&nodes).unwrap();
    for text in [nodes.as_str(), &quoted, quoted.trim_matches('"')] {
        let (fake, receiver) = (Fake::start(Kind::Gitea), Receiver::start(200));
        let arguments = [arguments(&fake), receiver.arguments().to_vec()].concat();
        let failures = format!("--failures={text}");
        report(
            &arguments,
            &[
                "--status=Failed",
                "--digest={{tasks.build.outputs.parameters.digest}}",
                "--started=1970-01-12T13:45:30Z",
                &failures,
            ],
        )
        .unwrap();
        let status = &fake.held().statuses[0].1;
        assert_eq!(status["state"], "failure");
        assert_eq!(status["description"], "api-0123456789 failed: scan");
        let body = receiver.body();
        assert_eq!(body.get("digest"), None);
        assert_eq!(body["durationSeconds"], 70);
        assert_eq!(
            body["failures"][1],
            json!({"name": "scan", "template": "scan", "phase": "Failed", "message": "main: \"***\" (exit code 1)"})
        );
    }
}

#[test]
fn failures_that_nobody_can_read_keep_nobody_from_hearing() {
    for text in [
        "{{workflow.failures}}",
        "null",
        "[]",
        "",
        "[{\"displayName\": 7}]",
        "nonsense",
    ] {
        let fake = Fake::start(Kind::Gitea);
        let failures = format!("--failures={text}");
        report(&arguments(&fake), &["--status=Error", &failures]).unwrap();
        let held = fake.held();
        assert_eq!(held.statuses[0].1["state"], "error");
        assert_eq!(
            held.statuses[0].1["description"],
            "api-0123456789 came to no end of its own"
        );
    }
}

#[test]
fn each_word_of_tekton_and_argo_is_a_state_of_each_provider() {
    for kind in [
        Kind::GitHub,
        Kind::AzureDevOpsServices,
        Kind::AzureDevOpsServer,
        Kind::Gitea,
    ] {
        let fake = Fake::start(kind);
        for word in ["Succeeded", "Completed", "Failed", "Error", "None"] {
            let status = format!("--status={word}");
            report(&arguments(&fake), &[&status, "--task=build=Failed"]).unwrap();
        }
        let held = fake.held();
        let states: Vec<_> = held
            .statuses
            .iter()
            .map(|(_, body)| body["state"].clone())
            .collect();
        let wanted = match kind {
            Kind::GitHub | Kind::Gitea => ["success", "success", "failure", "error", "error"],
            _ => ["succeeded", "succeeded", "failed", "error", "error"],
        };
        assert_eq!(states, wanted);
        assert!(held.refused.is_empty(), "{:?}", held.refused);
    }
}

#[test]
fn a_dead_receiver_and_a_dead_provider_fail_no_build_and_the_other_hears_of_it() {
    let (fake, receiver) = (Fake::start(Kind::GitHub), Receiver::start(500));
    let all = [arguments(&fake), receiver.arguments().to_vec()].concat();
    report(&all, &["--status=Succeeded"]).unwrap();
    assert_eq!(fake.held().statuses.len(), 1);
    assert_eq!(receiver.heard.lock().unwrap().len(), 5);

    let receiver = Receiver::start(200);
    fake.held().trouble.extend([Trouble::Fault(502); 5]);
    let all = [arguments(&fake), receiver.arguments().to_vec()].concat();
    report(&all, &["--status=Succeeded"]).unwrap();
    assert_eq!(fake.held().statuses.len(), 1);
    assert_eq!(receiver.body()["status"], "succeeded");

    fake.held().is_read_only = true;
    let mut all = arguments(&fake);
    let key = mounted(&[("key", KEY)]);
    all.push("--webhook=http://127.0.0.1:1/".to_owned());
    all.push(format!("--webhook-key={}/key", key.path().display()));
    report(&all, &["--status=Succeeded"]).unwrap();
}

#[test]
fn a_receiver_that_asks_for_patience_again_and_again_gets_five_minutes_of_it() {
    let (clock, redactor, stop) = (Waits::default(), Redactor::default(), Stop::default());
    let world = World {
        clock: &clock,
        redactor: &redactor,
        stop: &stop,
    };
    let waited = || clock.0.lock().unwrap().iter().sum::<Duration>();
    let (fake, receiver) = (Fake::start(Kind::GitHub), Receiver::start(429));
    let all = [arguments(&fake), receiver.arguments().to_vec()].concat();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    run(
        &call(&[all.as_slice(), &["--status=Failed"]].concat()),
        &world,
    )
    .unwrap();
    assert_eq!(waited(), patience::MOST);
    assert_eq!(receiver.heard.lock().unwrap().len(), 4);

    let patience = Patience::new(&world);
    stop.ask();
    patience.world().clock.sleep(Duration::from_secs(119));
    assert_eq!(waited(), patience::MOST);
    assert!(patience.world().stop.is_asked());
}

#[test]
fn arguments_that_no_run_gives_are_refused_before_anybody_hears() {
    for (argument, told) in [
        ("--status=Banana", "`--status` cannot be `Banana`"),
        ("--digest=sha256:short", "`--digest` cannot be"),
        ("--started=yesterday", "`--started` cannot be `yesterday`"),
        ("--task=build=Perhaps", "`--task` cannot be `build=Perhaps`"),
        ("--duration=build=long", "`--duration` cannot be"),
    ] {
        let fake = Fake::start(Kind::GitHub);
        let status: &[&str] = match argument.starts_with("--status") {
            true => &[],
            false => &["--status=Failed"],
        };
        let failure = report(&arguments(&fake), &[status, &[argument]].concat()).unwrap_err();
        assert_eq!(failure.exit, Exit::Usage);
        assert!(failure.message.contains(told), "{}", failure.message);
        assert!(fake.held().asked.is_empty());
    }
}

#[test]
fn a_key_or_token_that_is_not_mounted_is_said_and_the_other_hears_of_it() {
    let (fake, receiver) = (Fake::start(Kind::GitHub), Receiver::start(200));
    let [webhook, _] = receiver.arguments();
    let all = [arguments(&fake), vec![webhook]].concat();
    for key in ["--webhook-key=/none/key", "--webhook-key="] {
        let failure = report(&all, &["--status=Failed", key]).unwrap_err();
        assert_eq!(failure.exit, Exit::Usage, "{}", failure.message);
        assert!(failure.message.contains("key"), "{}", failure.message);
    }
    assert_eq!(fake.held().statuses.len(), 2);
    assert!(
        receiver.heard.lock().unwrap().is_empty(),
        "nothing goes out unsigned"
    );

    std::fs::remove_file(fake.credentials.path().join("password")).unwrap();
    let all = [arguments(&fake), receiver.arguments().to_vec()].concat();
    let failure = report(&all, &["--status=Failed"]).unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert!(
        failure.message.contains("/password`: No such file"),
        "{}",
        failure.message
    );
    assert_eq!(receiver.body()["status"], "failed");
}
