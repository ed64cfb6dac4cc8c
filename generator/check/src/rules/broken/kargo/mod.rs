//! Kargo: promotions that fail, and freight that never comes.

use crate::rules::rules;

rules! {
    unknown_step step_config kargo_expression step_output kargo_variable
    kargo_reference freight_path tag_pattern
}
