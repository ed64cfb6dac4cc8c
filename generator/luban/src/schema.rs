//! `luban schema`.

use crate::Outcome;
use crate::arguments::{Schema, Subject};
use anyhow::Result;
use std::fs;

pub(crate) fn run(arguments: &Schema) -> Result<Outcome> {
    let text = match arguments.subject {
        Subject::Platform => luban_platform::schema(),
    };
    match &arguments.output {
        None => print!("{text}"),
        Some(path) => {
            if fs::read_to_string(path).is_ok_and(|there| there == text) {
                return Ok(Outcome::Fine);
            }
            crate::tree::write_atomically(path, &text)?;
            println!("written  {}", path.display());
        }
    }
    Ok(Outcome::Fine)
}
