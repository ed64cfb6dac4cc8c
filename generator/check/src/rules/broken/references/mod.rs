//! References between objects.

use crate::rules::rules;

rules! {}
