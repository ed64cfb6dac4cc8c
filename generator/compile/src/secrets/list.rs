//! Which Secrets the platform needs, where, and with which keys.

use super::{HASH_KEY, HASH_KEY_KEY, SecretNeed, build_secret, kind};
use crate::Context;
use crate::dispatch;
use crate::names::{self, CA_CERTIFICATE, WEBHOOK_TOKEN};
use crate::policies;
use luban_platform::Platform;
use luban_platform::derived;
use luban_platform::model::{
    Application, Build, Cluster, Project, Provider, ProviderKind, Registry, WayIn,
};
use std::collections::BTreeMap;

const BASIC_AUTH_KEYS: &[&str] = &["username", "password"];
const DOCKER_KEYS: &[&str] = &[".dockerconfigjson"];
const COSIGN_KEYS: &[&str] = &["cosign.key", "cosign.password", COSIGN_PUBLIC];
const NETRC_KEYS: &[&str] = &[".netrc"];

/// The public key of a key pair of cosign.
const COSIGN_PUBLIC: &str = "cosign.pub";

/// Every Secret that `platform` needs, each once, by cluster, namespace and name.
pub(crate) fn needed(context: &Context<'_>) -> Vec<SecretNeed> {
    let mut list = List::default();
    own_namespaces(context, &mut list);
    for project in &context.platform.projects {
        project_namespaces(context, project, &mut list);
        signatures(context.platform, project, &mut list);
    }
    list.0.into_values().collect()
}

/// Those in namespaces of the platform itself.
pub(crate) fn of_platform(context: &Context<'_>) -> Vec<SecretNeed> {
    let mut list = List::default();
    own_namespaces(context, &mut list);
    list.0.into_values().collect()
}

/// Those in namespaces of a project.
pub(crate) fn of_project(context: &Context<'_>, project: &Project) -> Vec<SecretNeed> {
    let mut list = List::default();
    project_namespaces(context, project, &mut list);
    list.0.into_values().collect()
}

/// Those of policy-controller on a cluster.
pub(crate) fn of_policies(platform: &Platform, cluster: &Cluster) -> Vec<SecretNeed> {
    let mut list = List::default();
    for project in &platform.projects {
        signatures(platform, project, &mut list);
    }
    let all = list.0.into_values();
    all.filter(|need| need.cluster == cluster.name.as_str())
        .collect()
}

/// The cluster that builds and events run on.
fn delivery(platform: &Platform) -> &str {
    platform
        .clusters
        .iter()
        .find(|cluster| cluster.is_delivery())
        .map_or("", |cluster| cluster.name.as_str())
}

fn project_namespaces(context: &Context<'_>, project: &Project, list: &mut List) {
    let platform = context.platform;
    let delivery = delivery(platform);
    ci(
        context,
        project,
        &mut list.at(delivery, &derived::ci_namespace(project)),
    );
    if derived::has_build_namespace(project) {
        build(
            context,
            project,
            &mut list.at(delivery, &derived::build_namespace(project)),
        );
    }
    for environment in &platform.environments {
        let namespace = derived::runtime_namespace(project, environment);
        runtime(
            project,
            &mut list.at(environment.cluster.name.as_str(), &namespace),
        );
    }
}

fn signatures(platform: &Platform, project: &Project, list: &mut List) {
    for environment in &platform.environments {
        if let Some(key) = policies::key_in_secret(project, environment) {
            let mut at = list.at(environment.cluster.name.as_str(), names::POLICY_CONTROLLER);
            let purpose = format!("check signatures of the images of {}", project.name);
            at.need(key.as_str(), kind::OPAQUE, &[COSIGN_PUBLIC], purpose);
        }
    }
}

