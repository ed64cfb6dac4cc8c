//! Upstream's own examples of Argo Events are accepted as far as its controllers accept them.

use luban_check::{Objects, Options, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

/// Examples that upstream's strict decoding and validation refuse too: fields that there are no longer, or stand elsewhere.
const EXCEPTIONS: &[(&str, &[&str])] = &[
    (
        "examples__event-sources__stripe.yaml-0.yaml",
        &["unknown-field"],
    ),
    (
        "examples__sensors__trigger-with-atleast-once-semantics.yaml-0.yaml",
        &["unknown-field"],
    ),
    (
        "examples__sensors__trigger-with-policy.yaml-0.yaml",
        &["unknown-field"],
    ),
    (
        "examples__tutorials__03-trigger-sources__sensor-cm.yaml-0.yaml",
        &["unknown-field"],
    ),
    (
        "examples__tutorials__03-trigger-sources__sensor-git.yaml-0.yaml",
        &["unknown-field"],
    ),
    (
        "examples__tutorials__06-trigger-conditions__minio-event-source.yaml-0.yaml",
        &["unknown-field"],
    ),
    (
        "examples__tutorials__06-trigger-conditions__webhook-event-source.yaml-0.yaml",
        &["unknown-field"],
    ),
    (
        "examples__tutorials__09-http-trigger__minio-event-source.yaml-0.yaml",
        &["unknown-field"],
    ),
    (
        "examples__tutorials__09-http-trigger__sensor-01.yaml-0.yaml",
        &["unknown-field", "incomplete-trigger"],
    ),
    (
        "examples__tutorials__09-http-trigger__sensor-02.yaml-0.yaml",
        &["unknown-field", "incomplete-trigger"],
    ),
];

#[test]
fn examples_of_argo_events_have_no_errors_but_those_that_upstream_refuses() {
    let Ok(folder) = std::env::var("LUBAN_CORPUS") else {
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(format!("{folder}/argo-events"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut documents = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy();
        documents.extend(parse(&name, &bytes, &Budget::default()).unwrap());
    }
    assert!(documents.len() > 100);
    let mut refused = std::collections::BTreeMap::<String, Vec<&str>>::new();
    for finding in check(&Objects::new(documents), &Options::default()) {
        if finding.severity == Severity::Error {
            let file = finding.place.as_ref().unwrap().file.to_string();
            let rules = refused.entry(file).or_default();
            if !rules.contains(&finding.rule) {
                rules.push(finding.rule);
            }
        }
    }
    let expected: Vec<_> = EXCEPTIONS
        .iter()
        .map(|(file, rules)| ((*file).to_owned(), rules.to_vec()))
        .collect();
    for rules in refused.values_mut() {
        rules.sort_by_key(|rule| *rule != "unknown-field");
    }
    assert_eq!(refused.into_iter().collect::<Vec<_>>(), expected);
}
