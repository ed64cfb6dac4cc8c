//! Secrets where they can be read.

use crate::rules::rules;

rules! {}
