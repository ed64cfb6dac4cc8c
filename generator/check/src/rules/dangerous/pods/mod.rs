//! What pods may do to their node.

use crate::rules::rules;

rules! {}