fn own_namespaces(context: &Context<'_>, list: &mut List) {
    let platform = context.platform;
    let delivery = delivery(platform);
    let mut events = list.at(delivery, names::EVENTS);
    for provider in &platform.providers {
        let purpose = format!("authenticate webhooks of {}", provider.name);
        events.need(
            provider.webhook.as_str(),
            kind::OPAQUE,
            &[WEBHOOK_TOKEN],
            purpose,
        );
    }
    if let WayIn::CloudflareTunnel { secret } = &platform.events.way {
        events.need(
            secret.as_str(),
            kind::OPAQUE,
            &["token"],
            "open the Cloudflare Tunnel",
        );
    }
    let tools = &context.pull_of_tools;
    for namespace in [names::EVENTS, names::DISPATCH] {
        pull_tools(tools, &mut list.at(delivery, namespace));
    }
    let mut dispatch = list.at(delivery, names::DISPATCH);
    for provider in dispatch::asked(platform) {
        let purpose = format!("ask {} which files a push changed", provider.name);
        dispatch.credentials(provider.credentials.as_str(), purpose);
        certificates(provider, &mut dispatch);
    }
    let Some(kpack) = &platform.kpack else { return };
    list.at(delivery, names::SYSTEM).docker(
        kpack.registry.push.as_str(),
        format!("push the kpack builder to {}", kpack.registry.host),
    );
    let mut stack = list.at(delivery, names::STACK);
    pull_tools(tools, &mut stack);
    stack.docker(
        kpack.registry.push.as_str(),
        format!("push the kpack stack to {}", kpack.registry.host),
    );
    trust(platform, &mut stack);
}

/// What runs of a project need wherever they are: `-ci` and `-build` alike.
fn runs(context: &Context<'_>, project: &Project, at: &mut At<'_>) {
    let platform = context.platform;
    at.credentials(
        platform.gitops.credentials.as_str(),
        format!("write releases to {}", platform.gitops.repository),
    );
    certificates(&platform.gitops.provider, at);
    push(&project.registry, at);
    trust(platform, at);
    pull_tools(&context.pull_of_tools, at);
    if let Some(sign) = &project.sign {
        at.need(
            sign.key.as_str(),
            kind::OPAQUE,
            COSIGN_KEYS,
            "sign images and check signatures",
        );
    }
    if let Some(webhook) = &platform.report.webhook {
        let purpose = format!("sign reports to {}", webhook.url.host());
        at.need(webhook.secret.as_str(), kind::OPAQUE, &["key"], purpose);
    }
    // The source's provider hears of builds, and of what a release is newer than.
    let provider = &project.provider;
    at.credentials(
        provider.credentials.as_str(),
        format!("read sources and report at {}", provider.name),
    );
    certificates(provider, at);
}

fn ci(context: &Context<'_>, project: &Project, at: &mut At<'_>) {
    let platform = context.platform;
    runs(context, project, at);
    let is_kpack = |application: &Application| matches!(application.build, Build::Kpack(_));
    if !project.applications.iter().any(is_kpack) {
        return;
    }
    // kpack finds Git credentials by this annotation; registries' need none of their type (kpack v0.17 `docs/secrets.md`).
    at.annotate(
        project.provider.credentials.as_str(),
        "kpack.io/git",
        host_url(&project.provider),
    );
    if let Some(pull) = platform
        .kpack
        .as_ref()
        .and_then(|kpack| kpack.registry.pull.as_ref())
    {
        at.docker(pull.as_str(), "pull the kpack builder");
    }
    // Buildpacks are given trust as service bindings: a key `type` says of which sort.
    if let Some(ca) = &platform.trust.certificate_authority {
        at.bind(ca.as_str(), kind::CA_BINDING, "ca-certificates");
    }
    if let Some(netrc) = &platform.trust.netrc {
        at.need(
            netrc.as_str(),
            kind::OPAQUE,
            NETRC_KEYS,
            "read the package mirror",
        );
        at.bind(netrc.as_str(), kind::NETRC_BINDING, "netrc");
    }
}

fn build(context: &Context<'_>, project: &Project, at: &mut At<'_>) {
    runs(context, project, at);
    let mut has_secrets = false;
    for application in &project.applications {
        let Build::Railpack(railpack) = &application.build else {
            continue;
        };
        if railpack.secrets.is_empty() {
            continue;
        }
        has_secrets = true;
        let keys: Vec<&str> = railpack.secrets.iter().map(|name| name.as_str()).collect();
        let name = build_secret(application.name.as_str());
        at.need(
            &name,
            kind::OPAQUE,
            &keys,
            format!("build {}", application.name),
        );
    }
    if has_secrets {
        let purpose =
            "make hashes of build secrets that nobody can guess them from; 32 random bytes";
        at.need(HASH_KEY, kind::OPAQUE, &[HASH_KEY_KEY], purpose);
    }
}

