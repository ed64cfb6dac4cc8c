//! What the rules find in the files given, one a line: `cargo run -p luban-check --example findings -- [--strict] [--only=RULE] FILE…`

use std::io::{Write, stdout};

use luban_check::{Objects, Options, Profile, check};
use luban_diagnostic::concise;
use luban_yaml::{Budget, parse};

fn main() -> std::io::Result<()> {
    let mut options = Options::default();
    let mut documents = Vec::new();
    for argument in std::env::args().skip(1) {
        if argument == "--strict" {
            options.profile = Profile::Strict;
            continue;
        }
        if let Some(rule) = argument.strip_prefix("--only=") {
            options.only.insert(rule.to_owned());
            continue;
        }
        match parse(&argument, &std::fs::read(&argument)?, &Budget::default()) {
            Ok(parsed) => documents.extend(parsed),
            Err(findings) => write!(stdout(), "{}", concise(&findings))?,
        }
    }
    let findings = check(&Objects::new(documents), &options);
    write!(stdout(), "{}", concise(&findings))
}
