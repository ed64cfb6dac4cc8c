//! What containers run: options that a tool does not have, files that stay empty, programs that an image lacks.

use crate::rules::rules;

rules! {
    unknown_flag name_as_value empty_log missing_program output_in_context rootless_build_daemon docker_config_key
    ambiguous_digest
}
