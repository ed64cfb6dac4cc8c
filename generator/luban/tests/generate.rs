//! `luban generate` as people run it: what it writes, what it leaves alone, and what it says.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

const PLATFORM: &str = include_str!("../../../platform.yaml");

fn luban() -> Command {
    Command::cargo_bin("luban").unwrap()
}

/// A GitOps repository with `platform`.
fn repository(platform: &str) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("platform.yaml"), platform).unwrap();
    directory
}

/// Runs `luban generate` and gives its exit code, what it printed and its findings.
fn generate(root: &Path, more: &[&str]) -> (i32, String, String) {
    let output = luban()
        .arg("generate")
        .arg("--root")
        .arg(root)
        .args(more)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// Every file below `root` and its content.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry
                .path()
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    files
}

fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or_default()
}

#[test]
fn a_second_run_changes_nothing() {
    let repository = repository(PLATFORM);
    let (code, out, err) = generate(repository.path(), &[]);
    assert_eq!(code, 0, "{err}");
    assert!(
        last_line(&out).ends_with("0 changed, 0 removed, 0 unchanged"),
        "{out}"
    );
    let before = tree(repository.path());
    let (_, out, _) = generate(repository.path(), &[]);
    assert!(
        last_line(&out).starts_with("0 created, 0 changed, 0 removed"),
        "{out}"
    );
    assert_eq!(tree(repository.path()), before);
    assert_eq!(generate(repository.path(), &["--check"]).0, 0);
}

#[test]
fn the_same_input_gives_the_same_bytes_with_any_number_of_threads() {
    let trees = ["1", "2", "7"].map(|threads| {
        let repository = repository(PLATFORM);
        luban()
            .arg("generate")
            .arg("--root")
            .arg(repository.path())
            .env("RAYON_NUM_THREADS", threads)
            .env("LC_ALL", "tr_TR.UTF-8")
            .env("TZ", "Asia/Tokyo")
            .assert()
            .success();
        tree(repository.path())
    });
    assert_eq!(trees[0], trees[1]);
    assert_eq!(trees[0], trees[2]);
    assert!(trees[0].len() > 50);
}

#[test]
fn a_stale_file_is_shown_as_a_diff_and_not_written() {
    let repository = repository(PLATFORM);
    generate(repository.path(), &[]);
    fs::write(
        repository.path().join("platform.yaml"),
        PLATFORM.replace("events.acme.dev", "hooks.acme.dev"),
    )
    .unwrap();
    let before = tree(repository.path());
    let (code, out, err) = generate(repository.path(), &["--check"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("hooks.acme.dev") && out.contains("\n-") && out.contains("\n+"),
        "{out}"
    );
    assert!(err.contains("run `luban generate`"), "{err}");
    assert_eq!(tree(repository.path()), before);
}

#[test]
fn a_file_that_luban_did_not_write_is_a_finding_and_nothing_is_written() {
    let repository = repository(PLATFORM);
    let path = "overlays/payments/api/base/kustomization.yaml";
    let full = repository.path().join(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(&full, "resources: [mine.yaml]\n").unwrap();
    let before = tree(repository.path());
    let (code, _, err) = generate(repository.path(), &[]);
    assert_eq!(code, 1);
    assert!(err.contains("foreign-file") && err.contains(path), "{err}");
    assert_eq!(tree(repository.path()), before);
}

#[test]
fn a_directory_or_a_link_in_the_place_of_a_file_is_a_finding() {
    let one = repository(PLATFORM);
    fs::create_dir_all(
        one.path()
            .join("overlays/payments/api/base/kustomization.yaml/x"),
    )
    .unwrap();
    assert_eq!(generate(one.path(), &[]).0, 1);
    let two = repository(PLATFORM);
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir_all(two.path().join("overlays")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), two.path().join("overlays/payments")).unwrap();
    let (code, _, err) = generate(two.path(), &[]);
    assert_eq!(code, 1, "{err}");
    assert!(tree(elsewhere.path()).is_empty());
    let three = repository(PLATFORM);
    std::os::unix::fs::symlink(elsewhere.path(), three.path().join("pipelines")).unwrap();
    assert_eq!(generate(three.path(), &[]).0, 1);
    assert!(tree(elsewhere.path()).is_empty());
}

#[test]
fn other_files_stay_as_they_are() {
    let repository = repository(PLATFORM);
    let mine = [
        "pipelines/notes.md",
        "overlays/payments/api/base/patch.yaml",
        "pipelines/delivery/mine/x.yaml",
    ];
    for path in mine {
        let full = repository.path().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, "mine\n").unwrap();
    }
    assert_eq!(generate(repository.path(), &[]).0, 0);
    for path in mine {
        assert_eq!(
            fs::read_to_string(repository.path().join(path)).unwrap(),
            "mine\n"
        );
    }
}

#[test]
fn a_release_is_never_overwritten() {
    let repository = repository(PLATFORM);
    generate(repository.path(), &[]);
    let release = repository
        .path()
        .join("overlays/payments/api/snd/release/kustomization.yaml");
    assert!(
        fs::read_to_string(&release)
            .unwrap()
            .contains("kind: Component")
    );
    fs::write(&release, "released\n").unwrap();
    let (code, out, _) = generate(repository.path(), &[]);
    assert_eq!(code, 0);
    assert!(
        last_line(&out).starts_with("0 created, 0 changed, 0 removed"),
        "{out}"
    );
    assert_eq!(fs::read_to_string(&release).unwrap(), "released\n");
    assert_eq!(generate(repository.path(), &["--check"]).0, 0);
}

