//! What is named once for the whole platform, put together from its parts.

use super::providers::{events, gateway, providers, registries};
use super::scope::Scope;
use super::targets::{features, targets};
use super::{builders, environments, network, project};
use crate::input;
use crate::model::*;
use crate::names::{DnsLabel, HttpUrl, check_branch};
use indexmap::IndexMap;
use luban_yaml::Path;
use std::sync::Arc;

/// What is defined by name: a value, or nothing when its definition is wrong (which has its finding already).
pub(super) type Defined<T> = Vec<(String, Option<Arc<T>>)>;

/// What projects refer to.
pub(super) struct Defines {
    pub(super) providers: Defined<Provider>,
    pub(super) registries: Defined<Registry>,
    pub(super) environments: Vec<Arc<Environment>>,
    pub(super) environment_names: Vec<String>,
    pub(super) has_application_gateway: bool,
    pub(super) kpack_builder: Option<bool>,
}

pub(super) fn platform(scope: &mut Scope<'_>, document: &input::Document) -> Option<Platform> {
    let root = Path::root();
    constant(
        scope,
        &root,
        "apiVersion",
        &document.api_version,
        "luban.dev/v1alpha1",
    );
    constant(scope, &root, "kind", &document.kind, "Platform");
    let metadata = scope
        .required(&root, "metadata", &document.metadata)
        .cloned()
        .unwrap_or_default();
    let name = document
        .metadata
        .is_some()
        .then(|| {
            scope.required_name(
                "name",
                &root.key("metadata"),
                "name",
                &metadata.name,
                DnsLabel::new,
            )
        })
        .flatten();
    let spec = scope.required(&root, "spec", &document.spec)?;
    let at = root.key("spec");

    let targets = targets(scope, &at.key("targets"), &spec.targets);
    let clusters = clusters(scope, &at.key("clusters"), &spec.clusters);
    let environments = environments::environments(scope, &at, &spec.environments, &clusters);
    let providers = providers(scope, &at.key("providers"), &spec.providers);
    let registries = registries(scope, &at.key("registries"), &spec.registries);
    let gitops = gitops(scope, &at, &spec.gitops, &providers);
    let events = events(scope, &at, &spec.events);
    let kpack = builders::kpack(
        scope,
        &at.key("builders").key("kpack"),
        spec.builders.kpack.as_ref(),
        &registries,
        &at.key("registries"),
    );
    let uses_railpack = spec
        .projects
        .iter()
        .flatten()
        .flat_map(|project| &project.applications)
        .any(|application| {
            application
                .build
                .as_ref()
                .is_some_and(|build| build.railpack.is_some())
        });
    let default_railpack = input::RailpackBuilder::default();
    let railpack_input = spec
        .builders
        .railpack
        .as_ref()
        .or(uses_railpack.then_some(&default_railpack));
    let railpack = builders::railpack(
        scope,
        &at.key("builders").key("railpack"),
        railpack_input,
        // The platform's own images are in one place, unless it says otherwise.
        spec.builders
            .kpack
            .as_ref()
            .and_then(|kpack| kpack.registry.as_deref()),
        &registries,
        &at.key("registries"),
    );
    let images = builders::images(scope, &at.key("images"), &spec.images);
    let egress = network::egress(
        scope,
        &at.key("network").key("registryEgress"),
        spec.network.registry_egress.as_ref(),
    );
    let application_gateway = spec
        .network
        .application_gateway
        .as_ref()
        .and_then(|value| gateway(scope, &at.key("network").key("applicationGateway"), value));
    let trust = network::trust(scope, &at.key("trust"), &spec.trust);
    let external_secrets = network::external_secrets(
        scope,
        &at.key("secrets").key("externalSecrets"),
        spec.secrets.external_secrets.as_ref(),
        name.as_ref(),
    );
    let report = network::report(scope, &at.key("report"), spec.report.as_ref());
    let defines = Defines {
        environment_names: spec
            .environments
            .iter()
            .filter_map(|environment| environment.name.clone())
            .collect(),
        providers,
        registries,
        environments: environments.clone().unwrap_or_default(),
        has_application_gateway: spec.network.application_gateway.is_some(),
        kpack_builder: spec.builders.kpack.as_ref().map(|builder| {
            builder
                .buildpacks
                .as_ref()
                .is_none_or(|buildpacks| buildpacks.contains(&Buildpack::PythonUv))
        }),
    };
    let projects = project::projects(scope, &at, spec, &defines);
    features(scope, &at, &targets, spec);

    Some(Platform {
        name: name?,
        gitops: gitops?,
        targets,
        clusters: values(clusters),
        environments: environments?,
        providers: values(defines.providers),
        events: events?,
        registries: values(defines.registries),
        kpack: kpack.filter(|_| spec.builders.kpack.is_some()),
        railpack,
        images,
        egress: egress?,
        application_gateway,
        trust,
        external_secrets,
        keep: Keep {
            succeeded: spec.runs.keep.succeeded.unwrap_or(10),
            failed: spec.runs.keep.failed.unwrap_or(20),
            hours: spec.runs.keep.hours.unwrap_or(72),
        },
        queue: spec.runs.queue.unwrap_or(Queue::None),
        prometheus: spec.alerts.prometheus,
        grafana: spec.alerts.grafana,
        report,
        projects: projects?,
    })
}

