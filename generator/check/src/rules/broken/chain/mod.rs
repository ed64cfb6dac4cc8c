//! The way of an event through all objects.

use crate::rules::rules;

rules! {}
