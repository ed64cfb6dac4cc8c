//! What must be true of a release, and what is refused.

use super::super::application::tests::healthy;
use super::stage::{Stage, digest, path, release};
use crate::failure::{Exit, Failure};
use crate::provider::Kind;
use crate::testing::git;

fn stage() -> Stage {
    let stage = Stage::new(Kind::GitHub);
    stage.release("snd", &release("1.0", 'a'));
    stage
}

/// Promotes what must not be: nothing is pushed and nothing proposed.
fn refused(stage: &Stage, flags: &[&str]) -> Failure {
    let failure = stage.promote(flags).unwrap_err();
    assert!(stage.branches().is_empty(), "{}", failure.message);
    assert_eq!(stage.fake.held().changes, 0, "{}", failure.message);
    failure
}

#[test]
fn a_digest_that_the_registry_does_not_have_is_refused() {
    let stage = stage();
    stage.shelf.lock().unwrap().missing.push(digest('a'));
    let failure = refused(&stage, &["--require="]);
    assert_eq!(failure.exit, Exit::Refused);
    assert!(
        failure.message.contains(&digest('a')),
        "{}",
        failure.message
    );
}

#[test]
fn argo_cd_must_run_a_commit_that_contains_the_release() {
    let stage = Stage::new(Kind::GitHub);
    stage.release("snd", &release("0.9", 'b'));
    let older = stage.tip("main");
    stage.release("snd", &release("1.0", 'a'));
    *stage.application.lock().unwrap() = Some(healthy(&older));
    let failure = refused(&stage, &[]);
    assert_eq!(failure.exit, Exit::Transient, "Argo CD may see it soon");
    assert!(
        failure.message.contains(&older) && failure.message.contains("does not run"),
        "{}",
        failure.message
    );
    let nowhere = "0".repeat(39) + "1";
    *stage.application.lock().unwrap() = Some(healthy(&nowhere));
    assert!(
        refused(&stage, &[])
            .message
            .contains("is not in the GitOps repository")
    );
    // One after the release, which others have passed since.
    let newer = git(&stage.gitops.bare, &["rev-parse", "main"]);
    stage.release_of("payments/worker", "snd", &release("2", 'b'));
    *stage.application.lock().unwrap() = Some(healthy(&newer));
    stage.promote(&[]).unwrap();
    assert!(
        stage
            .pull(1)
            .body
            .contains(&format!("healthy at `{}`", &newer[..10]))
    );
}

#[test]
fn what_is_unhealthy_unsigned_and_gone_is_said_all_at_once() {
    let stage = stage();
    let mut application = healthy(&"1".repeat(40));
    application["status"]["health"]["status"] = "Degraded".into();
    *stage.application.lock().unwrap() = Some(application);
    stage.shelf.lock().unwrap().manifests.clear();
    stage.shelf.lock().unwrap().missing.push(digest('a'));
    let failure = refused(&stage, &[]);
    assert_eq!(failure.exit, Exit::Refused);
    for words in [
        "the registry has no",
        "is `Degraded`, not `Healthy`",
        "is not signed with the project's key",
    ] {
        assert!(failure.message.contains(words), "{}", failure.message);
    }
}

#[test]
fn only_a_signature_of_this_digest_with_the_project_s_key_counts() {
    let tag = |letter| digest(letter).replace(':', "-") + ".sig";
    let stage = stage();
    // The good signature of another image.
    let other = stage.shelf.lock().unwrap().manifests[&tag('b')].clone();
    stage
        .shelf
        .lock()
        .unwrap()
        .manifests
        .insert(tag('a'), other);
    let failure = refused(&stage, &[]);
    assert!(
        failure
            .message
            .contains(&format!("but of the image `{}`", digest('b'))),
        "{}",
        failure.message
    );
    // Somebody else's.
    let somebody = crate::signature::testing::TestKey::new();
    let (manifest, of_text, text) = somebody.sign("harbor.acme.dev/payments/api", &digest('a'));
    stage
        .shelf
        .lock()
        .unwrap()
        .manifests
        .insert(tag('a'), manifest);
    stage.shelf.lock().unwrap().blobs.insert(of_text, text);
    assert!(
        refused(&stage, &[])
            .message
            .contains("not made with this key")
    );
    stage
        .shelf
        .lock()
        .unwrap()
        .manifests
        .insert(tag('a'), "<html>".to_owned());
    assert!(refused(&stage, &[]).message.contains("no manifest"));
    // Not asked for, it is not looked at.
    stage.promote(&["--require=healthy"]).unwrap();
    assert!(!stage.pull(1).body.contains("| Signature |"));
}

