//! What findings say, and where, over several objects.

#![allow(clippy::unwrap_used, clippy::panic)]

use luban_check::{As, Crds, Objects, Options, check};
use luban_diagnostic::{Finding, Severity};
use luban_yaml::{Budget, Document, parse};

fn documents(file: &str, yaml: &str) -> Vec<Document> {
    parse(file, yaml.as_bytes(), &Budget::default()).unwrap()
}

/// Findings as `file:line:column severity rule text`.
fn shown(findings: &[Finding], texts: &[(&str, &str)]) -> Vec<String> {
    let shown = findings.iter().map(|finding| {
        let place = finding.place.as_ref().unwrap();
        let (start, end) = (place.span.start, place.span.end);
        let (_, text) = texts
            .iter()
            .find(|(file, _)| *file == &*place.file)
            .unwrap();
        let text = &text[start.offset as usize..end.offset as usize];
        format!(
            "{}:{}:{} {} {} {text}",
            place.file, start.line, start.column, finding.severity, finding.rule
        )
    });
    shown.collect()
}

const LIBRARY: &str = "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: lib, namespace: ci}
spec:
  templates:
  - name: echo
    inputs:
      parameters: [{name: text}]
    container: {image: 'alpine:3.23', args: ['{{workflow.parameters.greeting}} {{inputs.parameters.txt}}']}
";

const CALLER: &str = "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-, namespace: ci}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - name: a
        templateRef: {name: lib, template: echo}
        arguments: {parameters: [{name: text, value: x}]}
";

#[test]
fn a_mistake_in_a_library_is_said_there_once_and_what_is_only_wrong_together_at_the_reference() {
    let texts = [("lib.yaml", LIBRARY), ("a.yaml", CALLER)];
    let mut all = documents("a.yaml", CALLER);
    all.extend(documents("lib.yaml", LIBRARY));
    let findings = check(&Objects::new(all), &Options::default());
    assert_eq!(
        shown(&findings, &texts),
        [
            "a.yaml:10:44 error unknown-variable echo",
            "lib.yaml:9:80 error unknown-variable {{inputs.parameters.txt}}",
        ]
    );
    assert_eq!(&*findings[0].related[0].place.file, "lib.yaml");
    assert_eq!(
        findings[0].related[0].message,
        "here, in WorkflowTemplate `lib`"
    );
    assert!(
        findings[1]
            .message
            .ends_with("(did you mean `inputs.parameters.text`?)")
    );
}

#[test]
fn what_is_given_apart_is_found_but_not_checked() {
    let objects =
        Objects::new(documents("a.yaml", CALLER)).with_given(documents("lib.yaml", LIBRARY));
    let findings = check(&objects, &Options::default());
    assert!(
        findings
            .iter()
            .all(|finding| &*finding.place.as_ref().unwrap().file == "a.yaml")
    );
    assert_eq!(findings.len(), 2);
}

#[test]
fn a_reference_to_what_is_not_given_is_an_error_only_if_all_is_given() {
    let severity = |is_closed| {
        let options = Options {
            is_closed,
            ..Options::default()
        };
        let findings = check(&Objects::new(documents("a.yaml", CALLER)), &options);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].rule, "unknown-workflow-template");
        findings[0].severity
    };
    assert_eq!(severity(false), Severity::Warning);
    assert_eq!(severity(true), Severity::Error);
}

#[test]
fn a_template_of_another_namespace_is_not_found() {
    let other = LIBRARY.replace("namespace: ci", "namespace: other");
    let mut all = documents("a.yaml", CALLER);
    all.extend(documents("lib.yaml", &other));
    let findings = check(&Objects::new(all), &Options::default());
    assert!(
        findings
            .iter()
            .any(|finding| finding.rule == "unknown-workflow-template")
    );
}

#[test]
fn a_misspelt_field_is_the_only_finding_of_its_absence() {
    let yaml = "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {imagee: 'alpine:3.23'}
";
    let findings = check(
        &Objects::new(documents("a.yaml", yaml)),
        &Options::default(),
    );
    assert_eq!(
        shown(&findings, &[("a.yaml", yaml)]),
        ["a.yaml:8:17 error unknown-field imagee"]
    );
}

#[test]
fn a_misspelt_field_in_a_step_is_an_error_only_where_upstream_misses_it() {
    let yaml = |field: &str| {
        format!(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {{generateName: a-}}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - name: a
        template: echo
        arguments: {{parameters: [{{name: text, {field}: x}}]}}
  - name: echo
    inputs: {{parameters: [{{name: text}}]}}
    container: {{image: 'alpine:3.23'}}
"
        )
    };
    for (field, expected) in [
        ("vlaue", "a.yaml:11:47 error ignored-field vlaue"),
        (
            "value: x, descripton",
            "a.yaml:11:57 warning ignored-field descripton",
        ),
    ] {
        let yaml = yaml(field);
        let findings = check(
            &Objects::new(documents("a.yaml", &yaml)),
            &Options::default(),
        );
        assert_eq!(shown(&findings, &[("a.yaml", &yaml)]), [expected]);
    }
}

#[test]
fn what_only_definitions_refuse_weighs_as_the_cluster_has_them() {
    let yaml = "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    script: {image: 'alpine:3.23', command: [sh]}
";
    let found = |crds| {
        let options = Options {
            crds,
            ..Options::default()
        };
        let findings = check(&Objects::new(documents("a.yaml", yaml)), &options);
        findings
            .iter()
            .map(|finding| (finding.rule, finding.severity))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(Crds::Full), [("missing-field", Severity::Error)]);
    assert_eq!(found(Crds::Unknown), [("missing-field", Severity::Warning)]);
    assert_eq!(found(Crds::Minimal), []);
}

#[test]
fn items_of_a_list_are_checked_in_their_places() {
    let yaml = "apiVersion: v1
kind: List
items:
- apiVersion: argoproj.io/v1alpha1
  kind: WorkflowTemplate
  metadata: {name: a}
  spec:
    templates:
    - name: a_b
      suspend: {}
";
    let findings = check(
        &Objects::new(documents("a.yaml", yaml)),
        &Options::default(),
    );
    assert_eq!(
        shown(&findings, &[("a.yaml", yaml)]),
        ["a.yaml:9:13 error invalid-name a_b"]
    );
}

#[test]
fn a_chain_of_thousands_of_templates_overflows_no_stack() {
    let mut yaml = "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: t0
  templates:
"
    .to_owned();
    for at in 0..3000 {
        yaml += &format!(
            "  - {{name: t{at}, steps: [[{{name: a, template: t{}}}]]}}\n",
            at + 1
        );
    }
    let options = Options {
        judged_as: As::Lint,
        ..Options::default()
    };
    let findings = check(&Objects::new(documents("a.yaml", &yaml)), &options);
    let unknown: Vec<_> = findings
        .iter()
        .filter(|finding| finding.rule == "unknown-template")
        .collect();
    assert_eq!(unknown.len(), 1);
    assert!(
        unknown[0]
            .message
            .starts_with("template `t3000` does not exist")
    );
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let forth = [documents("a.yaml", CALLER), documents("lib.yaml", LIBRARY)];
    let back = [documents("lib.yaml", LIBRARY), documents("a.yaml", CALLER)];
    let of = |all: [Vec<Document>; 2]| {
        let all = all.into_iter().flatten().collect();
        check(&Objects::new(all), &Options::default())
    };
    assert_eq!(of(forth), of(back));
}
