use super::permission::Tree;
use crate::context::Context;
use crate::testing::{edited, platform};
use crate::{File, compile, parts};
use luban_api_argo_cd::{AppProject, Application};
use luban_platform::Platform;
use luban_platform::lock::Lock;

/// The whole tree of a platform.
fn compiled(platform: &Platform) -> Vec<File> {
    let context = Context::new(platform, &Lock::default()).unwrap();
    let parts = parts(platform).into_iter();
    parts
        .flat_map(|part| compile(&context, part).unwrap())
        .collect()
}

fn application(files: &[File], name: &str) -> Application {
    object(files, &format!("/application-{name}.yaml"))
}

fn app_project(files: &[File], name: &str) -> AppProject {
    object(files, &format!("/appproject-{name}.yaml"))
}

fn object<T: serde::de::DeserializeOwned>(files: &[File], end: &str) -> T {
    let file = files.iter().find(|file| file.path.ends_with(end)).unwrap();
    serde_yaml::from_str(&file.text).unwrap()
}

#[test]
fn every_application_is_permitted_by_its_app_project() {
    let files = compiled(&platform());
    let tree = Tree::new(&files);
    assert_eq!(tree.unpermitted(), Vec::<String>::new());
    assert!(
        !tree
            .missing()
            .iter()
            .any(|path| path.starts_with("overlays/"))
    );
    assert!(
        !tree
            .missing()
            .iter()
            .any(|path| path.starts_with("pipelines/argo-cd"))
    );
}

/// Defect S7: projects were permitted every kind of object.
#[test]
fn app_projects_of_environments_permit_no_kind_that_nothing_has() {
    let files = compiled(&platform());
    let superfluous = Tree::new(&files).superfluous();
    let of_overlays = |found: &&String| {
        let project = found.split(':').next().unwrap();
        project == "acme" || project.ends_with("-snd") || project.ends_with("-prd")
    };
    assert_eq!(superfluous.iter().find(of_overlays), None);
}

#[test]
fn a_kind_that_an_app_project_does_not_list_is_found() {
    let mut files = compiled(&platform());
    for file in &mut files {
        if file.path.ends_with("/appproject-payments-prd.yaml") {
            file.text = file.text.replace("kind: PodDisruptionBudget", "kind: Job");
        }
    }
    let tree = Tree::new(&files);
    assert!(
        tree.unpermitted()
            .iter()
            .any(|found| found.contains("PodDisruptionBudget"))
    );
    assert!(tree.superfluous().iter().any(|found| found.contains("Job")));
}

#[test]
fn tenants_may_not_make_objects_of_argo_cd() {
    let files = compiled(&platform());
    let is_project =
        |file: &&File| file.path.contains("/projects/") && file.path.contains("/appproject-");
    for file in files.iter().filter(is_project) {
        let project: AppProject = serde_yaml::from_str(&file.text).unwrap();
        let kinds = &project.spec.namespace_resource_whitelist;
        assert!(
            !kinds.is_empty(),
            "{}: an empty list permits every kind",
            file.path
        );
        assert!(
            !kinds
                .iter()
                .any(|item| item.kind == "Application" || item.kind == "AppProject")
        );
        let mut destinations = project.spec.destinations.iter();
        assert!(!destinations.any(|item| item.namespace.as_deref() == Some("argocd")));
    }
}

#[test]
fn argo_cd_applies_by_itself_only_where_the_environment_says_so() {
    let files = compiled(&platform());
    let policy = |name: &str| application(&files, name).spec.sync_policy.unwrap();
    let automated = policy("payments-api-snd").automated.unwrap();
    assert_eq!(
        (automated.prune, automated.self_heal),
        (Some(true), Some(true))
    );
    assert_eq!(policy("payments-api-prd").automated, None);
    let prd = application(&files, "payments-api-prd").metadata;
    let options = &prd.annotations.unwrap()["argocd.argoproj.io/sync-options"];
    assert_eq!(options, "Prune=confirm,Delete=confirm");
    let files = compiled(&edited(&[("sync: manual", "sync: automatic")]));
    let policy = application(&files, "payments-api-prd")
        .spec
        .sync_policy
        .unwrap();
    assert!(policy.automated.is_some());
}

