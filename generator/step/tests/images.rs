//! The Dockerfiles of what pods run, held to the rules of compiled pods: no root, nothing that moves, nothing unchecked.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

/// The Dockerfiles of this repository.
const FILES: [&str; 2] = [
    "images/luban/Dockerfile",
    "pipelines/delivery/tekton/railpack-cli/Dockerfile",
];

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What is wrong with a Dockerfile, given the images for which the lock knows a reason to have no digest.
fn faults(text: &str, lock: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut stages: Vec<&str> = Vec::new();
    let mut user = None;
    let mut comment = "";
    let joined = text.replace("\\\n", " ");
    for line in joined.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["#", ..] => comment = line,
            ["FROM", rest @ ..] => {
                let mut rest = rest.iter().filter(|word| !word.starts_with("--"));
                let base = rest.next().copied().unwrap_or_default();
                if !stages.iter().any(|stage| is_stage(base, stage)) {
                    faults.extend(moving(base, comment, lock));
                }
                stages.extend(rest.nth(1));
                user = None;
            }
            ["COPY", rest @ ..] => {
                let from = rest.iter().find_map(|word| word.strip_prefix("--from="));
                if let Some(from) = from.filter(|from| !stages.contains(from)) {
                    faults.extend(moving(from, comment, lock));
                }
            }
            ["ADD", rest @ ..] if !rest.iter().any(|word| word.starts_with("--checksum=")) => {
                faults.push(format!("`{line}` is not checked"));
            }
            ["USER", name] => user = Some(*name),
            ["ENTRYPOINT" | "CMD", form, ..] if !form.starts_with('[') => {
                faults.push(format!("`{line}` needs a shell"));
            }
            _ => {}
        }
        if !line.starts_with('#') && !words.is_empty() {
            comment = "";
        }
    }
    if user != Some("1000:1000") {
        faults.push(format!(
            "it ends as {user:?}, not as the user of compiled pods"
        ));
    }
    faults
}

/// Whether a base is a stage of the file; its name may hold the architecture that is built.
fn is_stage(base: &str, stage: &str) -> bool {
    match base.split_once("${TARGETARCH}") {
        Some((before, after)) => stage.starts_with(before) && stage.ends_with(after),
        None => base == stage,
    }
}

/// Whether what an image's name means may change tomorrow.
fn moving(image: &str, comment: &str, lock: &str) -> Option<String> {
    let digest = image.split_once("@sha256:").map(|(_, digest)| digest);
    let is_digest = |text: &str| text.len() == 64 && text.bytes().all(|c| c.is_ascii_hexdigit());
    if image == "scratch" || digest.is_some_and(is_digest) {
        return None;
    }
    let tag = image.rsplit_once(':').map_or("", |(_, tag)| tag);
    let is_full = tag
        .split(['.', '-'])
        .filter(|part| part.bytes().any(|c| c.is_ascii_digit()))
        .count()
        > 0
        && (tag.matches('.').count() >= 2 || tag.contains("-20"));
    let has_reason = comment.starts_with("# No digest: ")
        || lock.contains(&format!("- image: {image}\n  reason: "));
    (!is_full || !has_reason).then(|| format!("`{image}` is not pinned"))
}

#[test]
fn images_run_as_the_user_of_pods_and_are_made_of_what_does_not_move() {
    let lock = read("luban.lock");
    for file in FILES {
        let found = faults(&read(file), &lock);
        assert!(found.is_empty(), "{file}: {found:#?}");
    }
}

#[test]
fn each_rule_finds_what_breaks_it() {
    let good = read(FILES[0]);
    let (lock, debian) = ("", "docker.io/library/debian:bookworm-20251117-slim");
    assert_eq!(faults(&good, lock), [""; 0]);
    for (from, to) in [
        (debian, "docker.io/library/debian:latest"),
        (debian, "docker.io/library/debian"),
        (debian, "docker.io/library/debian:bookworm"),
        (debian, "docker.io/library/debian@sha256:abc"),
        ("# No digest: ", "# "),
        ("USER 1000:1000\n", ""),
        ("USER 1000:1000\n", "USER root\n"),
        ("USER 1000:1000\n", "USER luban\n"),
        ("--from=static", "--from=docker.io/x/y:latest"),
        ("COPY . .", "ADD https://example.org/x.tar.gz /x"),
        ("ENTRYPOINT [\"/usr/local/bin/luban\"]", "ENTRYPOINT luban"),
    ] {
        let bad = good.replace(from, to);
        assert_ne!(bad, good, "{from}");
        assert!(!faults(&bad, lock).is_empty(), "{to} is accepted");
    }
}

#[test]
fn the_image_of_luban_has_what_its_verbs_run() {
    let text = read(FILES[0]);
    for package in ["ca-certificates", "git", "git-lfs", "openssh-client"] {
        assert!(text.contains(&format!(" {package} ")), "{package}");
    }
    // ssh ends with `No user exists for uid 1000` else; the root is read-only.
    assert!(text.contains("useradd --uid 1000") && text.contains("--home-dir /tmp"));
}
