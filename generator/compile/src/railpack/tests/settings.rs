//! What settings of the platform change.

use super::{Compiled, PROXY};
use crate::context::Context;
use crate::railpack::interface::{param, task};
use crate::railpack::{add_pruner, folder};
use crate::run::Occasion;
use crate::testing::{edited, platform};
use luban_platform::Platform;
use luban_platform::lock::Lock;

#[test]
fn plan_and_frontend_follow_one_version() {
    let old = Compiled::of(&platform());
    let new = Compiled::of(&edited(&[("version: v0.37.0", "version: v0.38.1")]));
    for (compiled, version, other) in [(&old, "v0.37.0", "v0.38.1"), (&new, "v0.38.1", "v0.37.0")] {
        for task in [task::COMBINED, task::BUILD, task::PREPARE] {
            let text = serde_json::to_string(compiled.task(task)).unwrap();
            assert!(text.contains(version) && !text.contains(other), "{task}");
        }
        let steps = &compiled.task(task::COMBINED).spec.steps;
        assert_eq!(
            steps[2].image.as_deref(),
            Some(format!("ghcr.io/acme/luban-railpack:{version}").as_str())
        );
        let frontend = format!("--frontend=ghcr.io/railwayapp/railpack-frontend:{version}");
        assert!(steps[3].args.contains(&frontend) && steps[4].args.contains(&frontend));
    }
}

#[test]
fn more_applications_make_no_more_objects() {
    let count = |platform: &Platform| {
        let lock = Lock::default();
        let context = Context::new(platform, &lock).unwrap();
        folder(&context).unwrap().finish().unwrap()
    };
    let one = count(&platform());
    let more: String = (0..50).map(|i| format!("        - name: more-{i}\n          source: {{repository: railpack, path: examples/more-{i}}}\n          build: {{railpack: {{}}}}\n")).collect();
    let many = count(&edited(&[(
        "        - name: search\n",
        &format!("{more}        - name: search\n"),
    )]));
    assert_eq!(one, many);
}

#[test]
fn a_proxy_reaches_the_daemon_the_steps_and_the_steps_of_the_build() {
    let compiled = Compiled::of(&edited(&[PROXY]));
    let task = compiled.task(task::COMBINED);
    let is_set = |env: &[k8s_openapi::api::core::v1::EnvVar]| {
        env.iter().any(|variable| variable.name == "HTTPS_PROXY")
    };
    assert!(
        is_set(&task.spec.step_template.as_ref().unwrap().env)
            && is_set(&task.spec.sidecars[0].env)
    );
    for step in &task.spec.steps[2..] {
        assert!(
            step.args
                .contains(&"--build-arg=HTTPS_PROXY=http://proxy.acme.internal:3128".to_owned())
        );
    }
    assert!(
        !serde_json::to_string(&Compiled::of(&platform()).tasks)
            .unwrap()
            .contains("PROXY")
    );
}

#[test]
fn finished_runs_are_kept_as_the_platform_says() {
    let platform = edited(&[(
        "succeeded: 10, failed: 20, hours: 72",
        "succeeded: 3, failed: 4, hours: 5",
    )]);
    let lock = Lock::default();
    let context = Context::new(&platform, &lock).unwrap();
    let storefront = platform
        .projects
        .iter()
        .find(|project| project.name.as_str() == "storefront")
        .unwrap();
    let mut build = context.folder("build");
    add_pruner(&mut build, &context, storefront).unwrap();
    let files = build.finish().unwrap();
    let text = &files[0].text;
    for line in [
        "ttlSecondsAfterFinished: 18000",
        "successfulHistoryLimit: 3",
        "failedHistoryLimit: 4",
        "app.kubernetes.io/part-of: tekton-pruner",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn the_image_of_the_command_is_checked_and_not_root() {
    let platform = edited(&[("version: v0.37.0", "version: v0.38.1")]);
    let lock = Lock::default();
    let context = Context::new(&platform, &lock).unwrap();
    let files = folder(&context).unwrap().finish().unwrap();
    let file = files
        .iter()
        .find(|file| file.path.ends_with("railpack-cli/Dockerfile"))
        .unwrap();
    assert!(file.text.contains("USER 1000:1000"));
    assert_eq!(file.text.matches("ADD --checksum=sha256:${").count(), 2);
    assert!(
        file.text
            .contains("/v0.38.1/railpack-v0.38.1-arm64-unknown-linux-musl.tar.gz")
    );
    assert!(!file.text.contains("v0.37.0"));
    assert_eq!(param::RAILPACK_VERSION.name, "railpackVersion");
}

#[test]
fn settings_of_builds_change_what_they_are_about() {
    let before = Compiled::of(&platform());
    let sidecar = |compiled: &Compiled| {
        serde_json::to_string(&compiled.task(task::COMBINED).spec.sidecars).unwrap()
    };
    for (from, to) in [
        ("cpu: \"2\", memory: 6Gi", "cpu: \"3\", memory: 6Gi"),
        ("memory: 6Gi", "memory: 7Gi"),
    ] {
        assert_ne!(
            sidecar(&before),
            sidecar(&Compiled::of(&edited(&[(from, to)]))),
            "{to}"
        );
    }
    let run = |compiled: &Compiled, name: &str| {
        serde_json::to_string(compiled.run(name, Occasion::Release)).unwrap()
    };
    for (name, from, to) in [
        (
            "search",
            "selector: {pool: build}",
            "selector: {pool: other}",
        ),
        ("search", "tolerations: [build]", "tolerations: [other]"),
        ("search", "[NPM_TOKEN, SENTRY_AUTH_TOKEN]", "[NPM_TOKEN]"),
        (
            "recommend",
            "RAILPACK_PYTHON_VERSION: \"3.13\"",
            "RAILPACK_PYTHON_VERSION: \"3.12\"",
        ),
        (
            "recommend",
            "com.acme.team: storefront",
            "com.acme.team: other",
        ),
        ("web", "tags: [edge]", "tags: [next]"),
        ("web", "failOn: [critical, high]", "failOn: [critical]"),
        ("web", "ignoreUnfixed: true", "ignoreUnfixed: false"),
        (
            "web",
            "key: {secret: cosign-key}",
            "key: {secret: other-key}",
        ),
        (
            "web",
            "  trust:\n    certificateAuthority: {secret: acme-ca}",
            "  trust:\n    certificateAuthority: {secret: other-ca}",
        ),
        ("web", "secret: report-key", "secret: other-key"),
        (
            "web",
            "push: {secret: ghcr-push}",
            "push: {secret: other-push}",
        ),
        (
            "web",
            "release: main\n            path",
            "release: main\n            submodules: true\n            path",
        ),
        (
            "web",
            "release: main\n            path",
            "release: main\n            lfs: true\n            path",
        ),
        (
            "web",
            "      version: v0.37.0\n",
            "      version: v0.37.0\n      timeoutMinutes: 30\n",
        ),
    ] {
        assert_ne!(
            run(&before, name),
            run(&Compiled::of(&edited(&[(from, to)])), name),
            "{to}"
        );
    }
}
