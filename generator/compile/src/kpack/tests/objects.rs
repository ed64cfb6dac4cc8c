//! The Image and the Build in a run.

use super::{branches, image, object, runs_of, value};
use crate::argo::setting;
use crate::argo::testing::placeholders;
use crate::kpack::object::NO_COMMIT;
use luban_api_kpack::Build;

const ENV: &str = "build: {kpack: {python: true, env: {BP_PYTHON_VERSION: \"3.13\"}}}";

#[test]
fn an_image_builds_the_commit_that_the_step_sets_and_no_placeholder() {
    let platform = branches();
    let image = image(&platform, "books");
    assert_eq!(image.spec.source.git.unwrap().revision, NO_COMMIT);
    assert_eq!(image.spec.image_tagging_strategy.as_deref(), Some("None"));
    assert_eq!(image.spec.tag, "quay.io/acme/ledger-books:head");
    assert_eq!(image.metadata.namespace.as_deref(), Some("ledger-ci"));
    let build: Build = serde_yaml::from_str(&object(&runs_of(&platform, "books")[1])).unwrap();
    assert_eq!(build.metadata.name, None);
    assert_eq!(build.spec.source.git.unwrap().revision, NO_COMMIT);
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
