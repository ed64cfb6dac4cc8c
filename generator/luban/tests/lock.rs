//! `luban lock` against a registry on loopback, and `generate` with the digests that it wrote.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

use assert_cmd::Command;
use std::fs;
use std::thread;
use tiny_http::{Header, Response, Server, StatusCode};

const PLATFORM: &str = include_str!("../src/init/platform.yaml");
const TOOLS: [&str; 5] = [
    "luban",
    "railpack",
    "railpack-frontend",
    "buildkit",
    "debian",
];

/// A registry that knows every image but those called `missing`; each has a digest of its own.
fn registry() -> String {
    let server = Server::http("127.0.0.1:0").unwrap();
    let host = server.server_addr().to_ip().unwrap().to_string();
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let name = request
                .url()
                .split('/')
                .nth(3)
                .unwrap_or_default()
                .to_owned();
            let response = if name == "missing" {
                Response::empty(StatusCode(404))
            } else {
                let digest = format!("sha256:{:0>64}", name.len());
                let header = Header::from_bytes("Docker-Content-Digest", digest).unwrap();
                Response::empty(StatusCode(200)).with_header(header)
            };
            request.respond(response).unwrap();
        }
    });
    host
}

/// The smallest platform with all its tools from `host`, the last one under another name.
fn platform(host: &str, last: &str) -> String {
    let images = TOOLS.map(|tool| {
        let name = if tool == "debian" { last } else { tool };
        format!("    {tool}: \"{host}/tools/{name}:v1.0.0\"\n")
    });
    PLATFORM.replace(
        "  projects:\n",
        &format!("  images:\n{}  projects:\n", images.concat()),
    )
}

fn luban(root: &std::path::Path, command: &str) -> std::process::Output {
    let mut luban = Command::cargo_bin("luban").unwrap();
    luban
        .arg(command)
        .arg("--root")
        .arg(root)
        .env("DOCKER_CONFIG", root);
    luban.output().unwrap()
}

#[test]
fn what_is_locked_is_what_pods_run() {
    let directory = tempfile::tempdir().unwrap();
    let host = registry();
    fs::write(
        directory.path().join("platform.yaml"),
        platform(&host, "debian"),
    )
    .unwrap();
    let before = luban(directory.path(), "generate");
    assert!(String::from_utf8_lossy(&before.stderr).contains("unpinned-image"));
    assert_eq!(luban(directory.path(), "lock").status.code(), Some(0));
    let lock = fs::read_to_string(directory.path().join("luban.lock")).unwrap();
    assert_eq!(
        lock.matches("digest: sha256:").count(),
        TOOLS.len(),
        "{lock}"
    );
    let after = luban(directory.path(), "generate");
    assert_eq!(String::from_utf8_lossy(&after.stderr), "");
    let task = "pipelines/delivery/tekton/task-railpack-build.yaml";
    let task = fs::read_to_string(directory.path().join(task)).unwrap();
    let pinned = format!(
        "image: {host}/tools/buildkit:v1.0.0@sha256:{:0>64}\n",
        "buildkit".len()
    );
    assert!(task.contains(&pinned), "{task}");
    let again = luban(directory.path(), "lock");
    assert_eq!(String::from_utf8_lossy(&again.stdout), "");
}

#[test]
fn an_image_that_is_not_there_is_named_and_the_others_are_locked() {
    let directory = tempfile::tempdir().unwrap();
    let host = registry();
    fs::write(
        directory.path().join("platform.yaml"),
        platform(&host, "missing"),
    )
    .unwrap();
    let output = luban(directory.path(), "lock");
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        err.contains("there is no image") && err.contains("1 of 5"),
        "{err}"
    );
    let lock = fs::read_to_string(directory.path().join("luban.lock")).unwrap();
    assert_eq!(
        lock.matches("digest: sha256:").count(),
        TOOLS.len() - 1,
        "{lock}"
    );
}
