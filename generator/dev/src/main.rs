//! Commands for those who work on Luban.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a command line is for"
)]

mod bench;
mod bench_check;
mod bench_read;
mod conformance;
mod definitions;
mod e2e;
mod settings;
mod stand_ins;
mod synthetic;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Commands for those who work on Luban.
#[derive(Debug, Parser)]
#[command(name = "luban-dev", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Command {
    /// Measure `luban generate` beside the floor: the same bytes written from memory
    Bench(bench::Arguments),
    /// Measure `luban check` over many documents
    BenchCheck(bench_check::Arguments),
    /// Measure reading and writing of objects, beside serde_yaml
    BenchRead(bench_read::Arguments),
    /// Judge what is compiled by upstream's own code
    Conformance(conformance::Arguments),
    /// Make the table of what definitions refuse, of upstream's files
    Definitions(definitions::Arguments),
    /// Go a whole way on this machine: push, build, release, promote
    E2e(e2e::Arguments),
    /// Build as buildctl does, in its place: for `e2e`
    #[command(hide = true)]
    BuildAsBuildctl(e2e::buildctl::Arguments),
    /// Make the page that lists every setting of platform.yaml
    Settings(settings::Arguments),
    /// Print a platform of many applications
    Synthetic(synthetic::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Bench(arguments) => bench::run(&arguments),
        Command::BenchCheck(arguments) => bench_check::run(&arguments),
        Command::BenchRead(arguments) => bench_read::run(&arguments),
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::Definitions(arguments) => definitions::run(&arguments),
        Command::E2e(arguments) => e2e::run(&arguments),
        Command::BuildAsBuildctl(arguments) => e2e::buildctl::run(&arguments),
        Command::Settings(arguments) => settings::run(&arguments),
        Command::Synthetic(arguments) => synthetic::run(&arguments),
    };
    done.unwrap_or_else(|error| {
        eprintln!("luban-dev: {error:#}");
        ExitCode::from(2)
    })
}
