//! References wherever they stand: the fields of pods and containers, in any kind that has them, and selectors of keys.
//!
//! These fields have the same names and shapes in every API, so the tree is walked and not each type: a Deployment, a template
//! of a Workflow, a step of a Task and the pod of an operator's object alike.

use luban_yaml::Cursor;

use super::target::Target;

/// A reference to an object by its name.
#[derive(Debug)]
pub(crate) struct Reference<'a> {
    pub(crate) target: Target,
    pub(crate) name: &'a str,
    /// Where the name stands.
    pub(crate) node: Cursor<'a>,
    /// The namespace that it names, if not the object's own.
    pub(crate) namespace: Option<&'a str>,
    /// What it wants of that object: keys, a port, a listener.
    pub(crate) parts: Vec<Cursor<'a>>,
    /// Whether it may lead nowhere.
    pub(crate) is_optional: bool,
    /// Whether kustomize changes a name in that place.
    pub(crate) is_renamed: bool,
}

impl<'a> Reference<'a> {
    pub(crate) fn new(target: Target, node: Cursor<'a>) -> Option<Self> {
        let name = node.text().filter(|name| is_known(name))?;
        Some(Self {
            target,
            name,
            node,
            namespace: None,
            parts: Vec::new(),
            is_optional: false,
            is_renamed: true,
        })
    }

    pub(crate) fn in_namespace(mut self, namespace: Option<&'a str>) -> Self {
        self.namespace = namespace.filter(|namespace| !namespace.is_empty());
        self
    }

    pub(crate) fn with(mut self, part: Option<Cursor<'a>>) -> Self {
        self.parts.extend(part);
        self
    }

    fn optional(mut self, node: Cursor<'_>) -> Self {
        self.is_optional = node.text_at(&["optional"]) == Some("true");
        self
    }
}

/// Whether a text is what it will be: no variable of any kind.
pub(crate) fn is_known(text: &str) -> bool {
    !text.is_empty() && !text.contains(['{', '$', '<', '[', '(', '%', ' '])
}

/// Fields whose value is a name and a key of a Secret.
const SECRET_SELECTORS: &[&str] = &[
    "accessKey",
    "accessKeySecret",
    "accessSecret",
    "accessToken",
    "accountKeySecret",
    "apiKey",
    "apiToken",
    "authAthenzSecret",
    "authSecret",
    "authToken",
    "authTokenSecret",
    "caCertSecret",
    "caCertificate",
    "caSecret",
    "certSecret",
    "clientCertSecret",
    "clientIDSecret",
    "clientIdSecret",
    "clientKeySecret",
    "clientSecretSecret",
    "connectionString",
    "credential",
    "credentialSecret",
    "krbCCacheSecret",
    "krbKeytabSecret",
    "nkey",
    "oauthToken",
    "password",
    "passwordSecret",
    "privateKey",
    "secretKey",
    "secretKeyRef",
    "secretKeySecret",
    "secretToken",
    "serverCertSecret",
    "serverKeySecret",
    "serverSideCustomerKeySecret",
    "serviceAccountKeySecret",
    "sessionToken",
    "sessionTokenSecret",
    "sharedAccessKey",
    "sharedAccessKeyName",
    "signingSecret",
    "slackToken",
    "smtpPassword",
    "sshKeySecret",
    "sshPrivateKeySecret",
    "tlsTrustCertsSecret",
    "token",
    "tokenURLSecret",
    "urlSecret",
    "userSecret",
    "username",
    "usernameSecret",
    "webhookSecret",
];

/// Fields whose value is a name and a key of a ConfigMap.
const CONFIG_MAP_SELECTORS: &[&str] = &["configMapKeyRef", "configmap", "krbConfigConfigMap"];

