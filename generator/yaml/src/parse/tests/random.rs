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

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_pieces_mean_what_they_mean_to_libyaml(text in nearly_yaml()) {
        prop_assert_eq!(difference(&text), None);
        let ended = format!("{text}\n");
        prop_assert_eq!(difference(&ended), None);
    }
}
