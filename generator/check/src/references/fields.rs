//! References that are fields of one kind.

use luban_yaml::Cursor;

use super::target::{Target, group_of};
use super::walk::Reference;
use crate::objects::Entry;

type Found<'f, 'a> = &'f mut Vec<Reference<'a>>;

/// The references that only the entry's kind has.
pub(crate) fn fields<'a>(entry: &'a Entry, node: Cursor<'a>, found: Found<'_, 'a>) {
    let Some(spec) = node.get("spec").or(Some(node)) else {
        return;
    };
    let kind = entry.name.kind.as_str();
    match (group_of(&entry.name.api_version), kind) {
        ("networking.k8s.io", "Ingress") => ingress(node, spec, found),
        ("gateway.networking.k8s.io", "Gateway") => gateway(node, spec, found),
        ("gateway.networking.k8s.io", _) if kind.ends_with("Route") => route(spec, found),
        ("autoscaling", "HorizontalPodAutoscaler") => scaled(spec, None, found),
        ("keda.sh", "ScaledObject") => scaled(spec, Some("Deployment"), found),
        ("rbac.authorization.k8s.io", "RoleBinding" | "ClusterRoleBinding") => binding(node, found),
        ("apps", "StatefulSet") => {
            found.extend(
                spec.get("serviceName")
                    .and_then(|name| Reference::new(Target::Service, name)),
            );
        }
        ("", "ServiceAccount") => {
            for secret in items(node, "secrets").filter_map(|item| item.get("name")) {
                found.extend(Reference::new(Target::Secret, secret));
            }
        }
        ("kpack.io", _) => kpack(kind, spec, found),
        ("kueue.x-k8s.io", "LocalQueue") => {
            found.extend(
                spec.get("clusterQueue")
                    .and_then(|name| custom(Target::ClusterQueue, name)),
            );
        }
        ("kueue.x-k8s.io", "ClusterQueue") => {
            let flavors = items(spec, "resourceGroups").flat_map(|group| items(group, "flavors"));
            for name in flavors.filter_map(|flavor| flavor.get("name")) {
                found.extend(custom(Target::ResourceFlavor, name));
            }
        }
        ("external-secrets.io", "ExternalSecret") => {
            let all = items(spec, "data").chain(items(spec, "dataFrom"));
            let stores = all.filter_map(|item| item.at(&["sourceRef", "storeRef"]));
            for store in spec.get("secretStoreRef").into_iter().chain(stores) {
                let target = match store.text_at(&["kind"]).unwrap_or("SecretStore") {
                    "SecretStore" => Target::SecretStore,
                    "ClusterSecretStore" => Target::ClusterSecretStore,
                    _ => continue,
                };
                found.extend(store.get("name").and_then(|name| custom(target, name)));
            }
        }
        ("cert-manager.io", "Certificate" | "CertificateRequest") => {
            let Some(issuer) = spec.get("issuerRef") else {
                return;
            };
            let group = issuer.text_at(&["group"]).unwrap_or("cert-manager.io");
            let kind = issuer.text_at(&["kind"]).unwrap_or("Issuer");
            if let Some(target) = Target::of(group, kind) {
                found.extend(issuer.get("name").and_then(|name| custom(target, name)));
            }
        }
        _ => {}
    }
}

fn items<'a>(node: Cursor<'a>, field: &str) -> impl Iterator<Item = Cursor<'a>> + use<'a> {
    node.get(field).into_iter().flat_map(|list| list.values())
}

/// A reference in a field that kustomize does not know.
fn custom(target: Target, name: Cursor<'_>) -> Option<Reference<'_>> {
    Reference::new(target, name).map(|reference| Reference {
        is_renamed: false,
        ..reference
    })
}

fn has_annotation(node: Cursor<'_>, part: &str) -> bool {
    let annotations = node.at(&["metadata", "annotations"]).into_iter();
    let mut keys = annotations
        .flat_map(|node| node.entries())
        .map(|(key, _)| key.text());
    keys.any(|key| key.contains(part))
}

fn ingress<'a>(node: Cursor<'a>, spec: Cursor<'a>, found: Found<'_, 'a>) {
    let paths = items(spec, "rules")
        .filter_map(|rule| rule.get("http"))
        .flat_map(|http| items(http, "paths"));
    let backends = paths
        .filter_map(|path| path.get("backend"))
        .chain(spec.get("defaultBackend"));
    for service in backends.filter_map(|backend| backend.get("service")) {
        let port = service.get("port");
        let port = port.and_then(|port| port.get("number").or_else(|| port.get("name")));
        // What annotations of a controller define, such as `use-annotation` of the AWS one.
        if port.and_then(|port| port.text()) == Some("use-annotation") {
            continue;
        }
        let reference = service
            .get("name")
            .and_then(|name| Reference::new(Target::Service, name));
        found.extend(reference.map(|reference| reference.with(port)));
    }
    // A certificate's Secret is made where something is asked to make it.
    if !has_annotation(node, "cert-manager.io/") && !has_annotation(node, "tls-acme") {
        for secret in items(spec, "tls").filter_map(|tls| tls.get("secretName")) {
            found.extend(Reference::new(Target::Secret, secret));
        }
    }
    let annotations = node.at(&["metadata", "annotations"]);
    for (key, target) in [
        ("cert-manager.io/cluster-issuer", Target::ClusterIssuer),
        ("cert-manager.io/issuer", Target::Issuer),
    ] {
        let has_kind = has_annotation(node, "cert-manager.io/issuer-group");
        let name = annotations
            .and_then(|node| node.get(key))
            .filter(|_| !has_kind);
        found.extend(name.and_then(|name| custom(target, name)));
    }
}

