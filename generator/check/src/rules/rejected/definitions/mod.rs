//! What the CustomResourceDefinitions refuse.

use crate::rules::rules;

rules! {}
