//! Secrets as files of a pod.

use k8s_openapi::api::core::v1::{
    KeyToPath, ProjectedVolumeSource, SecretProjection, Volume, VolumeProjection,
};

/// Keys of a Secret as files of a volume.
#[derive(Clone, Debug)]
pub(crate) struct Mount {
    /// The Secret; may be a placeholder.
    pub(crate) secret: String,
    /// Its keys, and the files they become.
    pub(crate) items: Vec<(&'static str, &'static str)>,
    /// Whether the pod runs without it.
    pub(crate) is_optional: bool,
    /// The directory of the volume that they are in; the volume's own if there is none.
    pub(crate) directory: Option<String>,
}

impl Mount {
    /// The credentials of a Git provider.
    pub(crate) fn credentials(secret: impl Into<String>) -> Self {
        Self::new(
            secret,
            &[("username", "username"), ("password", "password")],
        )
    }

    /// The credentials of a registry, as Docker's configuration.
    pub(crate) fn registry(secret: impl Into<String>) -> Self {
        Self::new(secret, &[(".dockerconfigjson", "config.json")])
    }

    /// Some keys of a Secret.
    pub(crate) fn new(secret: impl Into<String>, items: &[(&'static str, &'static str)]) -> Self {
        Self {
            secret: secret.into(),
            items: items.to_vec(),
            is_optional: false,
            directory: None,
        }
    }

    /// The same, in a directory of the volume.
    pub(crate) fn below(self, directory: impl Into<String>) -> Self {
        Self {
            directory: Some(directory.into()),
            ..self
        }
    }

    /// A volume called `name` with what `mounts` say.
    pub(crate) fn volume(name: &str, mounts: Vec<Self>) -> Volume {
        Volume {
            name: name.to_owned(),
            projected: Some(ProjectedVolumeSource {
                sources: Some(mounts.into_iter().map(Self::projection).collect()),
                ..ProjectedVolumeSource::default()
            }),
            ..Volume::default()
        }
    }

    /// The same, without which the pod runs too.
    pub(crate) fn optional(self) -> Self {
        Self {
            is_optional: true,
            ..self
        }
    }

    fn projection(self) -> VolumeProjection {
        let items = self.items.iter().map(|(key, path)| KeyToPath {
            key: (*key).to_owned(),
            path: match &self.directory {
                Some(directory) => format!("{directory}/{path}"),
                None => (*path).to_owned(),
            },
            mode: None,
        });
        VolumeProjection {
            secret: Some(SecretProjection {
                items: Some(items.collect()),
                name: self.secret,
                optional: self.is_optional.then_some(true),
            }),
            ..VolumeProjection::default()
        }
    }
}
