//! How images are built.

use super::application::Context;
use super::builders::{label_key, resources};
use super::network::variables;
use super::scope::Scope;
use crate::input;
use crate::model::{Build, BuildPlatform, KpackBuild, RailpackBuild};
use crate::names::{BuildVariable, EnvironmentVariable, ImageTag};
use luban_yaml::Path;

pub(super) fn build(
    scope: &mut Scope<'_>,
    context: &Context<'_>,
    parent: &Path,
    input: &Option<input::Build>,
) -> Option<Build> {
    let input = scope.required(parent, "build", input)?;
    let at = parent.key("build");
    match (&input.kpack, &input.railpack) {
        (Some(kpack), None) => {
            self::kpack(scope, context, &at.key("kpack"), kpack).map(Build::Kpack)
        }
        (None, Some(railpack)) => {
            self::railpack(scope, &at.key("railpack"), railpack).map(Build::Railpack)
        }
        (None, None) => {
            scope.error(
                "missing-field",
                &at,
                "no kind of build is given: write `kpack` or `railpack`",
            );
            None
        }
        (Some(_), Some(_)) => {
            let finding = scope.finding(
                "exactly-one",
                &at.key("railpack"),
                "an application is built in two ways; keep `kpack` or `railpack`",
            );
            let finding = scope.related(finding, &at.key("kpack"), "the other one");
            scope.push(finding);
            None
        }
    }
}

fn kpack(
    scope: &mut Scope<'_>,
    context: &Context<'_>,
    at: &Path,
    input: &input::KpackBuild,
) -> Option<KpackBuild> {
    let builders = context.at.key("builders");
    if !input.python {
        scope.error(
            "missing-field",
            at,
            "no language is given: write `python: true`",
        );
    }
    match context.defines.kpack_builder {
        None => {
            let finding = scope.finding("unknown-reference", at, "builder `kpack` is not defined");
            let finding = scope.related(finding, &builders, "builders are defined here");
            scope.push(finding.help("add `kpack: {registry: <name>}` to `spec.builders`"));
        }
        Some(false) if input.python => {
            let finding = scope.finding(
                "unknown-reference",
                &at.key("python"),
                "the builder has no buildpack for Python",
            );
            let finding = scope.related(
                finding,
                &builders.key("kpack").key("buildpacks"),
                "its buildpacks",
            );
            scope.push(finding.help("add `python-uv`"));
        }
        Some(_) => {}
    }
    let env = variables(scope, &at.key("env"), &input.env);
    let (cpu, memory) = resources(scope, &at.key("resources"), &input.resources, "500m", "1Gi");
    Some(KpackBuild {
        env,
        cpu: cpu?,
        memory: memory?,
    })
}

fn railpack(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &input::RailpackBuild,
) -> Option<RailpackBuild> {
    let mut secrets: Vec<EnvironmentVariable> = Vec::new();
    for (i, secret) in input.secrets.iter().enumerate() {
        let path = at.key("secrets").index(i);
        let Some(name) = scope.name("name", &path, secret, EnvironmentVariable::new) else {
            continue;
        };
        scope.name("name", &path, secret, BuildVariable::new);
        match secrets.iter().position(|other| *other == name) {
            Some(first) => scope.duplicate(
                "build secret",
                secret,
                &path,
                &at.key("secrets").index(first),
            ),
            None => secrets.push(name),
        }
    }
    let mut platforms = input
        .platforms
        .clone()
        .unwrap_or_else(|| vec![BuildPlatform::Amd64]);
    if platforms.is_empty() {
        scope.error(
            "missing-field",
            &at.key("platforms"),
            "no platform is given; write one such as `linux/amd64`",
        );
    }
    platforms.sort();
    platforms.dedup();
    for (key, value) in &input.args {
        let path = at.key("args").key(key);
        scope.refuse_credential(&path, key, value);
        refuse_substitution(scope, &path, value);
        if matches!(
            key.as_str(),
            "cache-key" | "secrets-hash" | "github-token" | "BUILDKIT_SYNTAX"
        ) {
            scope.error("reserved", &path, format!("`{key}` is Luban's: it keeps projects' caches apart and secrets out of provenance"));
        } else {
            scope.name("name", &path, key, BuildVariable::new);
        }
    }
    let mut tags: Vec<ImageTag> = Vec::new();
    for (i, tag) in input.tags.iter().enumerate() {
        let path = at.key("tags").index(i);
        let Some(name) = scope.name("image", &path, tag, ImageTag::new) else {
            continue;
        };
        match tags.iter().position(|other| *other == name) {
            Some(first) => scope.duplicate("tag", tag, &path, &at.key("tags").index(first)),
            None => tags.push(name),
        }
    }
    for (key, value) in &input.labels {
        let path = at.key("labels").key(key);
        refuse_substitution(scope, &path, value);
        label_key(scope, &path, key);
        if key.starts_with("org.opencontainers.image.") {
            scope.error(
                "reserved",
                &path,
                format!("`{key}` is written by the build"),
            );
        }
    }
    Some(RailpackBuild {
        secrets,
        platforms,
        args: input.args.clone(),
        tags,
        labels: input.labels.clone(),
    })
}

/// Refuses what Tekton and the kubelet would replace: a value is passed to the build as it is.
fn refuse_substitution(scope: &mut Scope<'_>, at: &Path, value: &str) {
    if value.contains("$(") {
        scope.error(
            "substitution",
            at,
            format!("`{value}` holds `$(`, which Tekton would replace; write the value itself"),
        );
    }
}
