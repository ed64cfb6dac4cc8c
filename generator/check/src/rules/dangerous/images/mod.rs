//! Images that can change.

use crate::rules::rules;

rules! {
    unpinned_image image_without_digest image_from_parameter never_pulled event_bus_version unpinned_frontend retired_image
}

/// Whether a tag says no version: one without a digit is a name that moves.
fn moves(tag: &str) -> bool {
    tag.starts_with("latest") || !tag.bytes().any(|byte| byte.is_ascii_digit())
}
