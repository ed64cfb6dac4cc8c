//! Labels and annotations that compiled objects have.

use crate::run::Occasion;
use luban_api_core::ObjectMeta;
use luban_platform::model::{Application, Project};
use std::collections::BTreeMap;

/// Name of the application.
pub(crate) const NAME: &str = "app.kubernetes.io/name";
/// What made the object.
pub(crate) const MANAGED_BY: &str = "app.kubernetes.io/managed-by";
/// The platform it belongs to.
pub(crate) const PART_OF: &str = "app.kubernetes.io/part-of";
/// The project it belongs to.
pub(crate) const PROJECT: &str = "luban.dev/project";
/// The application it belongs to.
pub(crate) const APPLICATION: &str = "luban.dev/application";
/// The environment it belongs to.
pub(crate) const ENVIRONMENT: &str = "luban.dev/environment";
/// When the run that it is, or belongs to, was made: `release`, `branch` or `tag`.
pub(crate) const OCCASION: &str = "luban.dev/occasion";
/// Why something that a reviewer would question is as it is.
pub(crate) const REASON: &str = "luban.dev/reason";
/// Order in which Argo CD applies objects.
pub(crate) const SYNC_WAVE: &str = "argocd.argoproj.io/sync-wave";
/// What Argo CD does with the object beside applying it.
pub(crate) const SYNC_OPTIONS: &str = "argocd.argoproj.io/sync-options";

/// Adds the labels of every compiled object.
pub(crate) fn own(metadata: &mut ObjectMeta, platform: &str) {
    let labels = metadata.labels.get_or_insert_default();
    labels.insert(MANAGED_BY.into(), "luban".into());
    // What upstream's own controllers ask for, such as the pruner of its configuration, stays.
    labels
        .entry(PART_OF.into())
        .or_insert_with(|| platform.into());
}

/// The labels of a run and of what it leads to.
pub(crate) fn of_run(
    project: &Project,
    application: &Application,
    occasion: Occasion,
) -> BTreeMap<String, String> {
    map([
        (MANAGED_BY, "luban"),
        (PROJECT, project.name.as_str()),
        (APPLICATION, application.name.as_str()),
        (OCCASION, occasion.as_str()),
    ])
}

/// A map of labels or annotations.
pub(crate) fn map<const N: usize>(entries: [(&str, &str); N]) -> BTreeMap<String, String> {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}
