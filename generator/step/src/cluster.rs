//! The Kubernetes API, as far as steps use it.

pub(crate) mod observe;
mod real;

pub(crate) use real::KubeCluster;

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;

use crate::failure::{Exit, Failure};

/// Whether an object was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Created {
    /// It was.
    New,
    /// One of that name is there.
    AlreadyThere,
}

/// A kind of object in a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its `apiVersion`.
    pub(crate) api_version: &'static str,
    /// Its kind.
    pub(crate) kind: &'static str,
    /// The namespace; empty for what is in none.
    pub(crate) namespace: String,
}

/// Reading objects: `luban_command` has what each verb is granted, of this and of all below.
pub(crate) trait Objects {
    /// The namespace that this pod runs in.
    fn namespace(&self) -> &str;

    /// An object; none if there is none of that name.
    fn get(&self, place: &Place, name: &str) -> Result<Option<Value>, ClusterError>;
}

/// The data of a ConfigMap in the pod's namespace; none if there is none of that name.
///
/// # Errors
/// When the API does not give it, or it holds something else than text.
pub(crate) fn config_map(
    objects: &dyn Objects,
    name: &str,
) -> Result<Option<BTreeMap<String, String>>, ClusterError> {
    let place = Place {
        api_version: "v1",
        kind: "ConfigMap",
        namespace: objects.namespace().to_owned(),
    };
    let Some(mut found) = objects.get(&place, name)? else {
        return Ok(None);
    };
    match found.get_mut("data").map(Value::take) {
        None | Some(Value::Null) => Ok(Some(BTreeMap::new())),
        Some(data) => {
            serde_json::from_value(data)
                .map(Some)
                .map_err(|error| ClusterError::Refused {
                    operation: format!("read ConfigMap `{name}`"),
                    why: error.to_string(),
                })
        }
    }
}

/// What dispatch does with the API.
pub(crate) trait Cluster: Objects {
    /// Makes an object, which says its kind, namespace and name.
    fn create(&self, object: &Value) -> Result<Created, ClusterError>;
}

/// What the run that publishes the stack does with the API.
pub(crate) trait Stacks: Objects {
    /// Merges into an object.
    fn merge(&self, place: &Place, name: &str, patch: &Value) -> Result<(), ClusterError>;
}

/// Why the API did not do what it was asked.
#[derive(Debug, Error)]
pub(crate) enum ClusterError {
    /// This is no pod, and there is no kubeconfig.
    #[error("there is no cluster to talk to: {0}")]
    NoCluster(String),
    /// No connection, or a server that is not well.
    #[error("cannot {operation}: the Kubernetes API does not answer: {why}")]
    Unreachable {
        /// What was being done.
        operation: String,
        /// Why.
        why: String,
    },
    /// The API's certificate is none that this pod trusts.
    #[error("cannot {operation}: the certificate of the Kubernetes API is not accepted: {why}")]
    Untrusted {
        /// What was being done.
        operation: String,
        /// Why.
        why: String,
    },
    /// This pod was asked to stop before there was an answer.
    #[error("stopped before the Kubernetes API answered: {operation}")]
    Stopped {
        /// What was being done.
        operation: String,
    },
    /// The API does not know who asks.
    #[error("cannot {operation}: the Kubernetes API does not know who asks: {why}")]
    Unknown {
        /// What was being done.
        operation: String,
        /// What the API says.
        why: String,
    },
    /// The account may not.
    #[error("cannot {operation}: the account of this pod may not: {why}")]
    Forbidden {
        /// What was being done.
        operation: String,
        /// What the API says.
        why: String,
    },
    /// The API refuses the object itself.
    #[error("cannot {operation}: {why}")]
    Refused {
        /// What was being done.
        operation: String,
        /// What the API says.
        why: String,
    },
}

impl From<ClusterError> for Failure {
    fn from(error: ClusterError) -> Self {
        let message = error.to_string();
        match error {
            ClusterError::NoCluster(_) => Self::new(Exit::Usage, message)
                .help("this verb runs in a pod with a ServiceAccount's token, or where KUBECONFIG points to a cluster"),
            ClusterError::Unreachable { .. } => Self::new(Exit::Transient, message)
                .help("the NetworkPolicy, or the API itself, may be in the way: try again"),
            ClusterError::Untrusted { .. } => Self::new(Exit::Failed, message).help(
                "the authority beside the ServiceAccount's token, or in the kubeconfig, must be the one of this cluster",
            ),
            ClusterError::Stopped { .. } => Self::new(Exit::Cancelled, message),
            ClusterError::Unknown { .. } => Self::new(Exit::Failed, message).help(
                "the token of the pod's ServiceAccount, or of the kubeconfig, has expired or is of another cluster",
            ),
            ClusterError::Forbidden { .. } => Self::new(Exit::Failed, message)
                .help("let Argo CD sync the Roles that `luban generate` compiled"),
            ClusterError::Refused { .. } => Self::new(Exit::Failed, message),
        }
    }
}
