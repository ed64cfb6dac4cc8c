//! Upstream's own examples, each project as a whole, have no errors in the strictest profile but those listed here, each of them
//! upstream's.

use std::collections::BTreeSet;

use luban_check::{Flags, Objects, Options, Profile, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

/// What Tekton's examples need beyond the released defaults.
const ALPHA: &[(&str, &str)] = &[
    ("enable-api-fields", "alpha"),
    ("enable-artifacts", "true"),
    ("enable-cel-in-whenexpression", "true"),
    ("enable-param-enum", "true"),
];

/// File, rule, and why the finding is right.
type Exceptions<'a> = &'a [(&'a str, &'a str, &'a str)];

/// Every document of a folder of the corpus, all under the names of their files.
fn expect(project: &str, flags: &[(&str, &str)], exceptions: Exceptions<'_>) {
    let Ok(corpus) = std::env::var("LUBAN_CORPUS") else {
        return;
    };
    let mut documents = Vec::new();
    for file in std::fs::read_dir(format!("{corpus}/{project}")).unwrap() {
        let file = file.unwrap();
        let bytes = std::fs::read(file.path()).unwrap();
        let name = file.file_name().into_string().unwrap();
        documents.extend(parse(&name, &bytes, &Budget::default()).unwrap());
    }
    documents.sort_by(|a, b| a.file().cmp(b.file()));
    assert!(documents.len() > 5, "{project}");
    let flags = flags
        .iter()
        .map(|(flag, value)| ((*flag).to_owned(), (*value).to_owned()));
    let options = Options {
        profile: Profile::Strict,
        tekton: Flags::from_map(&flags.collect()).unwrap(),
        ..Options::default()
    };
    let findings = check(&Objects::new(documents), &options);
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let mut met = BTreeSet::new();
    let mut wrong = Vec::new();
    for finding in errors {
        let place = finding.place.as_ref().unwrap();
        let known = exceptions
            .iter()
            .find(|(file, rule, _)| **file == *place.file && *rule == finding.rule);
        match known {
            Some((file, rule, _)) => {
                met.insert((*file, *rule));
            }
            None => wrong.push(format!(
                "{}:{}: {} [{}]",
                place.file, place.span.start.line, finding.message, finding.rule
            )),
        }
    }
    assert!(wrong.is_empty(), "{project}: {wrong:#?}");
    let listed: BTreeSet<_> = exceptions
        .iter()
        .map(|(file, rule, _)| (*file, *rule))
        .collect();
    assert_eq!(met, listed, "{project}: exceptions that are none");
}

/// Upstream's strict decoding refuses it too: a field that there is no longer, or that stands elsewhere.
const REMOVED: &str = "a field that the version's definition does not have";

#[test]
fn examples_of_argo_workflows_have_no_errors() {
    let label = "`generateName` stands among the labels, where its value ends with `-`: the API server refuses the Workflow";
    expect(
        "argo-workflows",
        &[],
        &[(
            "examples__fun-with-gifs.yaml-0.yaml",
            "invalid-label",
            label,
        )],
    );
}

#[test]
fn examples_of_argo_events_have_no_errors() {
    expect(
        "argo-events",
        &[],
        &[
            (
                "examples__tutorials__09-http-trigger__sensor-01.yaml-0.yaml",
                "incomplete-trigger",
                "`validateHTTPTrigger`: `serverURL` is written `url`",
            ),
            (
                "examples__tutorials__09-http-trigger__sensor-02.yaml-0.yaml",
                "incomplete-trigger",
                "`validateHTTPTrigger`: `serverURL` is written `url`",
            ),
        ],
    );
}

#[test]
fn examples_of_tekton_pipelines_have_no_errors() {
    // Its own webhook refuses it, and upstream runs no example of this folder.
    let variable = "`$(results.digest-${i}.path)` is a variable to `validateStepVariables`";
    expect(
        "pipeline",
        ALPHA,
        &[(
            "examples__v1__pipelineruns__no-ci__compressed-results-pipeline.yaml-0.yaml",
            "tekton-undeclared-result",
            variable,
        )],
    );
}

#[test]
fn examples_of_tekton_triggers_have_no_errors() {
    let param = "`validateParamDeclarations` refuses a param that the template does not declare";
    expect(
        "triggers",
        &[],
        &[(
            "examples__v1beta1__azurerepo__pull__azurerepo-pullrequest-listener.yaml-2.yaml",
            "undeclared-template-param",
            param,
        )],
    );
}

#[test]
fn examples_of_argo_cd_have_no_errors() {
    let proposal = "a proposal of what was built otherwise";
    expect(
        "argo-cd",
        &[],
        &[(
            "applicationset__examples__design-doc__proposal__filters.yaml-0.yaml",
            "unknown-field",
            proposal,
        )],
    );
}

#[test]
fn examples_of_argo_rollouts_have_no_errors() {
    let mapping = "annotations are texts: the API server refuses a mapping";
    expect(
        "argo-rollouts",
        &[],
        &[(
            "examples__traffic-management__rollout-linkerd.yaml-1.yaml",
            "wrong-type",
            mapping,
        )],
    );
}

#[test]
fn examples_of_kargo_have_no_errors() {
    expect(
        "kargo",
        &[],
        &[
            (
                "pkg__server__testdata__promote-subscribers-downstream1.yaml-0.yaml",
                "unknown-field",
                REMOVED,
            ),
            (
                "pkg__server__testdata__promote-subscribers-downstream2.yaml-0.yaml",
                "unknown-field",
                REMOVED,
            ),
            (
                "pkg__server__testdata__promote-subscribers-upstream.yaml-0.yaml",
                "unknown-field",
                REMOVED,
            ),
            (
                "pkg__server__testdata__query-freight-1.yaml-0.yaml",
                "unknown-field",
                REMOVED,
            ),
            (
                "pkg__server__testdata__query-freight-2.yaml-0.yaml",
                "unknown-field",
                REMOVED,
            ),
            (
                "pkg__server__testdata__query-freight-3.yaml-0.yaml",
                "unknown-field",
                REMOVED,
            ),
            (
                "pkg__server__testdata__stage.yaml-0.yaml",
                "unknown-field",
                REMOVED,
            ),
        ],
    );
}

#[test]
fn examples_of_kpack_have_no_errors() {
    expect(
        "kpack",
        &[],
        &[(
            "samples__image_with_cache.yaml-0.yaml",
            "unknown-field",
            REMOVED,
        )],
    );
}

#[test]
fn examples_of_kustomize_have_no_errors() {
    expect("kustomize", &[], &[]);
}
