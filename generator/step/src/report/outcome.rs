//! What became of a run and of its parts, in the words of Tekton and of Argo Workflows.

use serde::{Deserialize, Serialize};

use crate::provider::State;

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    Succeeded,
    Failed,
    /// It came to no end of its own: cancelled, timed out, or a fault of what it runs on.
    Error,
}

impl Outcome {
    /// Tekton's `$(tasks.status)` (`Completed`: some parts were skipped; `None`: some came to no end), or Argo Workflows'
    /// `{{workflow.status}}`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "Succeeded" | "Completed" => Some(Self::Succeeded),
            "Failed" => Some(Self::Failed),
            "Error" | "None" => Some(Self::Error),
            _ => None,
        }
    }

    /// The state of the commit.
    pub(super) fn state(self) -> State {
        match self {
            Self::Succeeded => State::Success,
            Self::Failed => State::Failure,
            Self::Error => State::Error,
        }
    }
}

/// A part of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Part {
    pub(super) name: String,
    /// `succeeded`, `failed`, `error`, or `none`: it did not run, or came to no end.
    pub(super) status: &'static str,
}

impl Part {
    /// From Tekton's `$(tasks.NAME.status)`, as `NAME=STATUS`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (name, status) = text.split_once('=')?;
        let status = match status {
            "Succeeded" | "Completed" => "succeeded",
            "Failed" => "failed",
            "Error" => "error",
            "None" => "none",
            _ => return None,
        };
        (!name.is_empty()).then(|| Self {
            name: name.to_owned(),
            status,
        })
    }
}

/// A node of a workflow that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Node {
    #[serde(rename(deserialize = "displayName"))]
    pub(super) name: String,
    #[serde(rename(deserialize = "templateName"))]
    pub(super) template: String,
    pub(super) phase: String,
    pub(super) message: String,
}

/// Argo Workflows' `{{workflow.failures}}`: JSON, which versions of it quote when they put it into an argument.
///
/// None if it is no such list.
pub(super) fn failures(text: &str) -> Option<Vec<Node>> {
    let list = |text: &str| serde_json::from_str::<Option<Vec<Node>>>(text).ok();
    let unquoted = |text: &str| serde_json::from_str::<String>(text).ok();
    list(text)
        .or_else(|| list(&unquoted(text)?))
        .or_else(|| list(&unquoted(&format!("\"{text}\""))?))
        .map(Option::unwrap_or_default)
}
