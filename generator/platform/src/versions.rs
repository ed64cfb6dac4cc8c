//! Versions that the clusters run, and what each of them can do.

use std::fmt;

/// A `major.minor` version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Major.
    pub major: u16,
    /// Minor.
    pub minor: u16,
}

impl Version {
    /// A version from its two numbers.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }

    /// Reads `major.minor`, with or without a leading `v`; nothing else is accepted.
    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.strip_prefix('v').unwrap_or(text).split_once('.')?;
        let is_number =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        (is_number(major) && is_number(minor)).then_some(())?;
        Some(Self {
            major: major.parse().ok()?,
            minor: minor.parse().ok()?,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

/// Something the clusters run whose version matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// Argo Workflows.
    ArgoWorkflows,
    /// Argo Events.
    ArgoEvents,
    /// Argo CD.
    ArgoCd,
    /// Tekton Pipelines.
    TektonPipelines,
    /// Tekton Triggers.
    TektonTriggers,
    /// Kargo.
    Kargo,
    /// kpack.
    Kpack,
    /// Kubernetes.
    Kubernetes,
}

impl Component {
    /// All of them, in the order of the file.
    pub const ALL: [Self; 8] = [
        Self::ArgoWorkflows,
        Self::ArgoEvents,
        Self::ArgoCd,
        Self::TektonPipelines,
        Self::TektonTriggers,
        Self::Kargo,
        Self::Kpack,
        Self::Kubernetes,
    ];

    /// Its key in `targets`.
    pub fn key(self) -> &'static str {
        match self {
            Self::ArgoWorkflows => "argoWorkflows",
            Self::ArgoEvents => "argoEvents",
            Self::ArgoCd => "argoCd",
            Self::TektonPipelines => "tektonPipelines",
            Self::TektonTriggers => "tektonTriggers",
            Self::Kargo => "kargo",
            Self::Kpack => "kpack",
            Self::Kubernetes => "kubernetes",
        }
    }

    /// Its name in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::ArgoWorkflows => "Argo Workflows",
            Self::ArgoEvents => "Argo Events",
            Self::ArgoCd => "Argo CD",
            Self::TektonPipelines => "Tekton Pipelines",
            Self::TektonTriggers => "Tekton Triggers",
            Self::Kargo => "Kargo",
            Self::Kpack => "kpack",
            Self::Kubernetes => "Kubernetes",
        }
    }

    /// Oldest and newest version that Luban compiles for.
    pub fn known(self) -> (Version, Version) {
        match self {
            Self::ArgoWorkflows => (Version::new(3, 5), Version::new(4, 1)),
            Self::ArgoEvents => (Version::new(1, 9), Version::new(1, 9)),
            Self::ArgoCd => (Version::new(2, 14), Version::new(3, 5)),
            Self::TektonPipelines => (Version::new(0, 59), Version::new(1, 15)),
            Self::TektonTriggers => (Version::new(0, 28), Version::new(0, 37)),
            Self::Kargo => (Version::new(1, 6), Version::new(1, 12)),
            Self::Kpack => (Version::new(0, 14), Version::new(0, 17)),
            Self::Kubernetes => (Version::new(1, 29), Version::new(1, 36)),
        }
    }
}

/// What a cluster must be able to do for a setting of the platform, and since when it can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// What it is, in a sentence: `<what> needs …`.
    pub what: &'static str,
    /// What must be new enough.
    pub component: Component,
    /// The first version that can.
    pub since: Version,
}

impl Feature {
    /// kpack builds hold a list of mutexes and semaphores (argo-workflows `docs/synchronization.md`, v3.6).
    pub const LOCK_LISTS: Self = Self {
        what: "a kpack build",
        component: Component::ArgoWorkflows,
        since: Version::new(3, 6),
    };
    /// The lifecycle image is an object of its own (kpack v0.15 `ClusterLifecycle`).
    pub const CLUSTER_LIFECYCLE: Self = Self {
        what: "a kpack builder",
        component: Component::Kpack,
        since: Version::new(0, 15),
    };
    /// `appArmorProfile` is a field (Kubernetes 1.30, KEP 24): rootless BuildKit must be unconfined.
    pub const APP_ARMOR_FIELD: Self = Self {
        what: "a railpack build",
        component: Component::Kubernetes,
        since: Version::new(1, 30),
    };
    /// Credentials are visible to one step only: isolated workspaces, matrix results and `onError` of the v1 API.
    pub const ISOLATED_WORKSPACES: Self = Self {
        what: "a railpack build",
        component: Component::TektonPipelines,
        since: Version::new(1, 0),
    };
    /// ValidatingAdmissionPolicy is served as v1 (Kubernetes 1.30, KEP 3488).
    pub const ADMISSION_POLICY: Self = Self {
        what: "`policies.sign`",
        component: Component::Kubernetes,
        since: Version::new(1, 30),
    };
}

/// The version of each component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets([Version; Component::ALL.len()]);

impl Default for Targets {
    /// The newest that Luban knows.
    fn default() -> Self {
        Self(Component::ALL.map(|component| component.known().1))
    }
}

impl Targets {
    /// The version of `component`.
    pub fn get(&self, component: Component) -> Version {
        self.0[component as usize]
    }

    /// Sets the version of `component`.
    pub(crate) fn set(&mut self, component: Component, version: Version) {
        self.0[component as usize] = version;
    }

    /// Whether the clusters can do `feature`.
    pub fn support(&self, feature: Feature) -> bool {
        self.get(feature.component) >= feature.since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_two_numbers() {
        assert_eq!(Version::parse("1.15"), Some(Version::new(1, 15)));
        assert_eq!(Version::parse("v4.1"), Some(Version::new(4, 1)));
        for text in ["1", "1.", "1.2.3", "1.x", "", "+1.2"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(Version::new(1, 15) > Version::new(1, 9));
    }
}