fn values<T>(defined: Defined<T>) -> Vec<Arc<T>> {
    defined.into_iter().filter_map(|(_, value)| value).collect()
}

fn constant(scope: &mut Scope<'_>, root: &Path, key: &str, value: &Option<String>, wanted: &str) {
    if let Some(value) = scope.required(root, key, value)
        && value != wanted
    {
        scope.error(
            "wrong-kind",
            &root.key(key),
            format!("`{key}` is `{value}`; this version of luban reads `{wanted}`"),
        );
    }
}

fn clusters(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &IndexMap<String, input::Cluster>,
) -> Defined<Cluster> {
    if input.is_empty() {
        let name = DnsLabel::new("delivery").ok();
        let server = HttpUrl::new(Cluster::IN_CLUSTER).ok();
        let cluster = name
            .zip(server)
            .map(|(name, server)| Arc::new(Cluster { name, server }));
        return vec![("delivery".to_owned(), cluster)];
    }
    let defined: Defined<Cluster> = input
        .iter()
        .map(|(name, cluster)| {
            let path = at.key(name);
            let label = scope.name("name", &path, name, DnsLabel::new);
            let server = match &cluster.server {
                Some(server) => scope.name("url", &path.key("server"), server, HttpUrl::new),
                None => HttpUrl::new(Cluster::IN_CLUSTER).ok(),
            };
            let value = label
                .zip(server)
                .map(|(name, server)| Arc::new(Cluster { name, server }));
            (name.clone(), value)
        })
        .collect();
    for (i, (name, cluster)) in defined.iter().enumerate() {
        let Some(cluster) = cluster else { continue };
        let same = defined[..i].iter().find(|(_, other)| {
            other
                .as_ref()
                .is_some_and(|other| other.server == cluster.server)
        });
        if let Some((other, _)) = same {
            let finding = scope.finding(
                "duplicate-name",
                &at.key(name),
                format!("clusters `{other}` and `{name}` are the same server"),
            );
            let finding = scope
                .related(finding, &at.key(other), "the other one")
                .help("give one of them its own `server`");
            scope.push(finding);
        }
    }
    let is_delivery = |(_, cluster): &(String, Option<Arc<Cluster>>)| {
        cluster.as_ref().is_none_or(|cluster| cluster.is_delivery())
    };
    if !defined.iter().any(is_delivery) {
        scope.error("missing-field", at, "no cluster is the one that Argo CD, events and builds run on; leave out the `server` of that one");
    }
    defined
}

fn gitops(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &Option<input::Gitops>,
    providers: &Defined<Provider>,
) -> Option<Gitops> {
    let gitops = scope.required(at, "gitops", input)?;
    let path = at.key("gitops");
    let repository =
        scope.required_name("url", &path, "repository", &gitops.repository, HttpUrl::new);
    let repository = repository.filter(|url| {
        let has_suffix = url.as_str().ends_with(".git");
        if has_suffix {
            scope.error(
                "url",
                &path.key("repository"),
                format!("`{url}` ends with `.git`; write it as the web site shows it"),
            );
        }
        !has_suffix
    });
    let branch = gitops.branch.clone().unwrap_or_else(|| "main".to_owned());
    if let Err(why) = check_branch(&branch, false) {
        scope.error("branch", &path.key("branch"), why);
    }
    let provider = scope.resolve(
        "provider",
        &path.key("provider"),
        gitops
            .provider
            .as_deref()
            .or_else(|| host_of(repository.as_ref()?, providers)),
        &at.key("providers"),
        providers,
    );
    let credentials = scope.optional_secret(&path, "credentials", &gitops.credentials);
    let provider = provider?;
    Some(Gitops {
        repository: repository?,
        branch,
        credentials: credentials.unwrap_or_else(|| provider.credentials.clone()),
        provider,
    })
}

/// Name of the one provider that `repository` is at, by the beginning of its URL.
fn host_of<'a>(repository: &HttpUrl, providers: &'a Defined<Provider>) -> Option<&'a str> {
    let is_below = |base: &str| {
        let rest = repository.as_str().strip_prefix(base);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let hosts = |provider: &Provider| match &provider.kind {
        ProviderKind::GitHub { url, .. } | ProviderKind::Gitea { url, .. } => {
            is_below(url.as_str())
        }
        ProviderKind::AzureDevOpsServices { organization } => {
            is_below(&format!("https://dev.azure.com/{organization}"))
        }
        ProviderKind::AzureDevOpsServer { url, collection } => {
            is_below(&format!("{url}/{collection}"))
        }
    };
    let mut found = providers
        .iter()
        .filter(|(_, provider)| provider.as_ref().is_some_and(|provider| hosts(provider)));
    let (name, _) = found.next()?;
    found.next().is_none().then_some(name.as_str())
}
