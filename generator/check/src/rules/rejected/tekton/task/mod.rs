//! Tasks, step actions and runs of Tekton: what the webhook refuses, rule by rule of `pkg/apis/pipeline`.

use crate::rules::rules;

rules! {
    object_name no_steps duplicate_name step_name missing_image script_and_command
    beside_ref params_without_ref negative_timeout negative_retries reserved_mount on_error
    step_result_use step_artifact_use reserved_sidecar
    workspace_mount_path undeclared_workspace
    param_name param_type param_default param_enum property_type object_without_properties param_without_value
    undeclared_param undeclared_key too_many_parts array_in_text array_not_alone object_as_whole
    unknown_context undeclared_result default_reference
    result_name result_type result_value
    step_when step_when_cel
    ref_name ref_without_resolver ref_name_and_params given_twice
    ref_or_spec workspace_source workspace_source_field
    debug_breakpoint step_spec_name compute_resources run_status
    quantity duration feature_flag inline_spec removed_field
    action_script_param action_mount custom_run verification_policy resolution_request
}
