//! Everything that projects stand on: repository, clusters, environments, providers, registries, builders, network.

use super::scope::Scope;
use super::{environments, project};
use crate::input;
use crate::model::*;
use crate::names::{
    Cidr, DnsLabel, EnvironmentVariable, HostName, HttpUrl, ImageRef, ImageTag, Quantity,
    RegistryHost, RelativePath, ResourceName, check_branch,
};
use crate::versions::{Component, Feature, Targets, Version};
use indexmap::IndexMap;
use luban_diagnostic::did_you_mean;
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

/// The version of railpack that Luban knows; command and frontend have the same one.
const RAILPACK_VERSION: &str = "v0.37.0";

/// Tools whose images `images` may replace.
pub(crate) const TOOLS: [&str; 10] = [
    "luban",
    "railpack",
    "railpack-frontend",
    "buildkit",
    "trivy",
    "cosign",
    "cloudflared",
    "kpack-lifecycle",
    "amazonlinux",
    "debian",
];

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
    let kpack = kpack(
        scope,
        &at.key("builders").key("kpack"),
        spec.builders.kpack.as_ref(),
        &registries,
        &at.key("registries"),
    );
    let uses_railpack = spec
        .projects
        .iter()
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
    let railpack = railpack(
        scope,
        &at.key("builders").key("railpack"),
        railpack_input,
        &registries,
        &at.key("registries"),
    );
    let images = images(scope, &at.key("images"), &spec.images);
    let egress = egress(
        scope,
        &at.key("network").key("registryEgress"),
        spec.network.registry_egress.as_ref(),
    );
    let application_gateway = spec
        .network
        .application_gateway
        .as_ref()
        .and_then(|value| gateway(scope, &at.key("network").key("applicationGateway"), value));
    let trust = trust(scope, &at.key("trust"), &spec.trust);
    let external_secrets = external_secrets(
        scope,
        &at.key("secrets").key("externalSecrets"),
        spec.secrets.external_secrets.as_ref(),
        name.as_ref(),
    );
    let report = report(scope, &at.key("report"), spec.report.as_ref());
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

fn targets(scope: &mut Scope<'_>, at: &Path, input: &input::Targets) -> Targets {
    let mut targets = Targets::default();
    let texts = [
        &input.argo_workflows,
        &input.argo_events,
        &input.argo_cd,
        &input.tekton_pipelines,
        &input.tekton_triggers,
        &input.kargo,
        &input.kpack,
        &input.kubernetes,
    ];
    for (component, text) in Component::ALL.into_iter().zip(texts) {
        let Some(text) = text else { continue };
        let path = at.key(component.key());
        let (oldest, newest) = component.known();
        match Version::parse(text) {
            Some(version) if version >= oldest && version <= newest => {
                targets.set(component, version)
            }
            Some(version) => scope.error(
                "unsupported-version",
                &path,
                format!(
                    "{} {version} is not supported; Luban compiles for {oldest} to {newest}",
                    component.title()
                ),
            ),
            None => scope.error(
                "unsupported-version",
                &path,
                format!("`{text}` is no version; write one such as `\"{newest}\"`"),
            ),
        }
    }
    targets
}

/// Every setting that the targets are too old for, with both ends.
fn features(scope: &mut Scope<'_>, at: &Path, targets: &Targets, spec: &input::Spec) {
    let mut uses = Vec::new();
    if spec.builders.kpack.is_some() {
        uses.push((Feature::CLUSTER_LIFECYCLE, at.key("builders").key("kpack")));
    }
    if spec.policies.sign.is_some() {
        uses.push((Feature::ADMISSION_POLICY, at.key("policies").key("sign")));
    }
    for (i, project) in spec.projects.iter().enumerate() {
        let project_at = at.key("projects").index(i);
        if project
            .policies
            .as_ref()
            .is_some_and(|policies| policies.sign.is_some())
        {
            uses.push((
                Feature::ADMISSION_POLICY,
                project_at.key("policies").key("sign"),
            ));
        }
        for (j, application) in project.applications.iter().enumerate() {
            let build_at = project_at.key("applications").index(j).key("build");
            let Some(build) = &application.build else {
                continue;
            };
            if build.kpack.is_some() {
                uses.push((Feature::LOCK_LISTS, build_at.key("kpack")));
            }
            if build.railpack.is_some() {
                uses.push((Feature::APP_ARMOR_FIELD, build_at.key("railpack")));
                uses.push((Feature::ISOLATED_WORKSPACES, build_at.key("railpack")));
            }
        }
    }
    for (feature, path) in uses
        .into_iter()
        .filter(|(feature, _)| !targets.support(*feature))
    {
        let have = targets.get(feature.component);
        let title = feature.component.title();
        let finding = scope.finding(
            "unsupported-version",
            &path,
            format!("{} needs {title} {} or newer", feature.what, feature.since),
        );
        let target = at.key("targets").key(feature.component.key());
        let finding = scope.related(finding, &target, format!("the clusters run {title} {have}"));
        scope.push(finding);
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
        gitops.provider.as_deref(),
        &at.key("providers"),
        providers,
    );
    Some(Gitops {
        repository: repository?,
        branch,
        provider: provider?,
    })
}

