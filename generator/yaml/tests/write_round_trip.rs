//! What is written is read back as it was, by readers that are not ours.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::LazyLock;

use luban_yaml::to_string;
use proptest::prelude::*;
use regex::Regex;
use serde_json::{Map, Value, json};

/// Plain scalars that some YAML 1.1 or 1.2 reader takes for something other than a string: PyYAML 6 `resolver.py`, go-yaml v2 and
/// v3 `resolve.go`, Ruby's psych `scalar_scanner.rb`, and the core schema of YAML 1.2.
static NOT_A_STRING: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"^$",
        r"^(?i:y|n|yes|no|on|off|true|false|null|~)$",
        r"^(=|<<)$",
        // Integers.
        r"^[-+]?0b[0-1_]+$",
        r"^[-+]?0[0-7_]+$",
        r"^[-+]?(0|[1-9][0-9_,]*)$",
        r"^[-+]?[0-9][0-9_,]*$",
        r"^[-+]?(?i:0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+)$",
        r"^[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+$",
        // Floats.
        r"^[-+]?([0-9][0-9_]*)\.[0-9_]*([eE][-+]?[0-9]+)?$",
        r"^[-+]?\.[0-9][0-9_]*([eE][-+]?[0-9]+)?$",
        r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$",
        r"^[-+]?[0-9][0-9_,]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?$",
        r"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*$",
        r"^[-+]?\.(?i:inf|nan)$",
        // Dates and times.
        r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$",
        r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}",
        // What is no plain scalar at all.
        r"^(---|\.\.\.)",
        r#"^[-?:]([ \t]|$)|^[,\[\]{}#&*!|>'"%@` \t]|[ \t]$|:([ \t]|$)|[ \t]#"#,
    ]
    .iter()
    .map(|pattern| Regex::new(pattern).unwrap())
    .collect()
});

/// Strings that some reader could take for something else.
static AMBIGUOUS: LazyLock<Vec<String>> =
    LazyLock::new(|| serde_json::from_str(include_str!("ambiguous.json")).unwrap());

/// The text between the indicators, when the scalar was written plain.
fn plain_in(line: &str) -> Option<&str> {
    let text = line.strip_suffix('\n')?;
    (!text.starts_with(['"', '|']) && !text.contains('\n')).then_some(text)
}

/// What libyaml's port reads as the scalar that follows the first scalar `key`, and whether it was plain.
fn events(yaml: &str) -> Vec<(String, bool)> {
    let mut input = yaml.as_bytes();
    let mut parser = libyaml_safer::Parser::new();
    parser.set_input_string(&mut input);
    // Else it takes any first byte 0xef for half a byte order mark.
    parser.set_encoding(libyaml_safer::Encoding::Utf8);
    parser
        .filter_map(|event| match event.unwrap().data {
            libyaml_safer::EventData::Scalar {
                value,
                plain_implicit,
                ..
            } => Some((value, plain_implicit)),
            _ => None,
        })
        .collect()
}

/// The pattern by which some reader takes a plain scalar for something else; go-yaml takes underscores out of numbers first.
fn judged(plain: &str) -> Option<&'static Regex> {
    let is_stripped =
        plain.starts_with(['+', '-']) || plain.starts_with(|first: char| first.is_ascii_digit());
    let stripped = if is_stripped {
        plain.replace('_', "")
    } else {
        plain.to_owned()
    };
    // The last two patterns are about indicators, which an underscore keeps from being some.
    let numbers = &NOT_A_STRING[..NOT_A_STRING.len() - 2];
    let of_stripped = numbers.iter().find(|pattern| pattern.is_match(&stripped));
    NOT_A_STRING
        .iter()
        .find(|pattern| pattern.is_match(plain))
        .or(of_stripped)
}

fn survives(text: &str) {
    let root = to_string(text).unwrap();
    if let Some(plain) = plain_in(&root) {
        let judged = judged(plain);
        assert!(
            judged.is_none(),
            "`{plain}` is written plain but matches {judged:?}"
        );
        assert_eq!(plain, text);
    }
    for value in [
        json!(text),
        json!({ "key": text }),
        json!({ text: "value" }),
        json!([text, [text, { text: [text] }]]),
        json!({"a": {"b": [{"c": text, "d": 1}], text: text}}),
    ] {
        let yaml = to_string(&value).unwrap();
        assert!(
            yaml.ends_with('\n')
                && (!yaml.ends_with("\n\n") || yaml.contains("|+") || yaml.contains("|2+")),
            "{yaml:?}"
        );
        assert_eq!(
            serde_yaml::from_str::<Value>(&yaml).unwrap(),
            value,
            "{yaml}"
        );
    }
    // serde_yaml's libyaml and the safe port are two code bases; the plain ones must resolve to strings in both.
    let yaml = to_string(&json!({ text: text })).unwrap();
    let scalars = events(&yaml);
    assert_eq!(
        scalars
            .iter()
            .map(|(value, _)| value.as_str())
            .collect::<Vec<_>>(),
        [text, text],
        "{yaml}"
    );
    for (value, plain) in scalars {
        assert!(!plain || judged(&value).is_none(), "{yaml}");
    }
}

#[test]
fn strings_that_look_like_something_else_stay_strings() {
    assert!(AMBIGUOUS.len() > 200);
    for text in AMBIGUOUS.iter() {
        survives(text);
    }
}

#[test]
fn strings_that_are_clearly_strings_are_not_quoted() {
    for text in [
        "1.2.3",
        "v1",
        "10.0.0.1",
        "10Gi",
        "100m",
        "--flag=x",
        "-a",
        "a:b",
        "a#b",
        "$(params.url)",
        "/a/b",
        ".",
        "..",
        "a,b",
        "registry.example:5000/a@sha256:0123",
        "refs/heads/main",
        "apps/v1",
        "ä",
        "😀",
        "it's",
        "say \"hi\"",
        "a]b",
        "<a",
        "=a",
        "Mon, 1 Jan",
        "nobody",
        "yesterday",
        "N/A",
        "0 0 * * 1",
        "2024-01-01-a",
        "1e3x",
        "deadbeef",
        "e3",
        ".git",
        "a\u{a0}b",
    ] {
        assert_eq!(to_string(text).unwrap(), format!("{text}\n"));
    }
}

/// Text made of the pieces that YAML gives a meaning to.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "b",
        " ",
        "  ",
        "\n",
        "\n\n",
        ":",
        ": ",
        "#",
        " #",
        "-",
        "- ",
        "?",
        "0",
        "1",
        "9",
        "7",
        ".",
        "_",
        "e",
        "E",
        "+",
        "x",
        "o",
        "T",
        "Z",
        "y",
        "n",
        "'",
        "\"",
        "\\",
        "|",
        ">",
        "&",
        "*",
        "!",
        "%",
        "@",
        "`",
        "{",
        "}",
        "[",
        "]",
        ",",
        "~",
        "=",
        "<",
        "\t",
        "\r",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\0",
        "ä",
        "😀",
        "---",
        "...",
        "<<",
        "2024-01-01",
        "inf",
        "nan",
    ]);
    prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        hostile(),
        any::<String>(),
        "[-+.0-9_:eExX]{0,7}",
        "[ -~\n]{0,40}"
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any_text(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_survives(text in any_text()) {
        survives(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_value_survives_and_is_written_the_same_again(value in any_value()) {
        let yaml = to_string(&value).unwrap();
        let read: Value = serde_yaml::from_str(&yaml).unwrap();
        prop_assert_eq!(&read, &value);
        prop_assert_eq!(to_string(&read).unwrap(), yaml);
    }
}
