//! Comments that accept findings.

use crate::rules::rules;

rules! { ignore_without_reason unknown_rule_in_ignore unused_ignore }
