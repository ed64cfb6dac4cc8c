//! Upstream's own examples are accepted.

use luban_check::{Objects, Options, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

/// Documents that are rejected although they are upstream's, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "examples__fun-with-gifs.yaml-0.yaml",
    "invalid-label",
    "`generateName` stands among the labels, where its value ends with `-`: the API server refuses the Workflow",
)];

#[test]
fn examples_of_upstream_have_no_errors() {
    let Ok(folder) = std::env::var("LUBAN_CORPUS") else {
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(format!("{folder}/argo-workflows"))
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
    let findings = check(&Objects::new(documents), &Options::default());
    let errors: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter(|finding| {
            let place = finding.place.as_ref().unwrap();
            let mut exceptions = EXCEPTIONS.iter();
            !exceptions.any(|(file, rule, _)| *place.file == **file && finding.rule == *rule)
        })
        .map(|finding| {
            let place = finding.place.as_ref().unwrap();
            format!(
                "{}:{}: {} [{}]",
                place.file, place.span.start.line, finding.message, finding.rule
            )
        })
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
