//! What is read of a file whatever its type.
#![allow(missing_docs, clippy::unwrap_used)]

use luban_diagnostic::Finding;
use luban_yaml::{Budget, Document, Path, parse, read, to_string};
use proptest::prelude::*;
use serde_json::{Value, json};

fn documents(text: &str) -> Vec<Document> {
    parse("a.yaml", text.as_bytes(), &Budget::default()).unwrap()
}

fn value(text: &str) -> Value {
    let documents = documents(text);
    let (value, findings) = read::<Value>(&documents[0]);
    assert_eq!(findings, []);
    value.unwrap()
}

fn refused(bytes: &[u8]) -> Finding {
    let mut findings = parse("a.yaml", bytes, &Budget::default()).unwrap_err();
    assert_eq!(findings.len(), 1);
    findings.remove(0)
}

fn at(finding: &Finding) -> (u32, u32) {
    let start = finding.place.as_ref().unwrap().span.start;
    (start.line, start.column)
}

#[test]
fn a_file_holds_any_number_of_documents() {
    assert!(documents("").is_empty());
    assert!(documents("# nothing\n").is_empty());
    let read = documents("a: 1\n---\n---\n# c\n...\n---\n- b\n");
    assert_eq!(
        read.iter().map(Document::is_empty).collect::<Vec<_>>(),
        [false, true, true, false]
    );
    assert_eq!(
        read[3]
            .locate(&Path::root().index(0))
            .unwrap()
            .span
            .start
            .line,
        7
    );
    assert_eq!(read[0].file(), "a.yaml");
}

