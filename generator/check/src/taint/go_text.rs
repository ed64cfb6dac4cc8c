//! What a Go template of a Sensor lets through as it is.

use luban_expression::go_template::{self, Program};

/// Functions of sprig whose values hold nothing that a program could take for more than data. What a pattern cuts out or
/// replaces is taken for what its writer meant it to be.
const HARMLESS: &[&str] = &[
    "b64enc",
    "b32enc",
    "sha1sum",
    "sha256sum",
    "sha512sum",
    "adler32sum",
    "int",
    "int64",
    "float64",
    "toDecimal",
    "atoi",
    "len",
    "urlquery",
    "regexFind",
    "mustRegexFind",
    "regexReplaceAll",
    "mustRegexReplaceAll",
    "regexReplaceAllLiteral",
    "regexMatch",
    "mustRegexMatch",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "not",
    "contains",
    "hasPrefix",
    "hasSuffix",
    "hasKey",
    "empty",
    "ternary",
    "unixEpoch",
    "date",
    "htmlDate",
    "kindOf",
    "typeOf",
    "add",
    "add1",
    "sub",
    "mul",
    "div",
    "mod",
    "round",
    "ceil",
    "floor",
];

/// The paths that a template reads and puts into its text as they are, each as names from the event on.
pub(crate) fn raw_reads(text: &str) -> Vec<Vec<String>> {
    let Ok(template) = go_template::parse(text, Program::ArgoEvents) else {
        return Vec::new();
    };
    let raw: Vec<_> = actions(text)
        .into_iter()
        .filter(|(_, inside)| is_raw(inside))
        .collect();
    let reads = template.reads.iter().filter(|path| {
        // What stands in a `with` or `range` begins outside.
        let last = path.segments.last().map_or(0, |segment| segment.span.start);
        raw.iter()
            .any(|(start, inside)| (*start..start + inside.len()).contains(&last))
    });
    let mut found = Vec::new();
    for path in reads {
        let mut names: Vec<String> = path.names().map(str::to_owned).collect();
        if names.first().is_some_and(|name| name == "Input") {
            names.remove(0);
            if !found.contains(&names) {
                found.push(names);
            }
        }
    }
    found
}

/// What stands between braces, and where.
fn actions(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let start = at + open + 2;
        let Some(length) = text.get(start..).and_then(|rest| rest.find("}}")) else {
            break;
        };
        found.extend(
            text.get(start..start + length)
                .map(|inside| (start, inside)),
        );
        at = start + length + 2;
    }
    found
}

/// Whether an action puts a value into the text, and no function in its end makes it harmless.
fn is_raw(inside: &str) -> bool {
    let inside = inside.trim_start_matches('-').trim_end_matches('-').trim();
    let first = inside.split_whitespace().next().unwrap_or_default();
    let gives_nothing = matches!(
        first,
        "if" | "else"
            | "with"
            | "range"
            | "end"
            | "define"
            | "template"
            | "block"
            | "break"
            | "continue"
    );
    if gives_nothing || inside.starts_with("/*") || inside.contains(":=") {
        return false;
    }
    let last = commands(inside).last().copied().unwrap_or_default().trim();
    let function = last
        .split(|letter: char| letter.is_whitespace() || letter == '(')
        .next()
        .unwrap_or_default();
    let is_number = function == "printf" && {
        let format = last.split('"').nth(1).unwrap_or_default();
        !format.contains("%s")
            && !format.contains("%v")
            && !format.contains("%q")
            && !format.contains("%+v")
    };
    !(HARMLESS.contains(&function) || is_number)
}

/// The commands of a pipeline, split at `|` outside quotes and parentheses.
fn commands(inside: &str) -> Vec<&str> {
    let mut commands = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_usize, None);
    let mut is_escaped = false;
    for (at, letter) in inside.char_indices() {
        if is_escaped {
            is_escaped = false;
            continue;
        }
        match (quote, letter) {
            (Some('"'), '\\') => is_escaped = true,
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`' | '\'') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, '|') if depth == 0 => {
                commands.extend(inside.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    commands.extend(inside.get(start..));
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_comes_through_as_it_is_counts() {
        let of = |text| {
            raw_reads(text)
                .iter()
                .map(|names| names.join("."))
                .collect::<Vec<_>>()
        };
        assert_eq!(of("{{ .Input.body.ref }}"), ["body.ref"]);
        assert_eq!(of("{{ .Input.body.ref | default \"\" | b64enc }}"), [""; 0]);
        assert_eq!(of("{{ b64enc .Input.body.ref }}"), [""; 0]);
        assert_eq!(
            of("{{ .Input.body.ref | trimPrefix \"refs/heads/\" }}"),
            ["body.ref"]
        );
        assert_eq!(of("{{ .Input.body.id | printf \"%d\" }}"), [""; 0]);
        assert_eq!(of("{{ printf \"%.0f\" .Input.body.id }}"), [""; 0]);
        assert_eq!(of("{{ printf \"%s|x\" .Input.body.id }}"), ["body.id"]);
        assert_eq!(
            of("{{ if .Input.body.x }}{{ .Input.body.y }}{{ end }}"),
            ["body.y"]
        );
        assert_eq!(
            of("{{ with .Input.body }}{{ .ref }}{{ end }}"),
            ["body.ref"]
        );
    }
}
