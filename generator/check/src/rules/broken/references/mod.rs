//! References between objects.

use crate::rules::rules;

rules! {
    unknown_service_account unknown_secret unknown_secret_key unknown_config_map unknown_config_map_key unknown_claim
    unknown_class unknown_service unknown_port unknown_gateway unknown_role unknown_builder unknown_queue unknown_issuer
    unknown_secret_store unknown_scale_target hashed_name selector_without_pods unknown_namespace
}
