//! `luban explain`.

use crate::Outcome;
use crate::arguments::Explain;
use anyhow::Result;
use std::io::{self, IsTerminal};
use terminal_size::{Width, terminal_size};

/// Lines longer than this are hard to read however wide the terminal is.
const WIDEST: usize = 120;

pub(crate) fn run(arguments: &Explain) -> Result<Outcome> {
    let text = luban_api::explain(&arguments.path)?.to_string();
    let width = io::stdout()
        .is_terminal()
        .then(terminal_size)
        .flatten()
        .map(|(Width(columns), _)| usize::from(columns).min(WIDEST));
    match width {
        Some(width) => print!("{}", wrapped(&text, width)),
        None => print!("{text}"),
    }
    Ok(Outcome::Fine)
}

/// Breaks long lines, with what follows set in.
fn wrapped(text: &str, width: usize) -> String {
    text.lines()
        .map(|line| {
            let is_row = line.starts_with([' ', '*']);
            let indent = if is_row { "      " } else { "" };
            textwrap::fill(
                line,
                textwrap::Options::new(width).subsequent_indent(indent),
            ) + "\n"
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn long_lines_are_broken_and_set_in() {
        assert_eq!(
            wrapped("fields:\n  name  string  What it is called.\n", 20),
            "fields:\n  name  string  What\n      it is called.\n"
        );
    }
}
