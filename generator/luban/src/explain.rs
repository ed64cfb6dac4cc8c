//! `luban explain`.

use crate::Outcome;
use crate::arguments::Explain;
use anyhow::Result;

pub(crate) fn run(arguments: &Explain) -> Result<Outcome> {
    print!("{}", luban_api::explain(&arguments.path)?);
    Ok(Outcome::Fine)
}
