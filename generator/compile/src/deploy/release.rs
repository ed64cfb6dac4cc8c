//! `release/` before the first release: what pipelines find, and write from then on.

use super::{Target, settings};
use crate::CompileError;
use crate::tree::{File, Owner, RELEASE_HEADER};
use luban_api_core::named;
use luban_api_kustomize::{Component, Patch};
use serde_json::json;

/// The Component of an application that nothing was released of: it has no replicas, so no image is pulled. The first
/// release puts `images` in the place of the patch.
pub(super) fn file(target: Target<'_>, path: &str) -> Result<File, CompileError> {
    // `add` sets the field whether it is there or not (RFC 6902, 4.1).
    let no_replicas = json!([{"op": "add", "path": "/spec/replicas", "value": 0}]);
    let component = Component {
        metadata: named("release"),
        patches: vec![Patch {
            target: Some(settings::selector(target, "apps", "Deployment")),
            patch: Some(settings::text(&no_replicas, path)?),
            ..Patch::default()
        }],
        ..Component::default()
    };
    let mut text = [RELEASE_HEADER, "\n"].concat();
    luban_yaml::write_to(&mut text, &component).map_err(|source| CompileError::Write {
        path: path.to_owned(),
        source,
    })?;
    Ok(File {
        path: [path, "/kustomization.yaml"].concat(),
        text,
        owner: Owner::Pipelines,
    })
}
