//! Expressions that cannot work.

use crate::rules::rules;

rules! {}
