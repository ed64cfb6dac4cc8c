//! `luban generate --check`: what is stale, as a diff.

use crate::Outcome;
use crate::plan::Plan;
use crate::tree::Leftover;
use anyhow::Result;
use luban_compile::{Context, File};
use rayon::prelude::*;
use similar::TextDiff;
use std::fs;
use std::path::Path;

/// So many changed paths are listed one by one; more are counted by directory.
const LISTED: usize = 60;

/// Shows how the files below `root` differ from what is compiled.
pub(crate) fn run(
    context: &Context<'_>,
    plan: &Plan,
    leftovers: &[Leftover],
    root: &Path,
) -> Result<Outcome> {
    let mut stale: Vec<File> = plan
        .files(context)
        .map(|file| file.map(|(_, file)| file))
        .collect::<Result<_>>()?;
    stale.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let own = leftovers.iter().filter_map(|leftover| match leftover {
        Leftover::Own(path) => Some(path),
        Leftover::Release(_) => None,
    });
    let mut count = stale.len();
    for file in &stale {
        let there = fs::read(root.join(&file.path)).unwrap_or_default();
        print!(
            "{}",
            diff(&file.path, &String::from_utf8_lossy(&there), &file.text)
        );
    }
    for path in own {
        count += 1;
        let there = fs::read(root.join(path)).unwrap_or_default();
        print!("{}", diff(path, &String::from_utf8_lossy(&there), ""));
    }
    if count == 0 {
        return Ok(Outcome::Fine);
    }
    eprintln!(
        "{count} stale file{}: run `luban generate` and commit the result",
        if count == 1 { "" } else { "s" }
    );
    Ok(Outcome::Findings)
}

fn diff(path: &str, there: &str, compiled: &str) -> String {
    let (from, to) = match (there.is_empty(), compiled.is_empty()) {
        (true, _) => ("/dev/null".to_owned(), format!("b/{path}")),
        (_, true) => (format!("a/{path}"), "/dev/null".to_owned()),
        _ => (format!("a/{path}"), format!("b/{path}")),
    };
    TextDiff::from_lines(there, compiled)
        .unified_diff()
        .header(&from, &to)
        .to_string()
}

/// Lists changed paths, which are sorted, or counts them by directory when there are many.
pub(crate) fn list(lines: &[(&str, &str)]) {
    if lines.len() <= LISTED {
        for (path, verb) in lines {
            println!("{verb:<8} {path}");
        }
        return;
    }
    let mut groups: Vec<(&str, &str, usize)> = Vec::new();
    for (path, verb) in lines {
        let group = directory(path);
        // Lines are sorted: those of a directory stand together, so it is among the last groups or new.
        let mut latest = groups.iter_mut().rev();
        let known = latest
            .by_ref()
            .take_while(|(known, _, _)| *known == group)
            .find(|(_, of, _)| of == verb);
        match known {
            Some((_, _, count)) => *count += 1,
            None => groups.push((group, verb, 1)),
        }
    }
    for (group, verb, count) in groups.iter().take(LISTED) {
        println!(
            "{verb:<8} {group} ({count} file{})",
            if *count == 1 { "" } else { "s" }
        );
    }
    if groups.len() > LISTED {
        println!("… and {} more directories", groups.len() - LISTED);
    }
}

/// The first two parts of a path.
fn directory(path: &str) -> &str {
    let mut slashes = path.match_indices('/');
    slashes
        .nth(1)
        .and_then(|(end, _)| path.get(..end))
        .unwrap_or(path)
}