fn runtime(project: &Project, at: &mut At<'_>) {
    if let Some(pull) = &project.registry.pull {
        at.docker(
            pull.as_str(),
            format!("pull images from {}", project.registry.host),
        );
    }
    for application in &project.applications {
        for secret in application.deploy.iter().flat_map(|deploy| &deploy.secrets) {
            let purpose = format!("environment variables of {}", application.name);
            at.need(secret.as_str(), kind::OPAQUE, &[], purpose);
        }
    }
}

fn push(registry: &Registry, at: &mut At<'_>) {
    at.docker(
        registry.push.as_str(),
        format!("push images to {}", registry.host),
    );
}

fn pull_tools(secrets: &[&str], at: &mut At<'_>) {
    for secret in secrets {
        at.docker(secret, "pull images of the platform's tools");
    }
}

fn certificates(provider: &Provider, at: &mut At<'_>) {
    if let Some(ca) = &provider.certificate_authority {
        at.need(
            ca.as_str(),
            kind::OPAQUE,
            &[CA_CERTIFICATE],
            format!("trust {}", provider.name),
        );
    }
}

fn trust(platform: &Platform, at: &mut At<'_>) {
    if let Some(ca) = &platform.trust.certificate_authority {
        at.need(
            ca.as_str(),
            kind::OPAQUE,
            &[CA_CERTIFICATE],
            "trust what builds talk to",
        );
    }
}

/// Scheme and host of a provider, as kpack compares it with the URL that it clones.
fn host_url(provider: &Provider) -> String {
    match &provider.kind {
        ProviderKind::GitHub { url, .. }
        | ProviderKind::AzureDevOpsServer { url, .. }
        | ProviderKind::Gitea { url, .. } => {
            let (scheme, rest) = url.as_str().split_once("://").unwrap_or(("https", ""));
            format!("{scheme}://{}", rest.split('/').next().unwrap_or_default())
        }
        ProviderKind::AzureDevOpsServices { .. } => "https://dev.azure.com".to_owned(),
    }
}

/// Needs by cluster, namespace and name.
#[derive(Default)]
struct List(BTreeMap<(String, String, String), SecretNeed>);

impl List {
    fn at<'a>(&'a mut self, cluster: &'a str, namespace: &'a str) -> At<'a> {
        At {
            list: self,
            cluster,
            namespace,
        }
    }
}

/// A namespace of the list.
struct At<'a> {
    list: &'a mut List,
    cluster: &'a str,
    namespace: &'a str,
}

impl At<'_> {
    /// Adds a Secret, or keys and a purpose to the one of that name.
    fn need(&mut self, name: &str, type_: &'static str, keys: &[&str], purpose: impl Into<String>) {
        let need = self.entry(name, type_);
        if need.type_ == kind::OPAQUE {
            need.type_ = type_;
        }
        for key in keys {
            if !need.keys.iter().any(|known| known == key) {
                need.keys.push((*key).to_owned());
            }
        }
        let purpose = purpose.into();
        if !need.purposes.contains(&purpose) {
            need.purposes.push(purpose);
        }
    }

    fn credentials(&mut self, secret: &str, purpose: String) {
        self.need(secret, kind::BASIC_AUTH, BASIC_AUTH_KEYS, purpose);
    }

    fn docker(&mut self, name: &str, purpose: impl Into<String>) {
        self.need(name, kind::DOCKER, DOCKER_KEYS, purpose);
    }

    fn annotate(&mut self, name: &str, key: &'static str, value: String) {
        self.entry(name, kind::OPAQUE)
            .annotations
            .insert(key, value);
    }

    fn bind(&mut self, name: &str, type_: &'static str, sort: &'static str) {
        let need = self.entry(name, type_);
        need.type_ = type_;
        need.literals.insert("type", sort);
    }

    fn entry(&mut self, name: &str, type_: &'static str) -> &mut SecretNeed {
        let key = (
            self.cluster.to_owned(),
            self.namespace.to_owned(),
            name.to_owned(),
        );
        self.list
            .0
            .entry(key)
            .or_insert_with_key(|(cluster, namespace, name)| SecretNeed {
                cluster: cluster.clone(),
                namespace: namespace.clone(),
                name: name.clone(),
                type_,
                keys: Vec::new(),
                literals: BTreeMap::new(),
                annotations: BTreeMap::new(),
                purposes: Vec::new(),
            })
    }
}
