//! Upstream's own examples of Tekton Triggers are accepted.

use luban_check::{Objects, Options, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

/// Examples that upstream's admission refuses too.
const EXCEPTIONS: &[(&str, &str)] = &[(
    "examples__v1beta1__azurerepo__pull__azurerepo-pullrequest-listener.yaml-2.yaml",
    "undeclared-template-param",
)];

#[test]
fn examples_of_tekton_triggers_have_no_errors_but_the_one_that_upstream_refuses() {
    let Ok(folder) = std::env::var("LUBAN_CORPUS") else {
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(format!("{folder}/triggers"))
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
        .map(|finding| (&*finding.place.as_ref().unwrap().file, finding.rule))
        .collect();
    assert_eq!(errors, EXCEPTIONS);
}
