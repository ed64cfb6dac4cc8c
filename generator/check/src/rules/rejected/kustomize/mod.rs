//! Kustomize: what `kustomize build` stops at.

use crate::rules::rules;

rules! {
    path outside cycle kind empty several
    resource_name duplicate_resource namespace_conflict
    patch_form patch_target json_patch_path selector_pattern
    image_pattern replica_target replacement variable
    generator_source generator_target
}
