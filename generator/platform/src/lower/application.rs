//! Applications: where their source is and which changes build.

use super::infrastructure::Defines;
use super::providers::is_owner;
use super::scope::Scope;
use super::{build, deploy, repository};
use crate::input;
use crate::model::{Application, Provider, ProviderKind, Source};
use crate::names::{BranchPattern, DnsLabel, RelativePath, check_branch};
use crate::patterns::matches_branch;
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
    match &provider?.kind {
        ProviderKind::GitHub { organization, .. } => Some(organization.clone()),
        ProviderKind::Gitea { organization, .. } => {
            organization.clone().or_else(|| input.name.clone())
        }
        ProviderKind::AzureDevOpsServices { .. } | ProviderKind::AzureDevOpsServer { .. } => {
            input.name.clone()
        }
    }
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
    let build = build::build(scope, context, path, &input.build);
    let has_kpack = input
        .build
        .as_ref()
        .is_some_and(|build| build.kpack.is_some());
    if has_kpack && input.source.as_ref().is_some_and(|source| source.lfs) {
        let lfs = path.key("source").key("lfs");
        let finding = scope.finding("unsupported", &lfs, "kpack fetches no Git LFS files");
        let finding = scope.related(finding, &path.key("build").key("kpack"), "built by kpack");
        scope.push(finding.help("build this application with `railpack`, or leave `lfs` out"));
    }
    let deploy = match &input.deploy {
        Some(deploy) => Some(deploy::deploy(scope, context, &path.key("deploy"), deploy)?),
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
        && !patterns
            .iter()
            .any(|pattern| matches_branch(pattern, &release))
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
