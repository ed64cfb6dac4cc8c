//! Upstream's own examples of what is delivered are accepted: what the reader says of them is its own tests' affair.

use luban_check::{Objects, Options, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

#[test]
fn examples_of_upstream_have_no_errors() {
    let Ok(folder) = std::env::var("LUBAN_CORPUS") else {
        return;
    };
    for project in ["argo-cd", "kargo", "kpack", "kustomize", "argo-rollouts"] {
        let mut files: Vec<_> = std::fs::read_dir(format!("{folder}/{project}"))
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
        assert!(!documents.is_empty(), "{project}");
        let findings = check(&Objects::new(documents), &Options::default());
        let of_reader = [
            "unknown-field",
            "wrong-type",
            "key-type",
            "duplicate-key",
            "invalid-value",
            "unknown-value",
            "one-of",
        ];
        let errors: Vec<_> = findings
            .iter()
            .filter(|finding| {
                finding.severity == Severity::Error && !of_reader.contains(&finding.rule)
            })
            .map(|finding| {
                let place = finding.place.as_ref().unwrap();
                format!(
                    "{}:{}: {} [{}]",
                    place.file, place.span.start.line, finding.message, finding.rule
                )
            })
            .collect();
        assert!(errors.is_empty(), "{project}: {errors:#?}");
    }
}