fn gateway<'a>(node: Cursor<'a>, spec: Cursor<'a>, found: Found<'_, 'a>) {
    if has_annotation(node, "cert-manager.io/") {
        return;
    }
    for tls in items(spec, "listeners").filter_map(|listener| listener.get("tls")) {
        for secret in items(tls, "certificateRefs") {
            if secret.text_at(&["kind"]).unwrap_or("Secret") == "Secret" {
                let reference = secret
                    .get("name")
                    .and_then(|name| custom(Target::Secret, name));
                let namespace = secret.text_at(&["namespace"]);
                found.extend(reference.map(|reference| reference.in_namespace(namespace)));
            }
        }
    }
}

fn route<'a>(spec: Cursor<'a>, found: Found<'_, 'a>) {
    for parent in items(spec, "parentRefs") {
        let kind = parent.text_at(&["kind"]).unwrap_or("Gateway");
        if kind == "Gateway"
            && parent
                .text_at(&["group"])
                .is_none_or(|group| group == "gateway.networking.k8s.io")
        {
            let reference = parent
                .get("name")
                .and_then(|name| custom(Target::Gateway, name));
            let namespace = parent.text_at(&["namespace"]);
            let section = parent.get("sectionName");
            found
                .extend(reference.map(|reference| reference.in_namespace(namespace).with(section)));
        }
    }
    for backend in items(spec, "rules").flat_map(|rule| items(rule, "backendRefs")) {
        let kind = backend.text_at(&["kind"]).unwrap_or("Service");
        if kind == "Service" && backend.text_at(&["group"]).unwrap_or_default().is_empty() {
            let reference = backend
                .get("name")
                .and_then(|name| custom(Target::Service, name));
            let namespace = backend.text_at(&["namespace"]);
            found.extend(
                reference
                    .map(|reference| reference.in_namespace(namespace).with(backend.get("port"))),
            );
        }
    }
}

fn scaled<'a>(spec: Cursor<'a>, default: Option<&str>, found: Found<'_, 'a>) {
    let Some(scaled) = spec.get("scaleTargetRef") else {
        return;
    };
    let target = match scaled.text_at(&["kind"]).or(default) {
        Some("Deployment") => Target::Deployment,
        Some("StatefulSet") => Target::StatefulSet,
        Some("ReplicaSet") => Target::ReplicaSet,
        Some("Rollout") => Target::Rollout,
        _ => return,
    };
    found.extend(
        scaled
            .get("name")
            .and_then(|name| Reference::new(target, name)),
    );
}

fn binding<'a>(node: Cursor<'a>, found: Found<'_, 'a>) {
    let role = node.get("roleRef");
    let target = match role.and_then(|role| role.text_at(&["kind"])) {
        Some("Role") => Some(Target::Role),
        Some("ClusterRole") => Some(Target::ClusterRole),
        _ => None,
    };
    let name = role.and_then(|role| role.get("name"));
    found.extend(
        target
            .zip(name)
            .and_then(|(target, name)| Reference::new(target, name)),
    );
    for subject in items(node, "subjects") {
        if subject.text_at(&["kind"]) == Some("ServiceAccount") {
            let reference = subject
                .get("name")
                .and_then(|name| Reference::new(Target::ServiceAccount, name));
            let namespace = subject.text_at(&["namespace"]);
            found.extend(reference.map(|reference| reference.in_namespace(namespace)));
        }
    }
}

fn kpack<'a>(kind: &str, spec: Cursor<'a>, found: Found<'_, 'a>) {
    let mut add = |target, name: Option<Cursor<'a>>, namespace| {
        let reference = name.and_then(|name| custom(target, name));
        found.extend(reference.map(|reference| reference.in_namespace(namespace)));
    };
    let account = spec.get("serviceAccountRef");
    let namespace = account.and_then(|account| account.text_at(&["namespace"]));
    add(
        Target::ServiceAccount,
        account.and_then(|account| account.get("name")),
        namespace,
    );
    match kind {
        "Image" => {
            let target = match spec.text_at(&["builder", "kind"]) {
                Some("Builder") => Target::Builder,
                Some("ClusterBuilder") => Target::ClusterBuilder,
                _ => return,
            };
            add(
                target,
                spec.at(&["builder", "name"]),
                spec.text_at(&["builder", "namespace"]),
            );
            if spec.get("serviceAccountName").is_none() {
                add(Target::ServiceAccount, spec.get("serviceAccount"), None);
            }
        }
        "Builder" | "ClusterBuilder" => {
            for (field, target) in [
                ("stack", Target::ClusterStack),
                ("store", Target::ClusterStore),
                ("lifecycle", Target::ClusterLifecycle),
            ] {
                add(target, spec.at(&[field, "name"]), None);
            }
            if kind == "Builder" && spec.get("serviceAccountName").is_none() {
                add(Target::ServiceAccount, spec.get("serviceAccount"), None);
            }
        }
        _ => {}
    }
}
