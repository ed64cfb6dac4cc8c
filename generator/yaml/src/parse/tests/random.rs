//! Texts that nobody would write.

use proptest::prelude::*;

use super::difference;

/// Pieces of YAML; what is nearly YAML shows more than what is nothing like it.
const PIECES: &[&str] = &[
    "a",
    "b",
    "key",
    "- ",
    "-",
    "\n",
    "\n",
    "\n  ",
    "\n  ",
    "\n    ",
    "\n ",
    ": ",
    ":",
    "? ",
    "?",
    "&x ",
    "&y",
    "*x",
    "*x ",
    "<<: ",
    "!t ",
    "!!str ",
    "!<u> ",
    "!",
    "!a!b ",
    ",",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "'",
    "''",
    "\"",
    "\\",
    "\\n",
    "|",
    "|2-",
    "|+",
    ">",
    ">-",
    ">1",
    "#",
    " #",
    "# c\n",
    "---",
    "---\n",
    "...\n",
    "\n---\n",
    "%TAG ! x\n",
    "%TAG !a! tag:x,\n",
    "%YAML 1.1\n",
    "%",
    "@",
    "`",
    "\t",
    "\t",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "ä",
    "😀",
    "1",
    "~",
    "\\u",
    "\\x41",
    "\\u00e4",
    "%41",
    "!%ff",
    "!a,",
    " ",
    "  ",
    " ",
    "a: b\n",
    "- a\n",
    "a:\n",
    "\"x\"",
    "'y'",
    "[a]",
    "{a: b}",
    "=",
    "x y",
];

pub(super) fn nearly_yaml() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..20).prop_map(|pieces| pieces.concat())
}

/// Documents as people write them, in all styles, mostly right.
fn document() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,8}( [a-z]{1,4}){0,2}",
        "[a-z]{1,6}[:#,-]{0,2}[a-z]{1,4}",
        Just("ä: ö".to_owned()),
        "[0-9]{1,3}(\\.[0-9])?",
    ];
    let scalar = prop_oneof![
        4 => word.clone(),
        1 => word.clone().prop_map(|word| format!("'{word}'")),
        1 => word.clone().prop_map(|word| format!("\"{word}\\n\"")),
        1 => word.clone().prop_map(|word| format!("&a {word}")),
        1 => word.prop_map(|word| format!("!t {word}")),
        1 => Just("*a".to_owned()),
        1 => Just(String::new()),
        1 => Just("[a, {b: c}, d: e]".to_owned()),
        1 => Just("|\n  x\n\n    y".to_owned()),
        1 => Just(">-\n  x\n  y".to_owned()),
        1 => Just("x\n  y\n\n  z".to_owned()),
        1 => Just("\"x\n  y \\\n  z\"".to_owned()),
    ];
    let node = scalar.prop_recursive(4, 24, 4, |inner| {
        let entry = (inner, "[a-z]{1,5}|'q'|\"r s\"|ä", 0..12_u8);
        (
            prop::collection::vec(entry, 1..4),
            0..3_usize,
            any::<bool>(),
        )
            .prop_map(|(entries, extra, is_list)| {
                let lines = entries.into_iter().map(|(value, key, style)| {
                    let head = if is_list {
                        "-".to_owned()
                    } else {
                        format!("{key}:")
                    };
                    let indent = " ".repeat(if is_list { 2 } else { extra });
                    let is_nested = value.contains('\n') && value.contains([':', '-']);
                    let value = value.replace('\n', &format!("\n{indent}"));
                    let comment = if style == 0 { " # c" } else { "" };
                    match style {
                        1 => format!("{head}\n\n{indent}{value}"),
                        2 => format!("# before\n{head} {value}"),
                        3 => format!("? {key}\n: {value}"),
                        _ if is_nested && !is_list => format!("{head}{comment}\n{indent}{value}"),
                        _ => format!("{head} {value}{comment}"),
                    }
                });
                lines.collect::<Vec<_>>().join("\n")
            })
    });
    (prop::collection::vec(node, 1..3), any::<bool>()).prop_map(|(documents, is_ended)| {
        documents.join("\n---\n") + if is_ended { "\n" } else { "" }
    })
}

/// A document with a few pieces put in, or taken away.
fn mutated() -> impl Strategy<Value = String> {
    let change = (
        any::<prop::sample::Index>(),
        prop::sample::select(PIECES),
        0..4_usize,
    );
    (document(), prop::collection::vec(change, 1..4)).prop_map(|(mut text, changes)| {
        for (at, piece, len) in changes {
            let boundaries: Vec<usize> = text
                .char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect();
            let from = at.index(boundaries.len());
            let to = (from + len).min(boundaries.len() - 1);
            text.replace_range(boundaries[from]..boundaries[to], piece);
        }
        text
    })
}

/// How many texts of each kind are tried; more when somebody asks for it.
fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("LUBAN_CASES_OF_TEXTS").ok();
    ProptestConfig {
        cases: cases.and_then(|cases| cases.parse().ok()).unwrap_or(usual),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn random_pieces_mean_what_they_mean_to_libyaml(text in nearly_yaml()) {
        prop_assert_eq!(difference(&text), None);
        let ended = format!("{text}\n");
        prop_assert_eq!(difference(&ended), None);
    }

    #[test]
    fn random_documents_mean_what_they_mean_to_libyaml(text in document()) {
        prop_assert_eq!(difference(&text), None);
    }

    #[test]
    fn broken_documents_mean_what_they_mean_to_libyaml(text in mutated()) {
        prop_assert_eq!(difference(&text), None);
    }

    #[test]
    fn any_bytes_mean_what_they_mean_to_libyaml(bytes in prop::collection::vec(any::<u8>(), 0..30)) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert_eq!(difference(&text), None);
    }
}

/// A generator of nothing but errors would show nothing.
#[test]
fn most_random_documents_are_right() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let right = |runner: &mut TestRunner, text: &dyn Fn(&mut TestRunner) -> String| {
        (0..400)
            .filter(|_| super::ours(&text(runner)).is_ok())
            .count()
    };
    let documents = right(&mut runner, &|runner| {
        document().new_tree(runner).unwrap().current()
    });
    let mutations = right(&mut runner, &|runner| {
        mutated().new_tree(runner).unwrap().current()
    });
    assert!(
        documents > 100 && mutations > 60,
        "{documents} {mutations} of 400"
    );
}
