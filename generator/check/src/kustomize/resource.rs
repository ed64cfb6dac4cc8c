//! Resources and the names that they have had.

use std::collections::HashMap;
use std::sync::Arc;

use luban_diagnostic::Place;

use crate::objects::Entry;

/// Group, version and kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Gvk {
    pub(super) group: String,
    pub(super) version: String,
    pub(super) kind: String,
}

impl Gvk {
    pub(super) fn new(api_version: &str, kind: &str) -> Self {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        Self {
            group: group.to_owned(),
            version: version.to_owned(),
            kind: kind.to_owned(),
        }
    }

    /// Whether kustomize knows that objects of this kind are in no namespace; of custom kinds it knows nothing.
    pub(super) fn is_of_cluster(&self) -> bool {
        match self.group.as_str() {
            "" => matches!(
                self.kind.as_str(),
                "Namespace" | "Node" | "PersistentVolume" | "ComponentStatus"
            ),
            "rbac.authorization.k8s.io" => {
                matches!(self.kind.as_str(), "ClusterRole" | "ClusterRoleBinding")
            }
            "apiextensions.k8s.io" => self.kind == "CustomResourceDefinition",
            "apiregistration.k8s.io" => self.kind == "APIService",
            "storage.k8s.io" => matches!(
                self.kind.as_str(),
                "StorageClass" | "CSIDriver" | "CSINode" | "VolumeAttachment"
            ),
            "scheduling.k8s.io" => self.kind == "PriorityClass",
            "node.k8s.io" => self.kind == "RuntimeClass",
            "networking.k8s.io" => self.kind == "IngressClass",
            "admissionregistration.k8s.io" | "flowcontrol.apiserver.k8s.io" => true,
            "certificates.k8s.io" => self.kind == "CertificateSigningRequest",
            _ => false,
        }
    }
}

/// A name and a namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) name: Arc<str>,
    pub(super) namespace: Arc<str>,
}

/// Where a resource comes from.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// A document, by its place among all.
    Entry(usize),
    /// A generator.
    Generator(Option<Place>),
}

/// A resource of a kustomization.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) gvk: Arc<Gvk>,
    /// Kinds that it had before a patch changed it.
    pub(super) kinds_before: Vec<Arc<Gvk>>,
    pub(super) is_of_cluster: bool,
    pub(super) current: Name,
    /// Earlier names, the original first.
    pub(super) before: Vec<Name>,
    pub(super) origin: Origin,
    /// Whether its content is not what its document says any more, labels and names apart.
    pub(super) is_changed: bool,
    /// Whether labels, annotations or a namespace were added.
    pub(super) has_metadata_added: bool,
    /// Images that kustomize can change; none if they were never asked for.
    pub(super) images: Arc<Vec<String>>,
}

/// A name among names: what must be one of a kind.
pub(super) type Key = (Arc<Gvk>, Arc<str>, String);

impl Resource {
    pub(super) fn of(
        entry: &Entry,
        position: usize,
        gvk: Arc<Gvk>,
        images: Arc<Vec<String>>,
    ) -> Self {
        let text = |field: &str| {
            let path = entry.path.key("metadata").key(field);
            Arc::from(entry.document.text_at(&path).unwrap_or_default())
        };
        let is_of_cluster = gvk.is_of_cluster();
        Self {
            gvk,
            kinds_before: Vec::new(),
            is_of_cluster,
            current: Name {
                name: text("name"),
                namespace: text("namespace"),
            },
            before: Vec::new(),
            origin: Origin::Entry(position),
            is_changed: false,
            has_metadata_added: false,
            images,
        }
    }

    /// Its first name.
    pub(super) fn original(&self) -> &Name {
        self.before.first().unwrap_or(&self.current)
    }

    /// All names that it has and had.
    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        self.before.iter().chain([&self.current])
    }

    /// Keeps the present name among the earlier ones.
    pub(super) fn remember(&mut self) {
        if self.before.last() != Some(&self.current) {
            self.before.push(self.current.clone());
        }
    }

    /// Makes it of another kind or version.
    pub(super) fn become_kind(&mut self, change: impl FnOnce(&mut Gvk)) {
        self.remember();
        let mut gvk = (*self.gvk).clone();
        change(&mut gvk);
        self.is_of_cluster = gvk.is_of_cluster();
        self.kinds_before
            .push(std::mem::replace(&mut self.gvk, Arc::new(gvk)));
    }

    /// The namespace that counts: `default` is none.
    pub(super) fn namespace<'n>(&self, name: &'n Name) -> &'n str {
        effective(self.is_of_cluster, &name.namespace)
    }

    pub(super) fn key(&self) -> Key {
        (
            Arc::clone(&self.gvk),
            Arc::clone(&self.current.name),
            self.namespace(&self.current).to_owned(),
        )
    }

    /// Whether one of its names is this one.
    pub(super) fn is_called(&self, gvk: &Gvk, name: &str, namespace: &str) -> bool {
        let is_own = |own: &Name| {
            &*own.name == name && self.namespace(own) == effective(self.is_of_cluster, namespace)
        };
        self.names().any(is_own)
            && (*self.gvk == *gvk || self.kinds_before.iter().any(|before| **before == *gvk))
    }

    /// ``Deployment `web` ``
    pub(super) fn shown(&self) -> String {
        format!("{} `{}`", self.gvk.kind, self.current.name)
    }
}

fn effective(is_of_cluster: bool, namespace: &str) -> &str {
    match namespace {
        _ if is_of_cluster => "_non_namespaceable_",
        "" => "default",
        namespace => namespace,
    }
}

/// The resources of a kustomization, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Set {
    pub(super) list: Vec<Resource>,
    /// Whether there are more than are known.
    pub(super) is_open: bool,
    /// Whether images are looked for in more fields than are known.
    pub(super) has_unknown_images: bool,
    keys: HashMap<Key, usize>,
}

impl Set {
    /// Adds a resource; the one of the same name is in its way.
    pub(super) fn add(&mut self, resource: Resource) -> Result<(), usize> {
        let key = resource.key();
        if let Some(other) = self.keys.get(&key) {
            return Err(*other);
        }
        self.keys.insert(key, self.list.len());
        self.list.push(resource);
        Ok(())
    }

    /// Finds by name again after names have changed; gives the pairs of those that have the same now.
    pub(super) fn renamed(&mut self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        self.keys.clear();
        for (at, resource) in self.list.iter().enumerate() {
            if let Some(other) = self.keys.get(&resource.key()) {
                pairs.push((*other, at));
            } else {
                self.keys.insert(resource.key(), at);
            }
        }
        pairs
    }

    /// Resources by each name that they have and had.
    pub(super) fn by_name(&self) -> HashMap<Arc<str>, Vec<usize>> {
        let mut by_name: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
        for (at, resource) in self.list.iter().enumerate() {
            for name in resource.names() {
                let positions = by_name.entry(Arc::clone(&name.name)).or_default();
                if positions.last() != Some(&at) {
                    positions.push(at);
                }
            }
        }
        by_name
    }
}
