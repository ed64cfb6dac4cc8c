//! Applications: source, build and deployment.

use super::infrastructure::{Defines, is_owner, label_key, resources, variables};
use super::repository;
use super::scope::Scope;
use crate::input;
use crate::model::{
    Application, Build, BuildPlatform, Deploy, DeployEnvironment, KpackBuild, Provider,
    ProviderKind, RailpackBuild, Requirement, Source,
};
use crate::names::{
    BranchPattern, DnsLabel, EnvironmentVariable, HostName, ImageTag, RelativePath, check_branch,
};
use luban_diagnostic::did_you_mean;
use luban_yaml::Path;
use std::collections::HashMap;

/// What surrounds an application.
pub(super) struct Context<'a> {
    pub(super) at: &'a Path,
    pub(super) project: &'a Path,
    pub(super) input: &'a input::Project,
    pub(super) provider: Option<&'a Provider>,
    pub(super) repository_project: Option<&'a str>,
    pub(super) is_signed: bool,
    pub(super) defines: &'a Defines,
}

/// Owner or Azure project of the project's repositories.
pub(super) fn repository_project(
    scope: &mut Scope<'_>,
    path: &Path,
    input: &input::Project,
    provider: Option<&Provider>,
) -> Option<String> {
    if let Some(text) = &input.repository_project {
        let at = path.key("repositoryProject");
        let is_azure = provider.is_some_and(|provider| {
            matches!(
                provider.kind,
                ProviderKind::AzureDevOpsServices { .. } | ProviderKind::AzureDevOpsServer { .. }
            )
        });
        let is_fine = if is_azure {
            repository::is_azure_name(text)
        } else {
            is_owner(text)
        };
        if !is_fine {
            scope.error(
                "repository",
                &at,
                format!("`{text}` is no owner or project of repositories"),
            );
        }
        return is_fine.then(|| text.clone());
    }
    let default = match &provider?.kind {
        ProviderKind::GitHub { organization, .. } => Some(organization.clone()),
        ProviderKind::Gitea { organization, .. } => {
            organization.clone().or_else(|| input.name.clone())
        }
        ProviderKind::AzureDevOpsServices { .. } | ProviderKind::AzureDevOpsServer { .. } => {
            input.name.clone()
        }
    };
    default
}

pub(super) fn applications(
    scope: &mut Scope<'_>,
    context: &Context<'_>,
) -> Option<Vec<Application>> {
    let section = context.project.key("applications");
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut applications = Vec::with_capacity(context.input.applications.len());
    for (i, input) in context.input.applications.iter().enumerate() {
        let path = section.index(i);
        if let Some(name) = input.name.as_deref()
            && let Some(first) = seen.insert(name, i)
        {
            scope.duplicate(
                "application",
                name,
                &path.key("name"),
                &section.index(first).key("name"),
            );
        }
        applications.push(application(scope, context, &path, input));
    }
    applications.into_iter().collect()
}

fn application(
    scope: &mut Scope<'_>,
    context: &Context<'_>,
    path: &Path,
    input: &input::Application,
) -> Option<Application> {
    let name = scope.required_name("name", path, "name", &input.name, DnsLabel::new);
    let source = source(scope, context, path, &input.source);
    let build = build(scope, context, path, &input.build);
    let deploy = match &input.deploy {
        Some(deploy) => Some(self::deploy(scope, context, &path.key("deploy"), deploy)?),
        None => None,
    };
    Some(Application {
        name: name?,
        source: source?,
        build: build?,
        deploy,
    })
}

