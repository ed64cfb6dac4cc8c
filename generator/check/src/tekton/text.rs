//! References to results and artifacts of steps, as upstream finds them (`pkg/internal/resultref`, `internal/artifactref`).

use std::ops::Range;

/// `$(steps.a.results.b)`: the expression `\$\(steps\..*?\.results\..*?\)`.
pub(crate) fn results_of_steps(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find(text, at, "$(steps.") {
        let inside = start + "$(steps.".len();
        let line = line_end(text, inside);
        let end = find(text, inside, ".results.")
            .filter(|middle| *middle < line)
            .and_then(|middle| find(text, middle + ".results.".len(), ")"))
            .filter(|end| *end < line);
        at = match end {
            Some(end) => {
                found.push(start..end + 1);
                end + 1
            }
            None => inside,
        };
    }
    found
}

/// `$(steps.a.outputs.b)`, `$(steps.a.inputs.b)` and `$(step.artifacts.path)`.
pub(crate) fn artifacts_of_steps(text: &str) -> Vec<Range<usize>> {
    artifacts(text, "$(steps.", "$(step.artifacts.path)")
}

/// `$(tasks.a.outputs.b)`, `$(tasks.a.inputs.b)` and `$(artifacts.path)`.
pub(crate) fn artifacts_of_tasks(text: &str) -> Vec<Range<usize>> {
    artifacts(text, "$(tasks.", "$(artifacts.path)")
}

fn artifacts(text: &str, prefix: &str, path: &str) -> Vec<Range<usize>> {
    let mut found: Vec<_> = text
        .match_indices(path)
        .map(|(at, path)| at..at + path.len())
        .collect();
    for (start, _) in text.match_indices(prefix) {
        let Some(rest) = text.get(start + prefix.len()..) else {
            continue;
        };
        let Some((owner, rest_behind)) = rest.split_once('.') else {
            continue;
        };
        let Some((direction, rest_behind)) = rest_behind.split_once('.') else {
            continue;
        };
        let length = rest_behind.find(['.', ')']);
        let ends = length.is_some_and(|length| rest_behind.as_bytes().get(length) == Some(&b')'));
        if owner.is_empty() || !matches!(direction, "inputs" | "outputs") || !ends {
            continue;
        }
        let Some(length) = length.filter(|length| *length > 0) else {
            continue;
        };
        let end = text.len() - rest_behind.len() + length + 1;
        found.push(start..end);
    }
    found.sort_by_key(|range| range.start);
    found
}

fn find(text: &str, from: usize, what: &str) -> Option<usize> {
    text.get(from..)?.find(what).map(|at| from + at)
}

fn line_end(text: &str, from: usize) -> usize {
    find(text, from, "\n").unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_steps_are_found_on_one_line() {
        let text = "a $(steps.a.results.b) $(steps.a.outputs.b) $(steps.a\n.results.b)";
        let shown: Vec<_> = results_of_steps(text)
            .into_iter()
            .map(|at| &text[at])
            .collect();
        assert_eq!(shown, ["$(steps.a.results.b)"]);
    }

    #[test]
    fn artifacts_of_steps_and_tasks_are_told_apart() {
        let text = "$(steps.a.outputs.b) $(tasks.a.inputs.b) $(step.artifacts.path) $(artifacts.path) $(steps.a.outputs.b.c)";
        let shown: Vec<_> = artifacts_of_steps(text)
            .into_iter()
            .map(|at| &text[at])
            .collect();
        assert_eq!(shown, ["$(steps.a.outputs.b)", "$(step.artifacts.path)"]);
        let shown: Vec<_> = artifacts_of_tasks(text)
            .into_iter()
            .map(|at| &text[at])
            .collect();
        assert_eq!(shown, ["$(tasks.a.inputs.b)", "$(artifacts.path)"]);
    }
}