fn providers(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &IndexMap<String, input::Provider>,
) -> Defined<Provider> {
    input
        .iter()
        .map(|(name, provider)| {
            (
                name.clone(),
                self::provider(scope, &at.key(name), name, provider),
            )
        })
        .collect()
}

fn provider(
    scope: &mut Scope<'_>,
    at: &Path,
    name: &str,
    input: &input::Provider,
) -> Option<Arc<Provider>> {
    let label = scope.name("name", at, name, DnsLabel::new);
    let credentials = scope.required_secret(at, "credentials", &input.credentials);
    let webhook = scope.required_secret(at, "webhook", &input.webhook);
    let certificate_authority =
        scope.optional_secret(at, "certificateAuthority", &input.certificate_authority);
    let url = input
        .url
        .as_ref()
        .and_then(|url| scope.name("url", &at.key("url"), url, HttpUrl::new));
    let kind = scope.required(at, "type", &input.r#type).copied();
    if let Some(kind) = kind {
        let fields = [
            ("url", input.url.is_some()),
            ("organization", input.organization.is_some()),
            ("collection", input.collection.is_some()),
        ];
        let allowed: &[&str] = match kind {
            input::ProviderType::GitHub | input::ProviderType::Gitea => &["url", "organization"],
            input::ProviderType::AzureDevOpsServices => &["organization"],
            input::ProviderType::AzureDevOpsServer => &["url", "collection"],
        };
        for (field, _) in fields
            .into_iter()
            .filter(|(field, is_set)| *is_set && !allowed.contains(field))
        {
            scope.error(
                "unknown-field",
                &at.key(field),
                format!("a provider of type `{kind:?}` has no `{field}`"),
            );
        }
    }
    for (key, value) in [
        ("organization", &input.organization),
        ("collection", &input.collection),
    ] {
        if let Some(value) = value
            && !is_owner(value)
        {
            scope.error(
                "name",
                &at.key(key),
                format!("`{value}` is no {key} (letters, digits, `-`, `_` and `.`)"),
            );
            return None;
        }
    }
    let kind = match kind? {
        input::ProviderType::GitHub => ProviderKind::GitHub {
            url: if input.url.is_some() {
                url?
            } else {
                HttpUrl::new("https://github.com").ok()?
            },
            organization: scope
                .required(at, "organization", &input.organization)?
                .clone(),
        },
        input::ProviderType::AzureDevOpsServices => ProviderKind::AzureDevOpsServices {
            organization: scope
                .required(at, "organization", &input.organization)?
                .clone(),
        },
        input::ProviderType::AzureDevOpsServer => {
            let collection = scope.required(at, "collection", &input.collection).cloned();
            scope.required(at, "url", &input.url)?;
            ProviderKind::AzureDevOpsServer {
                url: url?,
                collection: collection?,
            }
        }
        input::ProviderType::Gitea => {
            scope.required(at, "url", &input.url)?;
            ProviderKind::Gitea {
                url: url?,
                organization: input.organization.clone(),
            }
        }
    };
    Some(Arc::new(Provider {
        name: label?,
        kind,
        certificate_authority,
        credentials: credentials?,
        webhook: webhook?,
    }))
}

/// Owners, organizations and collections: what all four providers allow in them.
pub(super) fn is_owner(text: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty()
        && text.chars().all(is_inner)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.contains("..")
}

fn registries(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &IndexMap<String, input::Registry>,
) -> Defined<Registry> {
    input
        .iter()
        .map(|(name, registry)| {
            let path = at.key(name);
            let label = scope.name("name", &path, name, DnsLabel::new);
            let host = scope.required_name("image", &path, "host", &registry.host, RegistryHost::new);
            let kind = registry.r#type.unwrap_or(RegistryType::Registry);
            let namespace = registry.namespace.as_ref().map(|text| {
                let namespace = scope.name("image", &path.key("namespace"), text, RelativePath::new)?;
                let is_fine = ImageRef::new(format!("registry.example/{namespace}/x:v1")).is_ok();
                if !is_fine {
                    scope.error("image", &path.key("namespace"), format!("`{text}` is no path of a registry (lower case letters and digits, joined by `.`, `_`, `-` and `/`)"));
                }
                is_fine.then_some(namespace)
            });
            if kind == RegistryType::Quay && registry.namespace.is_none() {
                scope.error("missing-field", &path, format!("`namespace` is missing from `{path}`: Quay has repositories only below an organization"));
            }
            let push = scope.required_secret(&path, "push", &registry.push);
            let pull = scope.optional_secret(&path, "pull", &registry.pull);
            let value = (|| {
                let namespace = match namespace {
                    Some(namespace) => Some(namespace?),
                    None => None,
                };
                Some(Arc::new(Registry { name: label?, kind, host: host?, namespace, push: push?, pull }))
            })();
            (name.clone(), value)
        })
        .collect()
}

fn gateway(scope: &mut Scope<'_>, at: &Path, input: &input::Gateway) -> Option<Gateway> {
    let name = scope.required_name("name", at, "name", &input.name, ResourceName::new);
    let namespace = scope.required_name("name", at, "namespace", &input.namespace, DnsLabel::new);
    let section = match &input.section {
        Some(section) => {
            Some(scope.name("name", &at.key("section"), section, ResourceName::new)?)
        }
        None => None,
    };
    Some(Gateway {
        name: name?,
        namespace: namespace?,
        section,
    })
}

fn events(scope: &mut Scope<'_>, at: &Path, input: &Option<input::Events>) -> Option<Events> {
    let events = scope.required(at, "events", input)?;
    let path = at.key("events");
    let host = scope.required_name("host", &path, "host", &events.host, HostName::new);
    let way = match (&events.gateway, &events.cloudflare_tunnel) {
        (Some(value), None) => gateway(scope, &path.key("gateway"), value).map(WayIn::Gateway),
        (None, Some(tunnel)) => {
            let tunnel_at = path.key("cloudflareTunnel");
            scope
                .required(&tunnel_at, "secret", &tunnel.secret)
                .cloned()
                .and_then(|secret| scope.secret_name(&tunnel_at.key("secret"), &secret))
                .map(|secret| WayIn::CloudflareTunnel { secret })
        }
        (None, None) => {
            scope.error(
                "missing-field",
                &path,
                "no way in for webhooks: write `gateway` or `cloudflareTunnel`",
            );
            None
        }
        (Some(_), Some(_)) => {
            let finding = scope.finding(
                "exactly-one",
                &path.key("cloudflareTunnel"),
                "webhooks have two ways in; keep `gateway` or `cloudflareTunnel`",
            );
            let finding = scope.related(finding, &path.key("gateway"), "the other one");
            scope.push(finding);
            None
        }
    };
    let max_payload_bytes = events.max_payload_bytes.unwrap_or(1 << 20);
    if !(64 << 10..=32 << 20).contains(&max_payload_bytes) {
        scope.error(
            "out-of-range",
            &path.key("maxPayloadBytes"),
            format!("`maxPayloadBytes` is {max_payload_bytes}; write 65536 to 33554432"),
        );
    }
    Some(Events {
        host: host?,
        way: way?,
        max_payload_bytes,
    })
}

fn kpack(
    scope: &mut Scope<'_>,
    at: &Path,
    input: Option<&input::KpackBuilder>,
    registries: &Defined<Registry>,
    section: &Path,
) -> Option<KpackBuilder> {
    let input = input?;
    let registry = scope.resolve(
        "registry",
        &at.key("registry"),
        input.registry.as_deref(),
        section,
        registries,
    );
    let buildpacks = input
        .buildpacks
        .clone()
        .unwrap_or_else(|| vec![Buildpack::PythonUv]);
    if buildpacks.is_empty() {
        scope.error(
            "missing-field",
            &at.key("buildpacks"),
            "a builder has at least one buildpack",
        );
    }
    Some(KpackBuilder {
        stack: input.stack.unwrap_or(Stack::Al2023),
        buildpacks,
        registry: registry?,
    })
}

fn railpack(
    scope: &mut Scope<'_>,
    at: &Path,
    input: Option<&input::RailpackBuilder>,
    registries: &Defined<Registry>,
    section: &Path,
) -> Option<RailpackBuilder> {
    let input = input?;
    let registry = scope.resolve(
        "registry",
        &at.key("registry"),
        input.registry.as_deref(),
        section,
        registries,
    );
    let version = input.version.as_deref().unwrap_or(RAILPACK_VERSION);
    let is_release = version.strip_prefix('v').is_some_and(|rest| {
        let mut parts = rest.split('.');
        parts
            .by_ref()
            .take(3)
            .filter(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
            .count()
            == 3
            && parts.next().is_none()
    });
    if !is_release {
        scope.error(
            "image",
            &at.key("version"),
            format!(
                "`{version}` is no release of railpack; write one such as `{RAILPACK_VERSION}`"
            ),
        );
    }
    for (i, toleration) in input.nodes.tolerations.iter().enumerate() {
        label_key(
            scope,
            &at.key("nodes").key("tolerations").index(i),
            toleration,
        );
    }
    for (key, value) in &input.nodes.selector {
        let path = at.key("nodes").key("selector").key(key);
        label_key(scope, &path, key);
        label_value(scope, &path, value);
    }
    let (cpu, memory) = resources(scope, &at.key("resources"), &input.resources, "1", "4Gi");
    let timeout_minutes = input.timeout_minutes.unwrap_or(45);
    if !(5..=360).contains(&timeout_minutes) {
        scope.error(
            "out-of-range",
            &at.key("timeoutMinutes"),
            format!("`timeoutMinutes` is {timeout_minutes}; write 5 to 360"),
        );
    }
    Some(RailpackBuilder {
        version: ImageTag::new(version).ok()?,
        registry: registry?,
        layout: input.layout.unwrap_or(Layout::Combined),
        selector: input.nodes.selector.clone(),
        tolerations: input.nodes.tolerations.clone(),
        cpu: cpu?,
        memory: memory?,
        timeout_minutes,
    })
}

/// A key of a label or taint: an optional DNS prefix and a name of at most 63 (Kubernetes `IsQualifiedName`).
pub(super) fn label_key(scope: &mut Scope<'_>, at: &Path, key: &str) {
    let (prefix, name) = key
        .rsplit_once('/')
        .map_or((None, key), |(prefix, name)| (Some(prefix), name));
    let prefix_is_fine = prefix.is_none_or(|prefix| ResourceName::new(prefix).is_ok());
    if !prefix_is_fine || !is_label_text(name) || name.is_empty() {
        scope.error("name", at, format!("`{key}` is no key of a label or taint; write one such as `pool` or `example.com/pool`"));
    }
}

fn label_value(scope: &mut Scope<'_>, at: &Path, value: &str) {
    if !is_label_text(value) {
        scope.error(
            "name",
            at,
            format!(
                "`{value}` is no value of a label (letters, digits, `-`, `_` and `.`, at most 63)"
            ),
        );
    }
}

fn is_label_text(text: &str) -> bool {
    let is_end = |c: char| c.is_ascii_alphanumeric();
    text.is_empty()
        || (text.len() <= crate::names::MAX_LABEL
            && text.starts_with(is_end)
            && text.ends_with(is_end)
            && text
                .chars()
                .all(|c| is_end(c) || matches!(c, '-' | '_' | '.')))
}

/// CPU and memory, with defaults.
pub(super) fn resources(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &input::Resources,
    cpu: &str,
    memory: &str,
) -> (Option<Quantity>, Option<Quantity>) {
    let mut quantity = |key: &str, value: &Option<String>, default: &str| match value {
        Some(value) => scope.name("quantity", &at.key(key), value, Quantity::new),
        None => Quantity::new(default).ok(),
    };
    (
        quantity("cpu", &input.cpu, cpu),
        quantity("memory", &input.memory, memory),
    )
}

fn images(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &IndexMap<String, String>,
) -> IndexMap<String, ImageRef> {
    let mut images = IndexMap::new();
    for (tool, image) in input {
        let path = at.key(tool);
        if !TOOLS.contains(&tool.as_str()) {
            let finding = scope.finding(
                "unknown-reference",
                &path,
                format!("no tool is called `{tool}`"),
            );
            let help = match did_you_mean(tool, TOOLS) {
                Some(near) => format!("write `{near}`"),
                None => format!(
                    "the tools are {}",
                    TOOLS.map(|tool| format!("`{tool}`")).join(", ")
                ),
            };
            scope.push(finding.help(help));
        }
        if let Some(image) = scope.name("image", &path, image, ImageRef::new) {
            images.insert(tool.clone(), image);
        }
    }
    images
}

fn egress(
    scope: &mut Scope<'_>,
    at: &Path,
    input: Option<&input::RegistryEgress>,
) -> Option<Egress> {
    let Some(input) = input else {
        return Some(Egress::Anywhere);
    };
    match (&input.cidrs, &input.cilium_fqdns, &input.proxy) {
        (Some(cidrs), None, None) => {
            let path = at.key("cidrs");
            if cidrs.is_empty() {
                scope.error(
                    "missing-field",
                    &path,
                    "no address range is given: builds could reach nothing",
                );
            }
            let cidrs: Vec<_> = cidrs
                .iter()
                .enumerate()
                .map(|(i, cidr)| scope.name("cidr", &path.index(i), cidr, Cidr::new))
                .collect();
            cidrs.into_iter().collect::<Option<_>>().map(Egress::Cidrs)
        }
        (None, Some(fqdns), None) => {
            let path = at.key("ciliumFqdns");
            if fqdns.is_empty() {
                scope.error(
                    "missing-field",
                    &path,
                    "no host name is given: builds could reach nothing",
                );
            }
            for (i, fqdn) in fqdns.iter().enumerate() {
                let plain = fqdn.replace("**.", "x.").replace('*', "x");
                scope.name("host", &path.index(i), &plain, HostName::new);
            }
            Some(Egress::CiliumFqdns(fqdns.clone()))
        }
        (None, None, Some(proxy)) => {
            let path = at.key("proxy");
            let url = scope.required_name("url", &path, "url", &proxy.url, HttpUrl::new);
            let cidr = scope.required_name("cidr", &path, "cidr", &proxy.cidr, Cidr::new);
            Some(Egress::Proxy {
                url: url?,
                cidr: cidr?,
                no_proxy: proxy.no_proxy.clone(),
            })
        }
        _ => {
            scope.error(
                "exactly-one",
                at,
                "write exactly one of `cidrs`, `ciliumFqdns` and `proxy`",
            );
            None
        }
    }
}

fn trust(scope: &mut Scope<'_>, at: &Path, input: &input::Trust) -> Trust {
    let certificate_authority =
        scope.optional_secret(at, "certificateAuthority", &input.certificate_authority);
    let path = at.key("packageMirror");
    let mirror = input.package_mirror.as_ref();
    if mirror.is_some_and(|mirror| mirror.python.is_none()) {
        scope.error(
            "missing-field",
            &path,
            format!("`python` is missing from `{path}`"),
        );
    }
    Trust {
        certificate_authority,
        python_mirror: mirror
            .and_then(|mirror| mirror.python.as_ref())
            .and_then(|url| scope.name("url", &path.key("python"), url, HttpUrl::new)),
        netrc: mirror.and_then(|mirror| scope.optional_secret(&path, "netrc", &mirror.netrc)),
    }
}

fn external_secrets(
    scope: &mut Scope<'_>,
    at: &Path,
    input: Option<&input::ExternalSecrets>,
    platform: Option<&DnsLabel>,
) -> Option<ExternalSecrets> {
    let input = input?;
    let store = scope.required_name("name", at, "store", &input.store, ResourceName::new);
    let refresh = input.refresh.clone().unwrap_or_else(|| "1h".to_owned());
    let is_duration = refresh
        .strip_suffix(['s', 'm', 'h'])
        .is_some_and(|number| number.parse::<u32>().is_ok_and(|number| number > 0));
    if !is_duration {
        scope.error(
            "duration",
            &at.key("refresh"),
            format!("`{refresh}` is no duration; write one such as `1h` or `30m`"),
        );
    }
    let prefix = input
        .prefix
        .clone()
        .or_else(|| platform.map(ToString::to_string))?;
    if !prefix.is_empty() && RelativePath::new(prefix.as_str()).is_err() {
        scope.error(
            "name",
            &at.key("prefix"),
            format!("`{prefix}` is no prefix of keys; write words joined by `/`"),
        );
    }
    Some(ExternalSecrets {
        store: store?,
        prefix,
        refresh,
    })
}

fn report(scope: &mut Scope<'_>, at: &Path, input: Option<&input::Report>) -> Option<Report> {
    let input = input?;
    let url = scope.required_name("url", at, "url", &input.url, HttpUrl::new);
    let secret = scope
        .required(at, "secret", &input.secret)
        .cloned()
        .and_then(|secret| scope.secret_name(&at.key("secret"), &secret));
    Some(Report {
        url: url?,
        secret: secret?,
    })
}

/// Environment variables with checked names; credentials among the values are refused.
pub(super) fn variables(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &IndexMap<String, String>,
) -> IndexMap<EnvironmentVariable, String> {
    let mut variables = IndexMap::new();
    for (key, value) in input {
        let path = at.key(key);
        scope.refuse_credential(&path, key, value);
        if let Some(name) = scope.name("name", &path, key, EnvironmentVariable::new) {
            variables.insert(name, value.clone());
        }
    }
    variables
}
