//! Tekton's own examples of Pipelines and their runs are accepted.

use luban_check::{Flags, Objects, Options, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

/// Examples that are rejected, the rule, and why that is right.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "examples__v1__pipelineruns__beta__isolated-workspaces.yaml",
        "unknown-field",
        "`mountpath` is written `mountPath`; the API server does not ignore case",
    ),
    (
        "examples__v1__pipelineruns__no-ci__compressed-results-pipeline.yaml",
        "tekton-undeclared-result",
        "`$(results.digest-${i}.path)` is a variable to the webhook, which refuses it; upstream runs no example of this folder",
    ),
];

/// What the examples need beyond the released defaults.
const FLAGS: &[(&str, &str)] = &[
    ("enable-api-fields", "alpha"),
    ("enable-artifacts", "true"),
    ("enable-cel-in-whenexpression", "true"),
    ("enable-param-enum", "true"),
];

#[test]
fn examples_of_pipelines_have_no_errors() {
    let Ok(folder) = std::env::var("LUBAN_CORPUS") else {
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(format!("{folder}/pipeline"))
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
    let flags = FLAGS
        .iter()
        .map(|(flag, value)| ((*flag).to_owned(), (*value).to_owned()));
    let options = Options {
        tekton: Flags::from_map(&flags.collect()).unwrap(),
        ..Options::default()
    };
    let findings = check(&Objects::new(documents), &options);
    let is_exception = |file: &str, rule: &str| {
        let mut exceptions = EXCEPTIONS.iter();
        exceptions.any(|(of, by, _)| file.starts_with(of.trim_end_matches(".yaml")) && rule == *by)
    };
    let errors: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter_map(|finding| Some((finding, finding.place.as_ref()?)))
        .filter(|(finding, place)| !is_exception(&place.file, finding.rule))
        .map(|(finding, place)| {
            let line = place.span.start.line;
            format!(
                "{}:{line}: {} [{}]",
                place.file, finding.message, finding.rule
            )
        })
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
