//! What calls give to templates.

use luban_api_argo_workflows::{Arguments, Artifact, Parameter};

/// What a call gives.
#[derive(Debug, Clone)]
pub(crate) enum Argument<'a> {
    /// Anything that is asked for: upstream looks at a template by itself.
    Anything,
    /// These.
    These {
        parameters: Vec<&'a Parameter>,
        artifacts: Vec<&'a Artifact>,
    },
}

impl<'a> Argument<'a> {
    pub(crate) fn of(arguments: Option<&'a Arguments>) -> Self {
        let none = (&[][..], &[][..]);
        let (parameters, artifacts) = arguments.map_or(none, |arguments| {
            (&arguments.parameters[..], &arguments.artifacts[..])
        });
        Self::These {
            parameters: parameters.iter().collect(),
            artifacts: artifacts.iter().collect(),
        }
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<&'a Parameter> {
        match self {
            Self::Anything => None,
            Self::These { parameters, .. } => parameters
                .iter()
                .find(|parameter| parameter.name == name)
                .copied(),
        }
    }

    pub(crate) fn artifact(&self, name: &str) -> Option<&'a Artifact> {
        match self {
            Self::Anything => None,
            Self::These { artifacts, .. } => artifacts
                .iter()
                .find(|artifact| artifact.name == name)
                .copied(),
        }
    }

    /// Whether an input parameter has a value or a ConfigMap to take it from (`ProcessArgs`). An argument without a value
    /// takes the input's default away.
    pub(crate) fn supplies(&self, input: &Parameter) -> bool {
        if matches!(self, Self::Anything) {
            return true;
        }
        let argument = self.parameter(&input.name);
        let is_from_config_map = |parameter: &Parameter| {
            let from = parameter.value_from.as_ref();
            from.is_some_and(|from| from.config_map_key_ref.is_some())
        };
        match argument {
            Some(argument) => argument.value.is_some() || is_from_config_map(argument),
            None => input.value.is_some() || input.default.is_some() || is_from_config_map(input),
        }
    }
}

/// Whether an optional text says something.
pub(crate) fn value_is(value: Option<&str>) -> bool {
    value.is_some_and(|value| !value.is_empty())
}

/// Whether an artifact says where it is, in full or by its key (`HasLocationOrKey`): the first location in upstream's order
/// counts.
pub(crate) fn artifact_is_located(artifact: &Artifact) -> bool {
    let is = |value: &Option<String>| value_is(value.as_deref());
    if let Some(artifactory) = &artifact.artifactory {
        return !path_of(&artifactory.url).is_empty()
            || !artifactory.url.is_empty() && artifactory.username_secret.is_some();
    }
    if let Some(azure) = &artifact.azure {
        return !azure.blob.is_empty();
    }
    if let Some(git) = &artifact.git {
        return !git.repo.is_empty();
    }
    if let Some(gcs) = &artifact.gcs {
        return !gcs.key.is_empty();
    }
    if let Some(hdfs) = &artifact.hdfs {
        return !hdfs.addresses.is_empty() || !hdfs.path.is_empty();
    }
    if let Some(http) = &artifact.http {
        return !http.url.is_empty();
    }
    if let Some(oss) = &artifact.oss {
        return !oss.key.is_empty();
    }
    if artifact.raw.is_some() {
        return true;
    }
    if let Some(s3) = &artifact.s3 {
        return is(&s3.key);
    }
    artifact
        .plugin
        .as_ref()
        .is_some_and(|plugin| !plugin.key.is_empty())
}

/// The path of a URL.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let start = if url.contains("://") {
        rest.find('/').unwrap_or(rest.len())
    } else {
        0
    };
    let path = rest.get(start..).unwrap_or_default();
    path.split(['?', '#']).next().unwrap_or_default()
}
