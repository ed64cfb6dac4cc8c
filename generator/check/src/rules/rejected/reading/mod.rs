//! What no decoder takes, whatever the kind, and what is more than is read.

use crate::rules::rules;

rules! {
    duplicate_key invalid_value key_type merge_key one_of syntax unknown_anchor unknown_field unknown_tag
    wrong_type
    aliases configuration encoding file_size nesting too_many_mistakes
}
