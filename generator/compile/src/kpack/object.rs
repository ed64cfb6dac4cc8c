//! The kpack objects of an application: the Image of its release branch, the Build of any other.

use super::builder::reference;
use super::stack::ARCHITECTURE;
use super::templates::BUILD_SECONDS;
use crate::argo::{env, proxy_env, setting};
use crate::container;
use crate::context::Context;
use crate::labels;
use crate::names::account;
use k8s_openapi::api::core::v1::{EnvVar, ObjectReference, ResourceRequirements};
use luban_api_core::{ObjectMeta, named_in};
use luban_api_kpack::{
    Build, BuildBuilderSpec, BuildCacheConfig, BuildSpec, Git, Image, ImageBuild, ImageCacheConfig,
    ImageSpec, RegistryCache, SourceConfig,
};
use luban_platform::derived::ci_namespace;
use luban_platform::model::{Application, KpackBuild, Project};
use std::collections::BTreeMap;

/// Stands for the commit until `luban step kpack-build` sets it: an object that reached kpack without would build nothing
/// at all, not something else.
pub(super) const NO_COMMIT: &str = "0000000000000000000000000000000000000000";

/// Tag of the newest image of the release branch. Nothing deploys it: releases are by digest. kpack wants one tag that
/// stays.
const STABLE_TAG: &str = "head";

/// Tags of the caches. In the image's repository, not in volumes: builds run on any node and in any zone, no storage class
/// is needed, no claim is left over, and the account can push there already. Branches have a cache of their own, so that
/// code that nobody has reviewed cannot leave something in it that a release picks up.
const RELEASE_CACHE_TAG: &str = "cache-release";
const BRANCH_CACHE_TAG: &str = "cache-branches";

/// The variable by which uv knows its package index.
const UV_INDEX: &str = "UV_DEFAULT_INDEX";

/// The Image of the release branch.
pub(super) fn image(
    context: &Context<'_>,
    project: &Project,
    application: &Application,
    build: &KpackBuild,
) -> Image {
    let keep = context.platform.keep;
    let settings = setting::settings(context.platform, project, application);
    let annotations = settings
        .into_iter()
        .map(|(name, value)| (annotation(name), value))
        .collect();
    Image {
        metadata: ObjectMeta {
            annotations: Some(annotations),
            labels: Some(object_labels(project, application)),
            ..named_in(ci_namespace(project), application.name.as_str())
        },
        spec: ImageSpec {
            tag: tagged(project, application, STABLE_TAG),
            // Without this kpack adds tags of its own, one for each build.
            image_tagging_strategy: Some("None".to_owned()),
            service_account_name: Some(account::KPACK.to_owned()),
            builder: Some(reference("ClusterBuilder")),
            source: source(application),
            cache: Some(ImageCacheConfig {
                registry: Some(RegistryCache {
                    tag: tagged(project, application, RELEASE_CACHE_TAG),
                }),
                ..ImageCacheConfig::default()
            }),
            // kpack refuses a limit of zero.
            success_build_history_limit: Some(i64::from(keep.succeeded.max(1))),
            failed_build_history_limit: Some(i64::from(keep.failed.max(1))),
            build: Some(ImageBuild {
                env: environment(context, build),
                resources: Some(resources(build)),
                services: services(context),
                node_selector: node_selector(),
                build_timeout: Some(BUILD_SECONDS),
                ..ImageBuild::default()
            }),
            ..ImageSpec::default()
        },
        ..Image::default()
    }
}

/// The Build of a branch that is not released; `luban step kpack-build` gives it its name.
pub(super) fn branch_build(
    context: &Context<'_>,
    project: &Project,
    application: &Application,
    build: &KpackBuild,
) -> Build {
    Build {
        metadata: ObjectMeta {
            namespace: Some(ci_namespace(project)),
            labels: Some(object_labels(project, application)),
            ..ObjectMeta::default()
        },
        spec: BuildSpec {
            tags: vec![tagged(project, application, NO_COMMIT)],
            service_account_name: Some(account::KPACK.to_owned()),
            builder: Some(BuildBuilderSpec {
                ref_: Some(reference("ClusterBuilder")),
                ..BuildBuilderSpec::default()
            }),
            source: source(application),
            cache: Some(BuildCacheConfig {
                registry: Some(RegistryCache {
                    tag: tagged(project, application, BRANCH_CACHE_TAG),
                }),
                ..BuildCacheConfig::default()
            }),
            env: environment(context, build),
            resources: Some(resources(build)),
            services: services(context),
            node_selector: node_selector(),
            active_deadline_seconds: Some(BUILD_SECONDS),
            ..BuildSpec::default()
        },
        ..Build::default()
    }
}

/// The annotation that holds a setting for rebuilds that kpack starts itself.
pub(super) fn annotation(setting: &str) -> String {
    format!("luban.dev/{setting}")
}

/// An image of the application with a tag.
pub(super) fn tagged(project: &Project, application: &Application, tag: &str) -> String {
    let repository = project.registry.image_of(&project.name, &application.name);
    format!("{repository}:{tag}")
}

fn object_labels(project: &Project, application: &Application) -> BTreeMap<String, String> {
    labels::map([
        (labels::MANAGED_BY, "luban"),
        (labels::PROJECT, project.name.as_str()),
        (labels::APPLICATION, application.name.as_str()),
    ])
}

fn source(application: &Application) -> SourceConfig {
    let source = &application.source;
    SourceConfig {
        git: Some(Git {
            url: source.clone_url.to_string(),
            revision: NO_COMMIT.to_owned(),
            initialize_submodules: source.submodules.then_some(true),
        }),
        sub_path: (!source.path.is_root()).then(|| source.path.to_string()),
        ..SourceConfig::default()
    }
}

/// The platform's variables, then the application's own, which win.
fn environment(context: &Context<'_>, build: &KpackBuild) -> Vec<EnvVar> {
    let platform = context.platform;
    let mut variables: Vec<EnvVar> = proxy_env(&platform.egress)
        .iter()
        .map(|(name, value)| env(name, value))
        .collect();
    if let Some(mirror) = &platform.trust.python_mirror {
        variables.push(env(UV_INDEX, mirror.as_str()));
    }
    variables.retain(|variable| build.env.keys().all(|own| own.as_str() != variable.name));
    let own = build
        .env
        .iter()
        .map(|(name, value)| env(name.as_str(), value));
    variables.extend(own);
    variables
}

fn resources(build: &KpackBuild) -> ResourceRequirements {
    container::requirements(build.cpu.as_str(), build.memory.as_str(), None)
}

/// Service bindings: Secrets whose keys buildpacks find as files.
fn services(context: &Context<'_>) -> Vec<ObjectReference> {
    let trust = &context.platform.trust;
    let secrets = trust.certificate_authority.iter().chain(&trust.netrc);
    secrets
        .map(|secret| ObjectReference {
            api_version: Some("v1".to_owned()),
            kind: Some("Secret".to_owned()),
            name: Some(secret.to_string()),
            ..ObjectReference::default()
        })
        .collect()
}

fn node_selector() -> BTreeMap<String, String> {
    labels::map([("kubernetes.io/arch", ARCHITECTURE)])
}