/// Walks everything below a value.
pub(crate) fn walk<'a>(root: Cursor<'a>, left_out: &[Cursor<'a>], found: &mut Vec<Reference<'a>>) {
    let mut pending = vec![(root, "")];
    while let Some((node, field)) = pending.pop() {
        if left_out.iter().any(|left_out| left_out.is(node)) {
            continue;
        }
        if !node.is_mapping() {
            // Lists keep the field that they are the value of, for their items.
            pending.extend(node.values().map(|item| (item, field)));
            continue;
        }
        item(node, field, found);
        for (key, value) in node.entries() {
            let key = key.text();
            // What is said about an object, and what a definition or a policy says about others.
            if !matches!(
                key,
                "status" | "openAPIV3Schema" | "annotations" | "matchLabels"
            ) {
                value_of(key, value, node, found);
                pending.push((value, key));
            }
        }
    }
}

/// References in a mapping that is an item of the list in `field`.
fn item<'a>(node: Cursor<'a>, field: &str, found: &mut Vec<Reference<'a>>) {
    let mut add = |reference: Option<Reference<'a>>| found.extend(reference);
    match field {
        "envFrom" => {
            for (field, target) in [
                ("secretRef", Target::Secret),
                ("configMapRef", Target::ConfigMap),
            ] {
                let source = node.get(field);
                add(source.and_then(|source| {
                    Some(Reference::new(target, source.get("name")?)?.optional(source))
                }));
            }
        }
        "imagePullSecrets" => {
            add(node
                .get("name")
                .and_then(|name| Reference::new(Target::Secret, name)));
        }
        "volumes" | "workspaces" | "sources" => {
            for (field, target, name) in [
                ("secret", Target::Secret, "secretName"),
                ("secret", Target::Secret, "name"),
                ("configMap", Target::ConfigMap, "name"),
                ("persistentVolumeClaim", Target::Claim, "claimName"),
            ] {
                let Some(source) = node.get(field) else {
                    continue;
                };
                let reference = source
                    .get(name)
                    .and_then(|name| Reference::new(target, name));
                let mut reference = reference.map(|reference| reference.optional(source));
                if let Some(reference) = &mut reference {
                    let items = source
                        .get("items")
                        .into_iter()
                        .flat_map(|list| list.values());
                    reference
                        .parts
                        .extend(items.filter_map(|item| item.get("key")));
                }
                add(reference);
            }
        }
        _ => {}
    }
}

/// References in the value of a field.
fn value_of<'a>(key: &str, value: Cursor<'a>, parent: Cursor<'a>, found: &mut Vec<Reference<'a>>) {
    let by_name = match key {
        "serviceAccountName" => Some(Target::ServiceAccount),
        "priorityClassName" | "podPriorityClassName" => Some(Target::PriorityClass),
        "storageClassName" => Some(Target::StorageClass),
        "runtimeClassName" => Some(Target::RuntimeClass),
        "ingressClassName" => Some(Target::IngressClass),
        "kueue.x-k8s.io/queue-name" => Some(Target::LocalQueue),
        _ => None,
    };
    if let Some(target) = by_name {
        found.extend(Reference::new(target, value));
        return;
    }
    let secret = SECRET_SELECTORS
        .binary_search(&key)
        .is_ok()
        .then_some(Target::Secret);
    let selected = secret.or_else(|| {
        CONFIG_MAP_SELECTORS
            .contains(&key)
            .then_some(Target::ConfigMap)
    });
    if let Some(target) = selected {
        let (Some(name), Some(part)) = (value.get("name"), value.get("key")) else {
            return;
        };
        if part.text().is_none() {
            return;
        }
        let reference = Reference::new(target, name).map(|reference| {
            let namespace = value
                .text_at(&["namespace"])
                .or_else(|| parent.text_at(&["namespace"]));
            reference
                .in_namespace(namespace)
                .with(Some(part))
                .optional(value)
        });
        found.extend(reference);
        return;
    }
    // Interceptors of Tekton Triggers, under several names.
    if let (Some(name), Some(part)) = (value.get("secretName"), value.get("secretKey")) {
        found.extend(
            Reference::new(Target::Secret, name).map(|reference| reference.with(Some(part))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::SECRET_SELECTORS;

    #[test]
    fn fields_are_sorted_so_that_they_are_found() {
        assert!(SECRET_SELECTORS.is_sorted());
    }
}
