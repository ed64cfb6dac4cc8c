//! The build plan for Railpack on Tekton as it was first written down, defect by defect.
//!
//! The three objects are the document's own; each row is a defect that its review found, by the review's number.

#![allow(clippy::unwrap_used, clippy::panic)]

use luban_check::{Objects, Options, Profile, check};
use luban_diagnostic::Finding;
use luban_yaml::{Budget, parse};

const FILES: [(&str, &str); 3] = [
    ("prepare.yaml", include_str!("railpack_seed/prepare.yaml")),
    ("build.yaml", include_str!("railpack_seed/build.yaml")),
    ("pipeline.yaml", include_str!("railpack_seed/pipeline.yaml")),
];

/// A defect, the rule that finds it, and the text that it stands at.
struct Defect {
    number: u8,
    rule: &'static str,
    file: &'static str,
    at: &'static str,
}

const fn defect(number: u8, rule: &'static str, file: &'static str, at: &'static str) -> Defect {
    Defect {
        number,
        rule,
        file,
        at,
    }
}

/// What everyone sees.
const REGULAR: &[Defect] = &[
    defect(
        6,
        "shared-cache",
        "build.yaml",
        "build-arg:cache-key=$(params.cacheKey)",
    ),
    defect(
        7,
        "repository-per-run",
        "pipeline.yaml",
        "kibamail/$(context.pipelineRun.name)",
    ),
    defect(15, "lost-exit-status", "build.yaml", "buildctl build"),
    defect(16, "made-up-result", "build.yaml", "${DIGEST:-unknown}"),
    defect(
        18,
        "digest-from-log",
        "build.yaml",
        "grep -Eo 'sha256:[0-9a-f]+' /tekton/home/buildctl.out",
    ),
    defect(
        20,
        "digest-by-tag",
        "build.yaml",
        "skopeo inspect docker://$IMG",
    ),
    defect(
        21,
        "template-injection",
        "build.yaml",
        "$(params.imageRegistry)",
    ),
    defect(
        21,
        "template-injection",
        "prepare.yaml",
        "$(params.buildSecrets)",
    ),
    defect(
        23,
        "unpinned-frontend",
        "build.yaml",
        "source=ghcr.io/railwayapp/railpack:railpack-frontend",
    ),
    defect(
        25,
        "unpinned-frontend",
        "build.yaml",
        "build-arg:BUILDKIT_SYNTAX=ghcr.io/railwayapp/railpack-frontend",
    ),
    defect(
        31,
        "open-build-daemon",
        "build.yaml",
        "\"tcp://0.0.0.0:1234\"",
    ),
    defect(32, "daemon-without-readiness", "build.yaml", "buildkitd"),
];

/// What those see who ask for more.
const STRICT: &[Defect] = &[
    defect(13, "unquoted-parameter", "prepare.yaml", "$ARGS"),
    defect(22, "unquoted-parameter", "build.yaml", "$IMG"),
    defect(34, "missing-resources", "build.yaml", "name"),
    defect(34, "root-user", "prepare.yaml", "name"),
    defect(36, "optional-secret", "build.yaml", "true"),
    defect(40, "unattested-image", "build.yaml", "digest"),
    defect(
        48,
        "path-from-parameter",
        "prepare.yaml",
        "$(params.contextPath)",
    ),
];

fn findings(profile: Profile) -> Vec<Finding> {
    let documents = FILES
        .iter()
        .flat_map(|(file, text)| parse(file, text.as_bytes(), &Budget::default()).unwrap());
    let options = Options {
        profile,
        ..Options::default()
    };
    check(&Objects::new(documents.collect()), &options)
}

fn is_at(finding: &Finding, defect: &Defect) -> bool {
    let place = finding.place.as_ref().unwrap();
    let (_, text) = FILES
        .iter()
        .find(|(file, _)| *file == &*place.file)
        .unwrap();
    let (start, end) = (place.span.start.offset, place.span.end.offset);
    finding.rule == defect.rule
        && *place.file == *defect.file
        && text[start as usize..end as usize] == *defect.at
}

fn missed(defects: &[Defect], findings: &[Finding]) -> Vec<String> {
    defects
        .iter()
        .filter(|defect| !findings.iter().any(|finding| is_at(finding, defect)))
        .map(|defect| format!("{} by {} at `{}`", defect.number, defect.rule, defect.at))
        .collect()
}

#[test]
fn each_defect_that_everyone_should_see_is_found_where_it_stands() {
    assert_eq!(missed(REGULAR, &findings(Profile::Regular)), [""; 0]);
}

#[test]
fn each_defect_that_strict_readers_ask_for_is_found_where_it_stands() {
    assert_eq!(missed(STRICT, &findings(Profile::Strict)), [""; 0]);
    // They are not news for everyone.
    let regular = findings(Profile::Regular);
    assert_eq!(missed(STRICT, &regular).len(), STRICT.len());
}
