//! Upstream's own examples, each project's as a whole, have no errors by rules of what is accepted and goes wrong later.

use luban_check::{Family, Objects, Options, Profile, check, rule};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

/// Rules that find what is wrong in upstream's examples, with the reason.
const TRUE: &[(&str, &str)] = &[(
    "invalid-label",
    "`fun-with-gifs` has a label that ends with `-`, which the API server refuses",
)];

#[test]
fn examples_of_upstream_break_nothing() {
    let Ok(corpus) = std::env::var("LUBAN_CORPUS") else {
        return;
    };
    let mut wrong = Vec::new();
    for project in [
        "argo-cd",
        "argo-events",
        "argo-rollouts",
        "argo-workflows",
        "kargo",
        "kpack",
        "kustomize",
        "pipeline",
        "triggers",
    ] {
        let mut files: Vec<_> = std::fs::read_dir(format!("{corpus}/{project}"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        let mut documents = Vec::new();
        for file in files {
            let name = format!("{project}/{}", file.file_name().unwrap().to_string_lossy());
            documents
                .extend(parse(&name, &std::fs::read(&file).unwrap(), &Budget::default()).unwrap());
        }
        assert!(documents.len() > 5, "{project}");
        let options = Options {
            profile: Profile::Strict,
            ..Options::default()
        };
        for finding in check(&Objects::new(documents), &options) {
            let is_broken = rule(finding.rule).is_some_and(|rule| rule.family == Family::Broken);
            let is_true = TRUE.iter().any(|(rule, _)| *rule == finding.rule);
            if is_broken && !is_true && finding.severity == Severity::Error {
                let place = finding.place.as_ref().unwrap();
                wrong.push(format!(
                    "{}:{}: {} [{}]",
                    place.file, place.span.start.line, finding.message, finding.rule
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
