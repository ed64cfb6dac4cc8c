//! kpack: what its webhook refuses.

use crate::rules::rules;

rules! { kpack_field kpack_reference kpack_value }
