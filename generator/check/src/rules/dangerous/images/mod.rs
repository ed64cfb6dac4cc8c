//! Images that can change.

use crate::rules::rules;

rules! {}
