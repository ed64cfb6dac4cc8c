//! The stack, and who may do what with it and with builds.

use crate::argo::testing::with;
use crate::kpack::{self, ci_accounts, folder};
use luban_platform::Platform;

#[test]
fn the_stack_follows_the_platforms_base_image_and_registry() {
    let texts = |platform: &Platform| {
        with(platform, |context| {
            let files = folder(context).unwrap().finish().unwrap();
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

/// Defect S10: users had names in images, which the kubelet does not take for anybody but root.
#[test]
fn every_image_of_the_stack_runs_as_a_numeric_user() {
    with(&crate::testing::platform(), |context| {
        let files = folder(context).unwrap().finish().unwrap();
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
        let files = folder(context).unwrap().finish().unwrap();
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
    let secrets = kpack::secrets(project);
    let accounts = ci_accounts(project, "payments-ci", &secrets);
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
        ci_accounts(without, "storefront-ci", &kpack::secrets(without)).len(),
        3
    );
}

#[test]
fn buildkitd_makes_its_state_in_directories_that_it_may_write() {
    with(&crate::testing::platform(), |context| {
        let files = crate::kpack::folder(context).unwrap().finish().unwrap();
        let file = files
            .iter()
            .find(|f| f.path.ends_with("workflowtemplate-publish-stack.yaml"));
        let object: luban_api_argo_workflows::WorkflowTemplate =
            serde_yaml::from_str(&file.unwrap().text).unwrap();
        let template = &object.spec.templates[0];
        let daemon = template
            .init_containers
            .iter()
            .find(|container| container.name == "buildkitd")
            .unwrap();
        for name in ["TMPDIR", "XDG_RUNTIME_DIR"] {
            let variable = daemon.env.iter().find(|variable| variable.name == name);
            let directory = variable.unwrap().value.clone().unwrap();
            let mount = daemon
                .volume_mounts
                .iter()
                .find(|mount| mount.mount_path == directory)
                .unwrap();
            let volume = template
                .volumes
                .iter()
                .find(|volume| volume.name == mount.name);
            assert!(volume.unwrap().empty_dir.is_some(), "{name}");
        }
    });
}
