//! `luban promote`: what a person who asks for the wrong thing is told.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

use assert_cmd::Command;
use std::path::Path;

/// The program in this repository, where nothing of whoever runs the tests is known.
fn promote(arguments: &[&str]) -> (i32, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::cargo_bin("luban")
        .unwrap()
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LUBAN_TOKEN", "t0ken-0123456789")
        .env("HOME", "/nonexistent")
        .env("KUBECONFIG", "/nonexistent")
        .current_dir(root)
        .arg("promote")
        .args(arguments)
        .output()
        .unwrap();
    let code = output.status.code().unwrap();
    (code, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn an_application_that_there_is_not_is_answered_with_those_that_there_are() {
    let (code, text) = promote(&["payments/apo"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("no application `payments/apo`"), "{text}");
    assert!(text.contains("payments/api, payments/worker"), "{text}");
}

#[test]
fn an_environment_that_gets_no_promotions_is_answered_with_those_that_do() {
    for environment in ["snd", "staging"] {
        let (code, text) = promote(&["api", "--to", environment]);
        assert_eq!(code, 2, "{text}");
        assert!(
            text.contains(&format!("nothing is promoted to `{environment}`")),
            "{text}"
        );
        assert!(text.contains("prd"), "{text}");
    }
}

#[test]
fn a_required_signature_needs_the_key_and_says_where_it_is() {
    let (code, text) = promote(&["payments/api"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("`prd` requires a signature"), "{text}");
    assert!(
        text.contains("Secret `cosign-key` in `payments-ci`"),
        "{text}"
    );
}

#[test]
fn what_is_required_is_checked_from_any_machine() {
    let (code, text) = promote(&["payments/api", "--public-key", "platform.yaml"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("there is no cluster to talk to"), "{text}");
    assert!(!text.contains("t0ken"), "{text}");
}

#[test]
fn without_a_token_it_is_said_how_to_give_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::cargo_bin("luban").unwrap();
    let output = command
        .env_clear()
        .current_dir(root)
        .args(["promote", "payments/api"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("LUBAN_TOKEN or GH_TOKEN"), "{text}");
}

#[test]
fn a_wrong_digest_is_said_before_anything_is_asked() {
    let (code, text) = promote(&["payments/api", "--public-key", "k", "--digest", "latest"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("expected a digest"), "{text}");
}
