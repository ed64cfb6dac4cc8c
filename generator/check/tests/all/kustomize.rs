//! What kustomizations make of the files around them.

use luban_check::{Objects, Options, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, Document, parse};

fn documents(files: &[(&str, &str)]) -> Vec<Document> {
    let documents = files
        .iter()
        .flat_map(|(file, yaml)| parse(file, yaml.as_bytes(), &Budget::default()).unwrap());
    documents.collect()
}

/// Findings as `file severity rule`.
fn shown(objects: &Objects) -> Vec<String> {
    let findings = check(objects, &Options::default());
    let shown = findings.iter().map(|finding| {
        let file = finding.place.as_ref().map_or("", |place| &place.file);
        format!("{file} {} {}", finding.severity, finding.rule)
    });
    shown.collect()
}

const SETTINGS: &str = "apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
";

#[test]
fn a_file_that_is_not_given_is_an_error_only_if_all_files_are_known() {
    let files = [
        (
            "a/kustomization.yaml",
            "resources: [settings.yaml, other.yaml]\nconfigMapGenerator: [{name: x, files: [a.txt]}]\n",
        ),
        ("a/settings.yaml", SETTINGS),
    ];
    let unknown = Objects::new(documents(&files));
    assert_eq!(
        shown(&unknown),
        ["a/kustomization.yaml warning kustomization-path"]
    );
    let known = Objects::new(documents(&files)).with_files(["a/kustomization.yaml".to_owned()]);
    assert_eq!(
        shown(&known),
        ["a/kustomization.yaml error kustomization-path"; 2]
    );
    let there = Objects::new(documents(&files))
        .with_files(["a/other.yaml".to_owned(), "./a/a.txt".to_owned()]);
    assert_eq!(shown(&there), [""; 0]);
}

#[test]
fn a_file_that_is_a_patch_is_no_object_and_lacks_nothing() {
    let patch = "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 3, template: {spec: {containers: [{name: web, image: 'a:1'}, {$patch: delete, name: b}]}}}
";
    let base = "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'a:1'}, {name: b, image: 'a:1'}]}
";
    let with = |kustomization| {
        let files = [
            ("a/kustomization.yaml", kustomization),
            ("a/web.yaml", base),
            ("a/more.yaml", patch),
        ];
        shown(&Objects::new(documents(&files)))
    };
    assert_eq!(
        with("resources: [web.yaml]\npatches: [{path: more.yaml}]\n"),
        [""; 0]
    );
    assert!(
        with("resources: [web.yaml]\n")
            .iter()
            .any(|finding| finding == "a/more.yaml error missing-field")
    );
}

#[test]
fn what_a_patch_brings_is_not_missing_in_the_base() {
    let base = "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web}
spec:
  source: {repoURL: 'https://git.example.com/a', path: a}
  destination: {name: in-cluster}
";
    let overlay = "resources: [../base]
patches:
- target: {kind: Application}
  patch: |
    - {op: add, path: /spec/project, value: default}
";
    let alone = [
        ("base/kustomization.yaml", "resources: [web.yaml]\n"),
        ("base/web.yaml", base),
    ];
    assert_eq!(
        shown(&Objects::new(documents(&alone))),
        ["base/web.yaml error missing-field"]
    );
    let patched = [alone[0], alone[1], ("overlay/kustomization.yaml", overlay)];
    assert_eq!(shown(&Objects::new(documents(&patched))), [""; 0]);
}

#[test]
fn a_component_may_be_for_some_of_the_kustomizations_that_have_it() {
    let component = "apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
images: [{name: web, newTag: '2'}]
";
    let web = "apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: 'web:1'}]}
";
    let all = [
        ("c/kustomization.yaml", component),
        (
            "a/kustomization.yaml",
            "resources: [settings.yaml]\ncomponents: [../c]\n",
        ),
        ("a/settings.yaml", SETTINGS),
        (
            "b/kustomization.yaml",
            "resources: [web.yaml]\ncomponents: [../c]\n",
        ),
        ("b/web.yaml", web),
    ];
    assert_eq!(shown(&Objects::new(documents(&all))), [""; 0]);
    assert_eq!(
        shown(&Objects::new(documents(&all[..3]))),
        ["c/kustomization.yaml warning image-matches-nothing"]
    );
}

#[test]
fn a_resource_that_a_patch_makes_of_another_kind_is_found_by_both_kinds() {
    let role = "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules: []
";
    let base = "resources: [role.yaml]
patches:
- target: {kind: Role}
  patch: |
    - {op: replace, path: /kind, value: ClusterRole}
";
    let overlay = |kind: &str| {
        let patch = format!(
            "apiVersion: rbac.authorization.k8s.io/v1, kind: {kind}, metadata: {{name: web}}, rules: []"
        );
        let overlay = format!("resources: [../base]\npatches:\n- patch: |\n    {{{patch}}}\n");
        let files = [
            ("base/kustomization.yaml", base),
            ("base/role.yaml", role),
            ("a/kustomization.yaml", &overlay),
        ];
        shown(&Objects::new(documents(&files)))
    };
    assert_eq!(overlay("Role"), [""; 0]);
    assert_eq!(overlay("ClusterRole"), [""; 0]);
    assert_eq!(
        overlay("ClusterRol"),
        ["a/kustomization.yaml error patch-target"]
    );
}

#[test]
fn kustomizations_that_are_given_apart_are_followed_and_not_checked() {
    let base = [
        (
            "base/kustomization.yaml",
            "resources: [nothing.yaml, settings.yaml]\n",
        ),
        ("base/settings.yaml", SETTINGS),
    ];
    let overlay = [(
        "overlay/kustomization.yaml",
        "resources: [../base]\nnamePrefix: a-\n",
    )];
    let objects = Objects::new(documents(&overlay)).with_given(documents(&base));
    assert_eq!(shown(&objects), [""; 0]);
}

#[test]
fn a_chain_of_thousands_of_kustomizations_overflows_no_stack() {
    let mut files = vec![(
        "k0/kustomization.yaml".to_owned(),
        "resources: [settings.yaml]\n".to_owned(),
    )];
    files.push(("k0/settings.yaml".to_owned(), SETTINGS.to_owned()));
    for level in 1..5_000 {
        let kind = if level % 2 == 0 {
            "components: [../k0]\n"
        } else {
            ""
        };
        files.push((
            format!("k{level}/kustomization.yaml"),
            format!("resources: [../k{}]\nnamespace: shop\n{kind}", level - 1),
        ));
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(file, yaml)| (file.as_str(), yaml.as_str()))
        .collect();
    let findings = check(&Objects::new(documents(&files)), &Options::default());
    assert!(
        findings
            .iter()
            .all(|finding| finding.rule == "kustomization-kind")
    );
    assert!(
        findings
            .iter()
            .all(|finding| finding.severity == Severity::Error)
    );
}