fn source(
    scope: &mut Scope<'_>,
    context: &Context<'_>,
    parent: &Path,
    input: &Option<input::Source>,
) -> Option<Source> {
    let input = scope.required(parent, "source", input)?;
    let at = parent.key("source");
    let repository = scope
        .required(&at, "repository", &input.repository)
        .and_then(|text| {
            repository::resolve(
                scope,
                &at.key("repository"),
                text,
                context.provider?,
                context.repository_project?,
            )
        });
    let path = match &input.path {
        Some(path) => scope.name("path", &at.key("path"), path, RelativePath::new),
        None => RelativePath::new(".").ok(),
    };
    let release = input.release.clone().unwrap_or_else(|| "main".to_owned());
    if let Err(why) = check_branch(&release, false) {
        scope.error("branch", &at.key("release"), why);
    }
    let mut branches = Vec::new();
    for (i, branch) in input.branches.iter().flatten().enumerate() {
        if let Some(pattern) = scope.name(
            "branch",
            &at.key("branches").index(i),
            branch,
            BranchPattern::new,
        ) {
            branches.push(pattern);
        }
    }
    if let Some(patterns) = &input.branches
        && !patterns.iter().any(|pattern| matches(pattern, &release))
    {
        let finding = scope.finding(
            "branch",
            &at.key("branches"),
            format!("no pattern builds the release branch `{release}`"),
        );
        scope.push(finding.help(format!(
            "add `{release}`, or say with `release` which branch the first environment follows"
        )));
    }
    if branches.is_empty() {
        branches.extend(BranchPattern::new(release.as_str()).ok());
    }
    let paths = match &input.paths {
        Some(paths) => {
            for (i, pattern) in paths.iter().enumerate() {
                let plain = pattern.replace("**", "x").replace('*', "x");
                if let Err(why) = RelativePath::new(plain) {
                    scope.error(
                        "path",
                        &at.key("paths").index(i),
                        why.to_string().replace("x", "*"),
                    );
                }
            }
            paths.clone()
        }
        None => path
            .as_ref()
            .filter(|path| !path.is_root())
            .map(|path| format!("{path}/**"))
            .into_iter()
            .collect(),
    };
    let (repository, clone_url) = repository?;
    Some(Source {
        repository,
        clone_url,
        path: path?,
        branches,
        release,
        paths,
        submodules: input.submodules,
        lfs: input.lfs,
    })
}