/// Defect S7: developers synced production.
#[test]
fn developers_sync_only_where_argo_cd_syncs_by_itself() {
    let files = compiled(&platform());
    let may_sync = |name: &str, role: &str| {
        let roles = app_project(&files, name).spec.roles;
        let role = roles.into_iter().find(|found| found.name == role).unwrap();
        role.policies
            .iter()
            .any(|policy| policy.contains(", sync, "))
    };
    assert!(may_sync("payments-snd", "developer"));
    assert!(!may_sync("payments-prd", "developer"));
    assert!(may_sync("payments-prd", "admin"));
    assert!(!may_sync("payments", "developer"));
}

/// Defect P6: namespaces of environments elsewhere were prepared on the cluster of the delivery.
#[test]
fn an_application_goes_to_the_cluster_of_its_environment() {
    let files = compiled(&platform());
    let server = |name: &str| application(&files, name).spec.destination.server.unwrap();
    assert_eq!(server("payments-api-snd"), "https://kubernetes.default.svc");
    assert_eq!(
        server("payments-api-prd"),
        "https://workers.acme.internal:6443"
    );
    assert_eq!(server("payments-prd"), "https://workers.acme.internal:6443");
    assert_eq!(server("payments"), "https://kubernetes.default.svc");
}

#[test]
fn images_that_the_stacks_run_publishes_are_not_taken_back() {
    let files = compiled(&platform());
    let kpack = application(&files, "acme-kpack").spec;
    assert_eq!(kpack.ignore_differences[0].kind, "ClusterStack");
    let options = kpack.sync_policy.unwrap().sync_options;
    assert!(options.contains(&"RespectIgnoreDifferences=true".to_owned()));
}

#[test]
fn promotions_read_the_applications_that_they_come_from_and_no_other() {
    let role = "/role-payments-ci-promote.yaml";
    let files = compiled(&platform());
    let found: k8s_openapi::api::rbac::v1::Role = object(&files, role);
    let names = found.rules.unwrap()[0].resource_names.clone().unwrap();
    assert_eq!(names, ["payments-api-snd", "payments-worker-snd"]);
    let files = compiled(&edited(&[(
        "require: [healthy, signed]",
        "require: [signed]",
    )]));
    assert!(!files.iter().any(|file| file.path.ends_with(role)));
    assert_eq!(Tree::new(&files).unpermitted(), Vec::<String>::new());
    assert!(
        !Tree::new(&files)
            .superfluous()
            .iter()
            .any(|found| found.starts_with("acme:"))
    );
}

#[test]
fn a_namespace_is_permitted_by_name_where_argo_cd_knows_that() {
    let named = |platform: &Platform| {
        let files = compiled(platform);
        app_project(&files, "payments")
            .spec
            .cluster_resource_whitelist
    };
    let items = named(&platform());
    assert_eq!(items.len(), 3);
    assert_eq!(items[0].name.as_deref(), Some("payments-ci"));
    let items = named(&edited(&[("argoCd: \"3.5\"", "argoCd: \"3.2\"")]));
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].name, None);
}

#[test]
fn names_of_folders_are_those_that_projects_are_kept_apart_from() {
    let platform = platform();
    let context = Context::new(&platform, &Lock::default()).unwrap();
    for folder in crate::delivery::folders(&context).unwrap() {
        let name = folder.name.as_str();
        let is_known = luban_platform::derived::PLATFORM_FOLDERS.contains(&name);
        assert!(is_known || name.starts_with("policies-"), "{name}");
    }
}

#[test]
fn two_applications_never_have_one_name() {
    let renamed = include_str!("../../../../platform.yaml").replacen(
        "- name: ledger",
        "- name: payments-api",
        1,
    );
    let loaded = luban_platform::load("platform.yaml", renamed.as_bytes());
    let findings = format!("{:?}", loaded.findings);
    assert!(loaded.platform.is_none());
    assert!(findings.contains("`payments-api-snd`"), "{findings}");
    let renamed =
        include_str!("../../../../platform.yaml").replacen("- name: ledger", "- name: acme", 1);
    let loaded = luban_platform::load("platform.yaml", renamed.as_bytes());
    assert!(format!("{:?}", loaded.findings).contains("AppProject `acme`"));
}
