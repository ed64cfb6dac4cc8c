//! Kustomize: what does nothing, without a word.

use crate::rules::rules;

rules! {
    image_matches_nothing patch_matches_nothing replacement_matches_nothing generator_behavior deprecated_field
}