/// Whether a pattern in which `*` stands for any text matches all of `text`.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(i) => rest = &rest[i + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn build(
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
        if matches!(
            key.as_str(),
            "cache-key" | "secrets-hash" | "github-token" | "BUILDKIT_SYNTAX"
        ) {
            scope.error("reserved", &path, format!("`{key}` is Luban's: it keeps projects' caches apart and secrets out of provenance"));
        } else if key.is_empty()
            || !key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        {
            scope.error(
                "name",
                &path,
                format!(
                    "`{key}` is no name of a build argument (letters, digits, `_`, `-` and `.`)"
                ),
            );
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
    for key in input.labels.keys() {
        let path = at.key("labels").key(key);
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

fn deploy(
    scope: &mut Scope<'_>,
    context: &Context<'_>,
    at: &Path,
    input: &input::Deploy,
) -> Option<Deploy> {
    let defines = context.defines;
    if input.port == Some(0) {
        scope.error(
            "out-of-range",
            &at.key("port"),
            "port 0 is none; write 1 to 65535, or leave `port` out",
        );
    }
    let has_route = input.route.is_some()
        || input
            .environments
            .values()
            .any(|environment| environment.route.is_some());
    if has_route && input.port.is_none() {
        scope.error(
            "missing-field",
            &at.key("route"),
            "a route needs a `port` to lead to",
        );
    }
    if has_route && !defines.has_application_gateway {
        let finding = scope.finding(
            "unknown-reference",
            &at.key("route"),
            "a route needs a Gateway, and none is defined",
        );
        let finding = scope.related(
            finding,
            &context.at.key("network"),
            "the network is defined here",
        );
        scope.push(
            finding.help("add `applicationGateway: {name: …, namespace: …}` to `spec.network`"),
        );
    }
    if let Some(health) = &input.health {
        let is_path = health.starts_with('/')
            && health
                .chars()
                .all(|c| c.is_ascii_graphic() && !matches!(c, '$' | '{' | '}' | '"' | '\\'));
        if !is_path || input.port.is_none() {
            scope.error("path", &at.key("health"), format!("`{health}` is no HTTP path of a port; write one such as `/healthz`, and a `port`"));
        }
    }
    let mut secrets = Vec::new();
    for (i, secret) in input.secrets.iter().enumerate() {
        let path = at.key("secrets").index(i);
        let Some(name) = scope.secret_name(&path, secret) else {
            continue;
        };
        match secrets.iter().position(|other| *other == name) {
            Some(first) => {
                scope.duplicate("Secret", secret, &path, &at.key("secrets").index(first))
            }
            None => secrets.push(name),
        }
    }
    let config = variables(scope, &at.key("config"), &input.config);
    let (cpu, memory) = resources(
        scope,
        &at.key("resources"),
        &input.resources,
        "100m",
        "256Mi",
    );
    known_environments(scope, &at.key("replicas"), input.replicas.keys(), context);
    known_environments(
        scope,
        &at.key("environments"),
        input.environments.keys(),
        context,
    );
    let host = input
        .route
        .as_ref()
        .and_then(|route| scope.name("host", &at.key("route"), route, HostName::new));
    let mut environments = Vec::new();
    for environment in &defines.environments {
        let path = at.key("environments").key(environment.name.as_str());
        let empty = input::DeployEnvironment::default();
        let own = input
            .environments
            .get(environment.name.as_str())
            .unwrap_or(&empty);
        let route = match &own.route {
            Some(route) => scope.name("host", &path.key("route"), route, HostName::new),
            None => host.as_ref().and_then(|host| {
                let text = if environment.is_last {
                    host.to_string()
                } else {
                    format!("{}-{host}", environment.name)
                };
                scope.name("host", &at.key("route"), &text, HostName::new)
            }),
        };
        let own_config = variables(scope, &path.key("config"), &own.config);
        let own_resources = own
            .resources
            .as_ref()
            .map(|own| resources(scope, &path.key("resources"), own, "100m", "256Mi"));
        let given = own.resources.as_ref();
        environments.push(DeployEnvironment {
            environment: environment.clone(),
            replicas: input
                .replicas
                .get(environment.name.as_str())
                .copied()
                .unwrap_or(if environment.is_last && environment.after.is_some() {
                    2
                } else {
                    1
                }),
            route,
            config: own_config,
            cpu: own_resources
                .as_ref()
                .and_then(|(cpu, _)| cpu.clone())
                .filter(|_| given.is_some_and(|given| given.cpu.is_some())),
            memory: own_resources
                .and_then(|(_, memory)| memory)
                .filter(|_| given.is_some_and(|given| given.memory.is_some())),
        });
    }
    signed(scope, context);
    Some(Deploy {
        port: input.port,
        health: input.health.clone(),
        secrets,
        cpu: cpu?,
        memory: memory?,
        config,
        environments,
    })
}

fn known_environments<'k>(
    scope: &mut Scope<'_>,
    at: &Path,
    keys: impl Iterator<Item = &'k String>,
    context: &Context<'_>,
) {
    let names = &context.defines.environment_names;
    for key in keys.filter(|key| !names.contains(key)) {
        let finding = scope.finding(
            "unknown-reference",
            &at.key(key),
            format!("environment `{key}` is not defined"),
        );
        let finding = scope.related(
            finding,
            &context.at.key("environments"),
            "the environments are defined here",
        );
        let help = match did_you_mean(key, names.iter().map(String::as_str)) {
            Some(near) => format!("write `{near}`"),
            None => format!(
                "write one of {}",
                names
                    .iter()
                    .map(|name| format!("`{name}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        scope.push(finding.help(help));
    }
}

/// An environment that asks for signed images gets only projects that sign.
fn signed(scope: &mut Scope<'_>, context: &Context<'_>) {
    if context.is_signed {
        return;
    }
    let asking = context.defines.environments.iter().find(|environment| {
        environment.after.is_some() && environment.require.contains(&Requirement::Signed)
    });
    let Some(asking) = asking else { return };
    let name = context.input.name.as_deref().unwrap_or("?");
    let message = format!(
        "project `{name}` signs nothing, and environment `{}` takes signed images only",
        asking.name
    );
    let finding = scope.finding("unsigned", context.project, message);
    let finding = scope.related(
        finding,
        &context.at.key("environments"),
        "`require: [signed]` is here",
    );
    scope.push_once(
        finding.help(
            "add `policies: {sign: {key: {secret: <name>}}}` to the platform or to the project",
        ),
    );
}
