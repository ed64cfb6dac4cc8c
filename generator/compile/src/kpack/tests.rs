//! What a user relies on: the runs, the objects in them, and how long they may take.

use super::object::NO_COMMIT;
use super::templates::{
    AWAIT_SECONDS, BUILD_ALL_SECONDS, BUILD_RETRY_SECONDS, BUILD_SECONDS, BUILD_STEP_SECONDS,
    BUILD_WORKFLOW_SECONDS, REBUILT_WORKFLOW_SECONDS,
};
use crate::argo::argo_workflows_folder;
use crate::argo::setting;
use crate::argo::testing::{placeholders, with};
use crate::argo::time::DELIVER_SECONDS;
use crate::run::{Occasion, RunTemplate};
use luban_api_argo_workflows::{ClusterWorkflowTemplate, Parameter, Workflow};
use luban_api_kpack::{Build, Image};
use luban_platform::Platform;
use std::collections::BTreeSet;

const ENV: &str = "build: {kpack: {python: true, env: {BP_PYTHON_VERSION: \"3.13\"}}}";

fn runs_of(platform: &Platform, name: &str) -> Vec<RunTemplate> {
    with(platform, |context| {
        let mut applications = platform.applications();
        let (project, application) = applications
            .find(|(_, application)| application.name.as_str() == name)
            .unwrap();
        super::runs(context, project, application).unwrap()
    })
}

fn workflow(run: &RunTemplate) -> Workflow {
    serde_yaml::from_str(&run.text).unwrap()
}

fn object(run: &RunTemplate) -> String {
    let arguments = workflow(run).spec.arguments.unwrap();
    arguments.artifacts[0].raw.clone().unwrap().data
}

fn image(platform: &Platform, application: &str) -> Image {
    serde_yaml::from_str(&object(&runs_of(platform, application)[0])).unwrap()
}

fn parameters(run: &RunTemplate) -> Vec<Parameter> {
    workflow(run).spec.arguments.unwrap().parameters
}

fn value(run: &RunTemplate, name: &str) -> String {
    let parameters = parameters(run);
    let parameter = parameters.iter().find(|parameter| parameter.name == name);
    parameter.unwrap().value.clone().unwrap()
}

fn branches() -> Platform {
    crate::testing::edited(&[(
        "source: {repository: books}",
        "source: {repository: books, branches: [main, \"feature/*\"], release: main}",
    )])
}

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
fn an_image_builds_the_commit_that_the_step_sets_and_no_placeholder() {
    let platform = branches();
    let image = image(&platform, "books");
    assert_eq!(image.spec.source.unwrap().git.unwrap().revision, NO_COMMIT);
    assert_eq!(image.spec.image_tagging_strategy.as_deref(), Some("None"));
    assert_eq!(
        image.spec.tag.as_deref(),
        Some("quay.io/acme/ledger-books:head")
    );
    assert_eq!(image.metadata.namespace.as_deref(), Some("ledger-ci"));
    let build: Build = serde_yaml::from_str(&object(&runs_of(&platform, "books")[1])).unwrap();
    assert_eq!(build.metadata.name, None);
    assert_eq!(build.spec.source.unwrap().git.unwrap().revision, NO_COMMIT);
    assert_eq!(
        build.spec.tags,
        [format!("quay.io/acme/ledger-books:{NO_COMMIT}")]
    );
}

#[test]
fn a_branch_cannot_write_the_cache_that_releases_read() {
    let platform = branches();
    let released = image(&platform, "books")
        .spec
        .cache
        .unwrap()
        .registry
        .unwrap()
        .tag;
    let build: Build = serde_yaml::from_str(&object(&runs_of(&platform, "books")[1])).unwrap();
    assert_ne!(build.spec.cache.unwrap().registry.unwrap().tag, released);
}

#[test]
fn a_rebuild_by_kpack_finds_on_the_image_what_a_run_is_told() {
    let platform = crate::testing::platform();
    let run = &runs_of(&platform, "api")[0];
    let annotations = image(&platform, "api").metadata.annotations.unwrap();
    assert_eq!(annotations.len(), setting::ALL.len());
    for name in setting::ALL {
        assert_eq!(annotations[&format!("luban.dev/{name}")], value(run, name));
    }
}

#[test]
fn an_environment_variable_with_braces_reaches_the_build_as_it_is() {
    let braces = "build: {kpack: {python: true, env: {GREETING: \"{{workflow.name}} {{=1+1}}\"}}}";
    let platform = crate::testing::edited(&[(ENV, braces)]);
    let run = &runs_of(&platform, "books")[0];
    assert_eq!(placeholders(&run.text), [""; 0]);
    let env = image(&platform, "books").spec.build.unwrap().env;
    let greeting = env
        .iter()
        .find(|variable| variable.name == "GREETING")
        .unwrap();
    assert_eq!(
        greeting.value.as_deref(),
        Some("{{workflow.name}} {{=1+1}}")
    );
}

