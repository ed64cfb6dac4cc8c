//! `luban step VERB`: what compiled pods run.

use clap::ArgMatches;
use luban_command::Parsed;
use luban_step::{Exit, Redactor, Stop, SystemClock, World};
use std::process::ExitCode;

pub(crate) fn run(matches: &ArgMatches) -> ExitCode {
    let Some(call) = Parsed::of(matches) else {
        return Exit::Usage.into();
    };
    let stop = match Stop::listen() {
        Ok(stop) => stop,
        Err(error) => {
            eprintln!("error: cannot listen for signals: {error}");
            return Exit::Failed.into();
        }
    };
    let redactor = Redactor::default();
    let world = World {
        clock: &SystemClock,
        redactor: &redactor,
        stop: &stop,
    };
    luban_step::run(&call, &world).into()
}