#[test]
fn a_project_without_a_key_signs_nothing_and_a_broken_key_is_named() {
    let stage = stage();
    let failure = refused(&stage, &["--public-key="]);
    assert_eq!(failure.exit, Exit::Refused);
    assert!(failure.message.contains("no key"), "{}", failure.message);
    assert_eq!(
        refused(&stage, &["--public-key=/nowhere/cosign.pub"]).exit,
        Exit::Refused
    );
    let file = stage.key.path().join("broken.pub");
    std::fs::write(&file, "no key").unwrap();
    let failure = refused(&stage, &[&format!("--public-key={}", file.display())]);
    assert_eq!(failure.exit, Exit::Usage);
    assert!(
        failure.message.contains("broken.pub"),
        "{}",
        failure.message
    );
}

#[test]
fn an_unknown_requirement_is_not_passed_over() {
    let stage = stage();
    let failure = refused(&stage, &["--require=approved"]);
    assert_eq!(failure.exit, Exit::Usage);
    assert!(
        failure.message.contains("`--require=approved`"),
        "{}",
        failure.message
    );
}

/// Defect R4: the placeholder of an application that was never built could be promoted.
#[test]
fn without_a_release_there_is_nothing_to_promote() {
    let stage = Stage::new(Kind::GitHub);
    let failure = refused(&stage, &[]);
    assert_eq!(failure.exit, Exit::Refused);
    assert!(
        failure.message.contains("no release in `snd` yet"),
        "{}",
        failure.message
    );
    let failure = refused(&stage, &["--application=nowhere"]);
    assert!(
        failure
            .message
            .contains("there is no `overlays/payments/nowhere/snd/release/"),
        "{}",
        failure.message
    );
    assert_eq!(refused(&stage, &["--branch=nowhere"]).exit, Exit::Failed);
    assert_eq!(refused(&stage, &["--to=snd"]).exit, Exit::Usage);
    assert_eq!(refused(&stage, &["--project=.."]).exit, Exit::Usage);
}

#[test]
fn a_release_that_somebody_wrote_wrongly_goes_nowhere() {
    for (right, wrong) in [
        (digest('a'), "sha256:short".to_owned()),
        (super::IMAGE.to_owned(), "-x harbor".to_owned()),
        ("a".repeat(40), "main; rm -rf".to_owned()),
        ("\"1.0\"".to_owned(), "\"1.0/../x\"".to_owned()),
    ] {
        let stage = stage();
        stage.change(&path("payments/api", "snd"), "Edit", |text| {
            assert!(text.contains(&right), "{text}");
            text.replacen(&right, &wrong, 1)
        });
        let failure = refused(&stage, &["--require="]);
        assert_eq!(failure.exit, Exit::Failed, "{wrong}");
    }
}

/// Defect R4: of several images the first was promoted.
#[test]
fn of_several_images_the_application_s_own_is_promoted_and_never_a_guess() {
    let stage = stage();
    let sidecar = format!(
        "images:\n- name: quay.io/acme/proxy\n  digest: {}",
        digest('c')
    );
    stage.change(&path("payments/api", "snd"), "Sidecar", |text| {
        text.replace("images:", &sidecar)
    });
    stage.promote(&[]).unwrap();
    assert_eq!(
        stage.released("promote/api/1.0", "prd"),
        Some(release("1.0", 'a'))
    );
    let stage = Stage::new(Kind::GitHub);
    stage.release("snd", &release("1.0", 'a'));
    stage.change(&path("payments/api", "snd"), "Both", |text| {
        text.replace("images:", &sidecar)
            .replace("payments/api\n", "payments/other\n")
    });
    let failure = refused(&stage, &[]);
    assert!(
        failure.message.contains("several images"),
        "{}",
        failure.message
    );
}

#[test]
fn hostile_texts_of_a_release_stay_texts() {
    let stage = Stage::new(Kind::GitHub);
    let mut hostile = release("1.0", 'a');
    hostile.run = "`x` | $(y)\n\nDigest: sha256:0\n--> <script>".to_owned();
    hostile.source = "https://github.com/a/b)[x](javascript:y)".to_owned();
    stage.release("snd", &hostile);
    stage.promote(&[]).unwrap();
    let body = stage.pull(1).body;
    assert!(
        body.contains("| Run |  | `'x' \\| $(y) Digest: sha256:0 --> <script>` |"),
        "{body}"
    );
    assert!(body.contains("| Commit |  | `aaaaaaaaaa` |"), "{body}");
    assert_eq!(stage.released("promote/api/1.0", "prd"), Some(hostile));
}
