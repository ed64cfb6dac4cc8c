//! Projects: their names, groups, quotas and policies.

use super::application;
use super::infrastructure::Defines;
use super::scope::Scope;
use crate::input;
use crate::model::{Project, Scan, Severity, Sign};
use crate::names::{DnsLabel, Quantity};
use luban_yaml::Path;
use std::collections::HashMap;
use std::sync::Arc;

pub(super) fn projects(
    scope: &mut Scope<'_>,
    at: &Path,
    spec: &input::Spec,
    defines: &Defines,
) -> Option<Vec<Arc<Project>>> {
    let section = at.key("projects");
    let platform_policies = policies(scope, &at.key("policies"), &spec.policies);
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let inputs = scope.required(at, "projects", &spec.projects)?;
    let mut projects = Vec::with_capacity(inputs.len());
    for (i, input) in inputs.iter().enumerate() {
        let path = section.index(i);
        if let Some(name) = input.name.as_deref()
            && let Some(first) = seen.insert(name, i)
        {
            scope.duplicate(
                "project",
                name,
                &path.key("name"),
                &section.index(first).key("name"),
            );
        }
        projects.push(project(scope, at, &path, input, &platform_policies, defines).map(Arc::new));
    }
    projects.into_iter().collect()
}

#[derive(Clone, Default)]
struct Policies {
    scan: Option<Scan>,
    sign: Option<Sign>,
}

fn project(
    scope: &mut Scope<'_>,
    at: &Path,
    path: &Path,
    input: &input::Project,
    platform: &Policies,
    defines: &Defines,
) -> Option<Project> {
    let name = scope.required_name("name", path, "name", &input.name, DnsLabel::new);
    let provider = scope.resolve(
        "provider",
        &path.key("provider"),
        input.provider.as_deref(),
        &at.key("providers"),
        &defines.providers,
    );
    let registry = scope.resolve(
        "registry",
        &path.key("registry"),
        input.registry.as_deref(),
        &at.key("registries"),
        &defines.registries,
    );
    let repository_project =
        application::repository_project(scope, path, input, provider.as_deref());
    for (key, group) in [
        ("admin", &input.groups.admin),
        ("developer", &input.groups.developer),
    ] {
        if let Some(group) = group
            && (group.trim().is_empty()
                || group
                    .chars()
                    .any(|c| c.is_control() || matches!(c, '\'' | '"' | ',' | '{' | '}')))
        {
            scope.error(
                "name",
                &path.key("groups").key(key),
                format!("`{group}` is no name of a group"),
            );
        }
    }
    let quota = path.key("quota");
    let mut quantity = |key: &str, text: &Option<String>, default: &str| match text {
        Some(text) => scope.name("quantity", &quota.key(key), text, Quantity::new),
        None => Quantity::new(default).ok(),
    };
    let cpu = quantity("cpu", &input.quota.cpu, "16");
    let memory = quantity("memory", &input.quota.memory, "32Gi");
    let builds = input.quota.builds.unwrap_or(4);
    if builds == 0 {
        scope.error(
            "out-of-range",
            &quota.key("builds"),
            "`builds` is 0: nothing could build; write 1 or more",
        );
    }
    let own = input
        .policies
        .as_ref()
        .map(|own| policies(scope, &path.key("policies"), own))
        .unwrap_or_default();
    let scan = own.scan.or_else(|| platform.scan.clone());
    let sign = own.sign.or_else(|| platform.sign.clone());
    let context = application::Context {
        at,
        project: path,
        input,
        provider: provider.as_deref(),
        repository_project: repository_project.as_deref(),
        is_signed: sign.is_some(),
        defines,
    };
    let applications = application::applications(scope, &context);
    Some(Project {
        name: name?,
        provider: provider?,
        registry: registry?,
        repository_project: repository_project?,
        admin: input.groups.admin.clone(),
        developer: input.groups.developer.clone(),
        cpu: cpu?,
        memory: memory?,
        builds,
        scan,
        sign,
        applications: applications?,
    })
}

fn policies(scope: &mut Scope<'_>, at: &Path, input: &input::Policies) -> Policies {
    let scan = input.scan.as_ref().map(|scan| {
        let mut fail_on = scan
            .fail_on
            .clone()
            .unwrap_or_else(|| vec![Severity::Critical]);
        if fail_on.is_empty() {
            scope.error(
                "missing-field",
                &at.key("scan").key("failOn"),
                "a scan that fails on nothing; name a severity or leave `scan` out",
            );
        }
        fail_on.sort();
        fail_on.dedup();
        Scan {
            fail_on,
            ignore_unfixed: scan.ignore_unfixed,
        }
    });
    let sign = input.sign.as_ref().and_then(|sign| {
        let path = at.key("sign");
        let key = scope.required_secret(&path, "key", &sign.key);
        if let Some(public_key) = &sign.public_key {
            let is_public = public_key.starts_with("-----BEGIN PUBLIC KEY-----")
                && public_key.trim_end().ends_with("-----END PUBLIC KEY-----");
            if !is_public {
                let finding = scope.finding(
                    "secret-value",
                    &path.key("publicKey"),
                    "`publicKey` is no public key in PEM",
                );
                scope.push(
                    finding
                        .help(
                            "write the content of `cosign.pub`; a private key stays in its Secret",
                        )
                        .redacted(),
                );
            }
        }
        Some(Sign {
            key: key?,
            public_key: sign.public_key.clone(),
        })
    });
    Policies { scan, sign }
}
