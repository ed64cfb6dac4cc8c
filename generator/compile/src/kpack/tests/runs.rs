//! Runs: what they are told, and how long they may take.

use super::{branches, image, parameters, runs_of, value, workflow};
use crate::argo::argo_workflows_folder;
use crate::argo::testing::{placeholders, with};
use crate::argo::time::DELIVER_SECONDS;
use crate::kpack::templates::{
    AWAIT_SECONDS, BUILD_ALL_SECONDS, BUILD_RETRY_SECONDS, BUILD_SECONDS, BUILD_STEP_SECONDS,
    BUILD_WORKFLOW_SECONDS, REBUILT_WORKFLOW_SECONDS,
};
use crate::run::Occasion;
use luban_api_argo_workflows::{ClusterWorkflowTemplate, Parameter};
use std::collections::BTreeSet;

#[test]
fn limits_of_a_build_fit_inside_each_other() {
    let inside = [
        BUILD_SECONDS,
        AWAIT_SECONDS,
        BUILD_STEP_SECONDS,
        BUILD_ALL_SECONDS,
    ];
    assert!(
        inside.is_sorted_by(|inner, outer| inner < outer),
        "{inside:?}"
    );
    let attempts = BUILD_RETRY_SECONDS + BUILD_STEP_SECONDS;
    assert_eq!(
        (BUILD_ALL_SECONDS - attempts).max(0),
        BUILD_ALL_SECONDS - attempts
    );
    let whole = BUILD_ALL_SECONDS + DELIVER_SECONDS;
    assert_eq!(BUILD_WORKFLOW_SECONDS.max(whole), BUILD_WORKFLOW_SECONDS);
    assert_eq!(
        REBUILT_WORKFLOW_SECONDS.max(DELIVER_SECONDS),
        REBUILT_WORKFLOW_SECONDS
    );
    let image = image(&crate::testing::platform(), "api");
    assert_eq!(image.spec.build.unwrap().build_timeout, Some(BUILD_SECONDS));
}

#[test]
fn dispatch_fills_in_what_a_run_leaves_empty_and_nothing_else() {
    let platform = branches();
    let mut runs = runs_of(&platform, "books");
    assert_eq!(
        runs.iter().map(|run| run.occasion).collect::<Vec<_>>(),
        [Occasion::Release, Occasion::Branch, Occasion::Tag]
    );
    runs.extend(runs_of(&platform, "api"));
    for run in runs {
        let parameters = parameters(&run);
        let by_dispatch =
            |parameter: &&Parameter| run.parameters.contains(&parameter.name.as_str());
        assert_eq!(
            parameters.iter().filter(by_dispatch).count(),
            run.parameters.len()
        );
        for parameter in &parameters {
            let is_empty = parameter.value.as_deref() == Some("");
            assert_eq!(is_empty, by_dispatch(&parameter), "{}", parameter.name);
        }
        assert_eq!(
            placeholders(&run.text),
            [""; 0],
            "dispatch's text reaches no template engine"
        );
    }
}

#[test]
fn a_run_gives_exactly_the_parameters_of_its_template() {
    let platform = branches();
    let declared = |name: &str| -> BTreeSet<String> {
        with(&platform, |context| {
            let files = argo_workflows_folder(context).unwrap().finish().unwrap();
            let file = format!("/clusterworkflowtemplate-{name}.yaml");
            let file = files
                .iter()
                .find(|candidate| candidate.path.ends_with(&file))
                .unwrap();
            let object: ClusterWorkflowTemplate = serde_yaml::from_str(&file.text).unwrap();
            let parameters = object.spec.arguments.unwrap().parameters;
            parameters
                .into_iter()
                .map(|parameter| parameter.name)
                .collect()
        })
    };
    for run in runs_of(&platform, "books") {
        let reference = workflow(&run).spec.workflow_template_ref.unwrap();
        assert_eq!(reference.cluster_scope, Some(true));
        let given: BTreeSet<_> = parameters(&run).into_iter().map(|p| p.name).collect();
        assert_eq!(given, declared(&reference.name.unwrap()));
    }
}

/// Defect E1: the build of any branch was released.
#[test]
fn only_the_release_branch_of_a_deployed_application_is_released() {
    let runs = runs_of(&branches(), "books");
    assert_eq!(value(&runs[0], "release"), "true");
    assert_eq!(value(&runs[1], "release"), "false");
    let deploy = "          build: {kpack: {python: true}}\n          deploy: {}\n";
    let undeployed =
        crate::testing::edited(&[(deploy, "          build: {kpack: {python: true}}\n")]);
    let runs = runs_of(&undeployed, "worker");
    assert_eq!(value(&runs[0], "release"), "false");
    assert_eq!(runs.len(), 1, "a tag has nothing to promote");
}

#[test]
fn each_setting_changes_the_run_that_it_is_about() {
    let same = crate::testing::platform();
    for (application, from, to) in [
        (
            "books",
            "BP_PYTHON_VERSION: \"3.13\"",
            "BP_PYTHON_VERSION: \"3.12\"",
        ),
        ("api", "keep: {succeeded: 10", "keep: {succeeded: 11"),
        ("api", "failed: 20", "failed: 21"),
        (
            "api",
            "python: https://pypi.acme.internal/simple",
            "python: https://other.acme.internal",
        ),
        (
            "api",
            "netrc: {secret: mirror-netrc}",
            "netrc: {secret: other-netrc}",
        ),
        (
            "api",
            "  trust:\n    certificateAuthority: {secret: acme-ca}",
            "  trust:\n    certificateAuthority: {secret: other-ca}",
        ),
        ("api", "failOn: [critical, high]", "failOn: [critical]"),
        ("api", "ignoreUnfixed: true", "ignoreUnfixed: false"),
        (
            "api",
            "sign: {key: {secret: cosign-key}}",
            "sign: {key: {secret: other-key}}",
        ),
        (
            "api",
            "push: {secret: harbor-push}",
            "push: {secret: other-push}",
        ),
        (
            "api",
            "credentials: {secret: github-creds}",
            "credentials: {secret: other-creds}",
        ),
        ("worker", "path: worker}", "path: jobs}"),
        (
            "api",
            "source: {repository: payments-api}",
            "source: {repository: payments-api, release: trunk, branches: [trunk]}",
        ),
        (
            "api",
            "source: {repository: payments-api}",
            "source: {repository: payments-api, submodules: true}",
        ),
        (
            "api",
            "build: {kpack: {python: true}}",
            "build: {kpack: {python: true, resources: {cpu: \"3\", memory: 5Gi}}}",
        ),
    ] {
        let changed = crate::testing::edited(&[(from, to)]);
        let (before, after) = (runs_of(&same, application), runs_of(&changed, application));
        assert_ne!(before[0].text, after[0].text, "{from} → {to}");
    }
}

#[test]
fn a_run_names_no_secret_that_only_namespaces_of_applications_have() {
    for run in runs_of(&crate::testing::platform(), "api") {
        assert!(run.text.contains("harbor-push"));
        assert!(!run.text.contains("harbor-pull"), "{}", run.text);
    }
}