#[test]
fn what_is_no_longer_compiled_goes_and_its_releases_stay() {
    let repository = repository(PLATFORM);
    generate(repository.path(), &[]);
    let start = PLATFORM.find("        - name: worker").unwrap();
    let end = PLATFORM.find("\n    - name: storefront").unwrap();
    let without = format!("{}{}", &PLATFORM[..start], &PLATFORM[end..]);
    fs::write(repository.path().join("platform.yaml"), without).unwrap();
    let (code, out, err) = generate(repository.path(), &[]);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("removed  overlays/payments/worker/base/"),
        "{out}"
    );
    assert!(
        out.contains("kept     overlays/payments/worker/snd/release/kustomization.yaml"),
        "{out}"
    );
    let left: Vec<String> = tree(repository.path())
        .into_keys()
        .filter(|path| path.starts_with("overlays/payments/worker/"))
        .collect();
    assert!(
        left.iter().all(|path| path.contains("/release/")),
        "{left:?}"
    );
}

#[test]
fn a_mistake_writes_nothing() {
    let repository = repository(&PLATFORM.replace("provider: azure", "provider: azur"));
    let (code, out, err) = generate(repository.path(), &[]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("write `azure`"), "{err}");
    assert_eq!(tree(repository.path()).len(), 1);
}

#[test]
fn findings_can_be_read_by_programs() {
    let repository = repository(&PLATFORM.replace("provider: azure", "provider: azur"));
    let (code, out, _) = generate(repository.path(), &["--format", "json"]);
    assert_eq!(code, 1);
    let value: serde_yaml::Value = serde_yaml::from_str(&out).unwrap();
    assert_eq!(value["version"].as_u64(), Some(1));
    assert_eq!(
        value["findings"][0]["rule"].as_str(),
        Some("unknown-reference")
    );
}

#[test]
fn without_a_platform_it_says_what_to_do() {
    let directory = tempfile::tempdir().unwrap();
    let (code, _, err) = generate(directory.path(), &[]);
    assert_eq!(code, 2);
    assert!(err.contains("luban init"), "{err}");
}

#[test]
fn killed_at_any_moment_each_file_is_old_or_new_and_the_next_run_completes() {
    let repository = repository(PLATFORM);
    generate(repository.path(), &[]);
    let old = tree(repository.path());
    let changed = PLATFORM.replace("name: acme\n", "name: apex\n");
    let reference = self::repository(&changed);
    generate(reference.path(), &[]);
    let new = tree(reference.path());
    fs::write(repository.path().join("platform.yaml"), &changed).unwrap();
    for micros in (0..24).map(|i| i * 700) {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("luban"));
        let mut child = child
            .arg("generate")
            .arg("--quiet")
            .arg("--root")
            .arg(repository.path())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(micros));
        let _ = child.kill();
        child.wait().unwrap();
        for (path, bytes) in tree(repository.path()) {
            let is_temporary = path.ends_with(".tmp");
            assert!(
                is_temporary || old.get(&path) == Some(&bytes) || new.get(&path) == Some(&bytes),
                "{path} is neither old nor new"
            );
        }
    }
    assert_eq!(generate(repository.path(), &[]).0, 0);
    assert_eq!(tree(repository.path()), new);
}

#[test]
fn a_first_run_that_is_killed_leaves_no_tree_or_a_whole_one_and_the_next_run_completes() {
    let reference = repository(PLATFORM);
    generate(reference.path(), &[]);
    let whole = tree(reference.path());
    for micros in (0..24).map(|i| i * 1500) {
        let repository = repository(PLATFORM);
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("luban"))
            .args(["generate", "--quiet", "--root"])
            .arg(repository.path())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(micros));
        let _ = child.kill();
        child.wait().unwrap();
        for root in ["pipelines", "overlays"] {
            let there = repository.path().join(root);
            let expected = whole.keys().filter(|path| path.starts_with(root));
            assert!(
                !there.exists() || tree(&there).len() == expected.count(),
                "{root} is there in part after {micros} µs"
            );
        }
        assert_eq!(generate(repository.path(), &[]).0, 0);
        let completed = tree(repository.path());
        assert_eq!(
            Vec::from_iter(completed.keys()),
            Vec::from_iter(whole.keys())
        );
        assert!(completed == whole, "a file differs after {micros} µs");
    }
}

#[test]
fn a_new_repository_compiles() {
    let directory = tempfile::tempdir().unwrap();
    luban().arg("init").arg(directory.path()).assert().success();
    let platform = fs::read_to_string(directory.path().join("platform.yaml")).unwrap();
    assert!(
        platform.lines().count() <= 34,
        "the smallest file has {} lines",
        platform.lines().count()
    );
    assert_eq!(generate(directory.path(), &[]).0, 0);
    fs::write(directory.path().join("Makefile"), "mine\n").unwrap();
    luban().arg("init").arg(directory.path()).assert().success();
    assert_eq!(
        fs::read_to_string(directory.path().join("Makefile")).unwrap(),
        "mine\n"
    );
}

#[test]
fn the_committed_schema_is_the_schema_of_this_version() {
    let output = luban().args(["schema", "platform"]).output().unwrap();
    let committed = include_str!("../../../docs/schema/platform.json");
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        committed,
        "run `make generate`"
    );
}

#[test]
fn a_step_called_wrongly_is_a_usage_error() {
    let output = luban()
        .args(["step", "install", "--in=/luban/bin"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