#[test]
fn an_applications_own_variable_wins_over_the_platforms() {
    let own = "build: {kpack: {python: true, env: {UV_DEFAULT_INDEX: \"https://own.example\"}}}";
    let env = image(&crate::testing::edited(&[(ENV, own)]), "books")
        .spec
        .build
        .unwrap()
        .env;
    let values: Vec<_> = env
        .iter()
        .filter(|v| v.name == "UV_DEFAULT_INDEX")
        .collect();
    assert_eq!(values.len(), 1);
    assert_eq!(values[0].value.as_deref(), Some("https://own.example"));
}

#[test]
fn builds_trust_the_platforms_authority_and_use_its_mirror() {
    let build = image(&crate::testing::platform(), "api")
        .spec
        .build
        .unwrap();
    let services: Vec<_> = build
        .services
        .iter()
        .filter_map(|s| s.name.as_deref())
        .collect();
    assert_eq!(services, ["acme-ca", "mirror-netrc"]);
    assert_eq!(
        build.env[0].value.as_deref(),
        Some("https://pypi.acme.internal/simple")
    );
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
            "pull: {secret: harbor-pull}",
            "pull: {secret: other-pull}",
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
fn the_stack_follows_the_platforms_base_image_and_registry() {
    let texts = |platform: &Platform| {
        with(platform, |context| {
            let files = super::folder(context).unwrap().finish().unwrap();
            files
                .into_iter()
                .map(|file| (file.path, file.text))
                .collect::<Vec<_>>()
        })
    };
    let base = "  environments:                   # in order";
    let replaced =
        format!("  images: {{amazonlinux: mirror.acme.dev/amazonlinux:2023.1}}\n\n{base}");
    let changed = texts(&crate::testing::edited(&[(base, &replaced)]));
    let of = |files: &[(String, String)], name: &str| {
        files
            .iter()
            .find(|(path, _)| path.ends_with(name))
            .unwrap()
            .1
            .clone()
    };
    let line = "\nFROM mirror.acme.dev/amazonlinux:2023.1\n";
    assert!(of(&changed, "stack/base.Dockerfile").contains(line));
    assert!(
        of(&changed, "configmap-stack.yaml").contains("FROM mirror.acme.dev/amazonlinux:2023.1")
    );
    let moved = crate::testing::edited(&[(
        "buildpacks: [python-uv]\n      registry: ghcr",
        "buildpacks: [python-uv]\n      registry: harbor",
    )]);
    let moved = texts(&moved);
    assert!(of(&moved, "clusterstack-luban.yaml").contains("harbor.acme.dev/luban/stack-build:"));
    assert!(of(&moved, "clusterbuilder-luban.yaml").contains("harbor.acme.dev/luban/builder:"));
    assert!(of(&moved, "serviceaccount-kpack.yaml").contains("harbor-push"));
    for (path, text) in moved {
        assert!(!text.contains(":latest"), "{path}");
    }
}

#[test]
fn every_image_of_the_stack_runs_as_a_numeric_user() {
    with(&crate::testing::platform(), |context| {
        let files = super::folder(context).unwrap().finish().unwrap();
        let dockerfiles: Vec<_> = files
            .iter()
            .filter(|f| f.path.ends_with(".Dockerfile"))
            .collect();
        assert_eq!(dockerfiles.len(), 3);
        for file in dockerfiles {
            let user = file
                .text
                .lines()
                .rfind(|line| line.starts_with("USER "))
                .unwrap();
            assert_eq!(user, "USER 1000:1000", "{}", file.path);
        }
    });
}

#[test]
fn publishing_may_patch_the_one_stack_and_no_other() {
    with(&crate::testing::platform(), |context| {
        let files = super::folder(context).unwrap().finish().unwrap();
        let role = files
            .iter()
            .find(|f| f.path.ends_with("clusterrole-luban-stack-stack.yaml"));
        let role: k8s_openapi::api::rbac::v1::ClusterRole =
            serde_yaml::from_str(&role.unwrap().text).unwrap();
        let rules = role.rules.unwrap();
        assert_eq!(rules.len(), 1);
        assert_eq!(rules[0].verbs, ["get", "patch"]);
        assert_eq!(
            rules[0].resource_names.as_deref(),
            Some(&["luban".to_owned()][..])
        );
    });
}

#[test]
fn pods_that_run_users_code_have_no_token_and_know_their_registry_and_source() {
    let platform = crate::testing::platform();
    let project = &platform.projects[0];
    let secrets = super::secrets(project);
    let accounts = super::ci_accounts(project, "payments-ci", &secrets);
    let names: Vec<_> = accounts.iter().map(|account| account.name).collect();
    assert_eq!(
        names,
        [
            "release",
            "report",
            "promote",
            "kpack-step",
            "supply-chain",
            "kpack"
        ]
    );
    let mut folder = crate::tree::Folder::new("acme", "x");
    accounts[5].add(&mut folder).unwrap();
    let files = folder.finish().unwrap();
    assert_eq!(files.len(), 2, "an account and no Role");
    assert!(
        files[0]
            .text
            .contains("automountServiceAccountToken: false")
    );
    assert!(
        files[0]
            .text
            .contains("secrets:\n- name: harbor-push\n- name: github-creds\n")
    );
    let without = &platform.projects[1];
    assert_eq!(
        super::ci_accounts(without, "storefront-ci", &super::secrets(without)).len(),
        3
    );
}
