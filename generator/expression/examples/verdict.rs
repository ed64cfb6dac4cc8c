//! Verdicts of this crate on texts, to compare with upstream's: reads `{"lang","text"}` lines, writes them with `ok`.
#![allow(clippy::print_stdout, missing_docs)]

use std::io::BufRead;

fn main() {
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let Ok(mut row) = serde_json::from_str::<serde_json::Value>(&line) else {
            continue;
        };
        let lang = row["lang"].as_str().unwrap_or_default().to_owned();
        let text = row["text"].as_str().unwrap_or_default().to_owned();
        let problem = luban_expression::verdict(&lang, &text);
        row["ours"] = problem.is_none().into();
        if let Some(problem) = problem {
            row["said"] = format!("{:?} {}", problem.span, problem.message).into();
        }
        println!("{row}");
    }
}
