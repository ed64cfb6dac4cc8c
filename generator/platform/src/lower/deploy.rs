//! How applications run.

use super::application::Context;
use super::builders::resources;
use super::network::variables;
use super::scope::Scope;
use crate::input;
use crate::model::{Deploy, DeployEnvironment, Requirement};
use crate::names::{Cidr, HostName};
use luban_diagnostic::did_you_mean;
use luban_yaml::Path;

pub(super) fn deploy(
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
    let egress = egress(scope, &at.key("egress"), &input.egress);
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
        egress,
        config,
        environments,
    })
}

fn egress(scope: &mut Scope<'_>, at: &Path, input: &[input::Reach]) -> Vec<(Cidr, u16)> {
    let mut egress = Vec::new();
    for (i, reach) in input.iter().enumerate() {
        let path = at.index(i);
        let cidr = scope.required_name("cidr", &path, "cidr", &reach.cidr, Cidr::new);
        let port = scope.required(&path, "port", &reach.port).copied();
        if port == Some(0) {
            scope.error(
                "out-of-range",
                &path.key("port"),
                "port 0 is none; write 1 to 65535",
            );
        }
        egress.extend(cidr.zip(port));
    }
    egress
}

fn known_environments<'k>(
    scope: &mut Scope<'_>,
    at: &Path,
    keys: impl Iterator<Item = &'k String>,
    context: &Context<'_>,
) {
    let names = &context.defines.environment_names;
    for key in keys.filter(|key| !names.contains(key)) {
        let finding = scope.finding_at_key(
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
