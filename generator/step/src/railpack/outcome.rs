//! What a failed `railpack prepare` failed at, and whether it may work later. Only what the tool itself says at its end is looked at.

use crate::failure::{Exit, Failure};
use crate::faults::{after, is_passing, shortened};

/// Why `railpack prepare` failed.
pub(super) fn of_plan(code: Option<i32>, errors: &str, ending: &str) -> Failure {
    let said = last_words(errors);
    if code == Some(i32::from(luban_command::TRANSIENT)) || is_passing(&said) {
        return Failure::new(
            Exit::Transient,
            format!("transient: railpack could not plan ({ending}){}", after(&said)),
        )
        .help("run again; if it stays so, see whether this pod reaches the network through the platform's proxy");
    }
    if code == Some(2) || said.contains("flag provided but not defined") {
        let message = format!("railpack does not take the call ({ending}){}", after(&said));
        return Failure::new(Exit::Failed, message)
            .help("the image of the railpack command must be that of `builders.railpack.version`");
    }
    let message = format!(
        "plan: railpack has no plan for this source ({ending}){}",
        after(&said)
    );
    Failure::new(Exit::Failed, message).help(
        "what railpack says is above; `source.path` must be the application's directory, and railpack.json or RAILPACK_ variables say what railpack cannot see",
    )
}

/// The last line that says something.
fn last_words(errors: &str) -> String {
    let line = errors.lines().rev().find(|line| !line.trim().is_empty());
    shortened(line.unwrap_or_default())
}