#[test]
fn documents_may_be_read_by_many_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Document>();
    let texts: Vec<String> = (0..8).map(|number| format!("a: {number}\n")).collect();
    let read: Vec<Document> = std::thread::scope(|scope| {
        let threads: Vec<_> = texts
            .iter()
            .map(|text| scope.spawn(|| documents(text).remove(0)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let path = Path::root().key("a");
    let values: Vec<_> = read
        .iter()
        .map(|document| document.text_at(&path))
        .collect();
    let numbers = ["0", "1", "2", "3", "4", "5", "6", "7"];
    assert_eq!(values, numbers.map(Some));
}

#[test]
fn a_file_of_nothing_but_mistakes_is_told_the_first_of_them() {
    let documents = documents(&"a: 1\n".repeat(2_000));
    let findings = documents[0].findings();
    assert_eq!(findings.len(), 501);
    assert_eq!(findings[500].message, "1499 more mistakes are not shown");
    let text = format!("[{}]", "x,".repeat(2_000));
    let (_, findings) =
        read::<Vec<u8>>(&parse("a.yaml", text.as_bytes(), &Budget::default()).unwrap()[0]);
    assert_eq!(findings.len(), 1_001);
}

#[test]
fn json_and_all_scalar_styles_are_read() {
    assert_eq!(
        value(r#"{"a":[1,2.5,"x\u00e9\n\/",true,null],"b":{"c":{}},	"d":[]}"#),
        json!({"a": [1, 2.5, "xé\n/", true, null], "b": {"c": {}}, "d": []})
    );
    assert_eq!(value(r#"{"a":"\ud83d\ude00"}"#), json!({"a": "😀"}));
    assert_eq!(
        value(
            "a: x\n  y\nb: 'it''s'\nc: \"\\t\\x41\"\nd: |\n  1\n   2\n\ne: >-\n  f\n  g\n? h\n: !!str 1\ni: !!int \"2\"\n"
        ),
        json!({"a": "x y", "b": "it's", "c": "\tA", "d": "1\n 2\n", "e": "f g", "h": "1", "i": 2})
    );
    assert_eq!(value("\u{feff}a: ä\r\nb: 1\r\n"), json!({"a": "ä", "b": 1}));
}

#[test]
fn a_block_at_the_end_of_a_file_has_the_line_breaks_that_are_written() {
    for (text, expected) in [
        ("a: |\n  x", "x"),
        ("a: |\n  x\n", "x\n"),
        ("a: |\n  x\n  y", "x\ny"),
        ("a: |\n  x\n ", "x\n"),
        ("a: |\n  x\n    ", "x\n  "),
        ("a: |-\n  x\n    ", "x\n  "),
        ("a: |+\n  x", "x"),
        ("a: |+\n  x\n\n ", "x\n\n"),
        ("a: >\n  x\n  y", "x y"),
        ("a: |", ""),
        ("a: |+", ""),
    ] {
        assert_eq!(value(text), json!({"a": expected}), "{text:?}");
        assert_eq!(
            serde_yaml::from_str::<Value>(text).unwrap(),
            json!({"a": expected}),
            "{text:?}"
        );
    }
}

#[test]
fn aliases_and_merge_keys_are_resolved_and_what_is_written_wins() {
    assert_eq!(
        value(
            "a: &x {k: 1, l: 2}\nb: *x\nc: {<<: *x, k: 3, m: 4}\nd: {<<: [{k: 5}, *x]}\ne: {'<<': 1}\nf: &y z\ng: *y\n"
        ),
        json!({
            "a": {"k": 1, "l": 2}, "b": {"k": 1, "l": 2}, "c": {"k": 3, "m": 4, "l": 2}, "d": {"k": 5, "l": 2},
            "e": {"<<": 1}, "f": "z", "g": "z"
        })
    );
    let unknown = refused(b"a: 1\nb: *x\n");
    assert_eq!((unknown.rule, at(&unknown)), ("unknown-anchor", (2, 4)));
    assert_eq!(refused(b"a: &a [*a]\n").rule, "unknown-anchor");
    assert_eq!(documents("a: {<<: 1}\n")[0].findings()[0].rule, "merge-key");
}

#[test]
fn keys_that_stand_twice_are_found_in_small_and_large_mappings() {
    let many: String = (0..100).map(|number| format!("k{number}: 1\n")).collect();
    for (text, places) in [
        ("a: 1\nb: 2\n\"a\": 3\n".to_owned(), [(3, 1), (1, 1)]),
        (format!("{many}k50: 2\n"), [(101, 1), (51, 1)]),
        ("x: {a: 1,\n a: 2}\n".to_owned(), [(2, 2), (1, 5)]),
    ] {
        let documents = documents(&text);
        let findings = documents[0].findings();
        assert_eq!(findings.len(), 1);
        let first = findings[0].related[0].place.span.start;
        assert_eq!([at(&findings[0]), (first.line, first.column)], places);
        assert_eq!(findings[0].rule, "duplicate-key");
    }
}

#[test]
fn keys_that_are_no_scalars_and_tags_of_others_are_found() {
    let documents = documents("? [a]\n: 1\nb: !Ref x\nc: !!set {d}\n");
    let found: Vec<_> = documents[0]
        .findings()
        .iter()
        .map(|finding| (finding.rule, at(finding)))
        .collect();
    assert_eq!(
        found,
        [
            ("unknown-tag", (3, 4)),
            ("unknown-tag", (4, 4)),
            ("key-type", (1, 3))
        ]
    );
}

#[test]
fn what_is_no_yaml_is_one_finding_at_its_place() {
    for (text, place) in [
        ("a: [1\nb: 2\n", (2, 2)),
        ("a:\n\t- b\n", (2, 1)),
        ("a: 'x", (1, 6)),
        ("a: b: c\n", (1, 5)),
        ("ä: @b\n", (1, 4)),
        ("a: \u{1}\n", (1, 4)),
        ("a: [!b, c]\n", (1, 7)),
        ("[!a,'", (1, 4)),
    ] {
        let finding = refused(text.as_bytes());
        assert_eq!(
            (finding.rule, at(&finding)),
            ("syntax", place),
            "{text:?} {finding:?}"
        );
    }
    let bytes = refused(b"a: \xc3\xa4\nb: \xff\n");
    assert_eq!((bytes.rule, at(&bytes)), ("encoding", (2, 4)));
    assert_eq!(bytes.message, "the file is not UTF-8: byte 9 is `0xff`");
    assert_eq!(refused(b"\xff\xfea\0:\0").rule, "encoding");
}

#[test]
fn a_file_that_costs_too_much_is_one_finding() {
    for opening in ["[", "- ", "{a: ", "? "] {
        assert_eq!(
            refused(opening.repeat(10_000).as_bytes()).rule,
            "nesting",
            "{opening}"
        );
    }
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert_eq!(refused(bomb.as_bytes()).rule, "aliases");
    let mut merges = "a0: &a0 {k: 1}\n".to_owned();
    for level in 1..3_000 {
        merges.push_str(&format!(
            "a{level}: &a{level} {{<<: *a{}, k{level}: 1}}\n",
            level - 1
        ));
    }
    assert_eq!(refused(merges.as_bytes()).rule, "aliases");
    let mut tower = "a0: &a0 []\n".to_owned();
    for level in 1..1_100 {
        tower.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert!(["nesting", "aliases"].contains(&refused(tower.as_bytes()).rule));
    let small = Budget {
        bytes: 10,
        ..Budget::default()
    };
    assert_eq!(
        parse("a.yaml", b"a: 12345678\n", &small).unwrap_err()[0].rule,
        "file-size"
    );
    assert!(parse("a.yaml", b"a: 123456\n", &small).is_ok());
}

#[test]
fn a_path_leads_to_a_value_or_as_near_as_there_is_one() {
    let text = "spec:\n  projects:\n  - name: a\n  - name: &n bö\n    url: 'x'\n  - {name: c}\n";
    let documents = documents(text);
    let project = |index| Path::root().key("spec").key("projects").index(index);
    let shown = |place: Option<luban_diagnostic::Place>| {
        let span = place.unwrap().span;
        text[span.start.offset as usize..span.end.offset as usize].to_owned()
    };
    let document = &documents[0];
    assert_eq!(shown(document.locate(&project(1).key("name"))), "&n bö");
    assert_eq!(shown(document.locate(&project(1).key("url"))), "'x'");
    assert_eq!(shown(document.locate_key(&project(1).key("url"))), "url");
    assert_eq!(shown(document.locate(&project(2))), "{name: c}");
    assert_eq!(shown(document.locate(&project(0))), "name: a");
    assert_eq!(
        shown(document.locate_key(&project(0).key("missing"))),
        "projects"
    );
    assert_eq!(
        shown(document.locate(&project(1).key("missing").key("x"))),
        "name: &n bö\n    url: 'x'"
    );
    assert_eq!(shown(document.locate_key(&project(9))), "projects");
    assert_eq!(document.text_at(&project(1).key("name")), Some("bö"));
    assert_eq!(document.text_at(&project(1)), None);
    assert_eq!(document.text_at(&project(1).key("missing")), None);
    assert_eq!(
        parse("a", b"---\n", &Budget::default()).unwrap()[0].locate(&Path::root()),
        None
    );
}

/// Text that is nearly YAML.
fn nearly_yaml() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "b: ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        ": ",
        ":",
        "? ",
        "&x ",
        "*x",
        "<<: ",
        "*x\n",
        "!t ",
        "!!str ",
        "!<u> ",
        "!",
        ",",
        "[",
        "]",
        "{",
        "}",
        "'",
        "\"",
        "\\",
        "|",
        "|2-",
        ">",
        "#",
        " #",
        "---\n",
        "...\n",
        "%TAG ! x\n",
        "%YAML 1.1\n",
        "%",
        "@",
        "\t",
        "\r",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "ä",
        "😀",
        "1",
        "yes",
        "~",
        "\\u",
        "\\x4",
        "%2",
        "!%ff",
        "!a,",
    ]);
    prop::collection::vec(pieces, 0..14).prop_map(|pieces| pieces.concat())
}

fn read_all(bytes: &[u8]) {
    let budget = Budget {
        aliases: 10_000,
        ..Budget::default()
    };
    match parse("a.yaml", bytes, &budget) {
        Err(findings) => assert!(findings.iter().all(|finding| finding.place.is_some())),
        Ok(documents) => {
            for document in &documents {
                let (_, findings) = read::<Value>(document);
                assert!(findings.iter().all(|finding| finding.place.is_some()));
                let _ = read::<k8s_openapi::api::core::v1::Pod>(document);
                let _ = read::<Vec<std::collections::BTreeMap<String, u8>>>(document);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in prop_oneof![nearly_yaml(), any::<String>()]) {
        read_all(text.as_bytes());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        read_all(&bytes);
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let text = || prop_oneof![any::<String>(), "[ -~\n]{0,30}", "[-+.0-9_:eExX]{0,7}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(expected in any_value()) {
        let yaml = to_string(&expected).unwrap();
        prop_assert_eq!(value(&yaml), expected.clone());
        let json = serde_json::to_string(&expected).unwrap();
        // To YAML 1.1 these are line breaks, or no characters at all.
        let json = json
            .chars()
            .map(|character| match character {
                '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                    format!("\\u{:04x}", character as u32)
                }
                character => character.to_string(),
            })
            .collect::<String>();
        prop_assert_eq!(value(&json), expected);
    }
}
