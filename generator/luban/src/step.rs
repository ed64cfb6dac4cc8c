//! `luban step VERB`: what compiled pods run.

use clap::ArgMatches;
use luban_command::Parsed;
use std::process::ExitCode;

/// Exit code of a verb that this version only knows the grammar of (`EX_UNAVAILABLE` of sysexits.h).
const UNAVAILABLE: u8 = 69;

pub(crate) fn run(matches: &ArgMatches) -> ExitCode {
    let Some(call) = Parsed::of(matches) else {
        return ExitCode::from(2);
    };
    eprintln!(
        "luban: `step {}` is not in this version of luban; its arguments are fine",
        call.verb.name
    );
    ExitCode::from(UNAVAILABLE)
}
