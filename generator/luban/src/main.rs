//! The command line of Luban: arguments, files, exit codes; no logic of its own.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a command line is for"
)]

mod arguments;
mod check;
mod explain;
mod files;
mod findings;
mod fresh;
mod generate;
mod init;
mod lock;
mod plan;
mod promote;
mod read;
mod schema;
mod stale;
mod step;
mod tree;

use arguments::{Arguments, Command};
use clap::{CommandFactory, FromArgMatches};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Fine,
    /// Findings, or committed files that are stale.
    Findings,
}

impl From<Outcome> for ExitCode {
    /// 0 fine, 1 findings; 2 is for usage and input or output.
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
        }
    }
}

fn main() -> ExitCode {
    let command = Arguments::command().subcommand(luban_command::parser());
    let matches = command.get_matches();
    if let Some(("step", matches)) = matches.subcommand() {
        return step::run(matches);
    }
    // Whoever stops reading has read enough; a step's own writing must not end it so.
    sigpipe::reset();
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    let outcome = match &arguments.command {
        Command::Check(arguments) => check::run(arguments),
        Command::Generate(arguments) => generate::run(arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Lock(arguments) => lock::run(arguments),
        Command::Promote(arguments) => return promote::run(arguments),
        Command::Read(arguments) => read::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
    };
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            eprintln!("luban: {error:#}");
            ExitCode::from(2)
        }
    }
}
