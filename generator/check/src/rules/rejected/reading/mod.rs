//! What no decoder takes, whatever the kind.

use crate::rules::rules;

rules! { duplicate_key invalid_value unknown_field unknown_tag wrong_type }
