use super::{ParamValue, go_json};
use serde_json::{from_str, json, to_value};

fn read(json: &str) -> ParamValue {
    from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn texts<const N: usize>(texts: [&str; N]) -> ParamValue {
    ParamValue::Array(texts.map(str::to_owned).into())
}

/// Answers of tektoncd/pipeline v1.15.0, `sigs.k8s.io/yaml` 1.6 and Go 1.26.
#[test]
fn what_is_no_text_is_the_text_that_tekton_makes_of_it() {
    for (written, text) in [
        ("5", "5"),
        ("-0.0", "-0"),
        ("1.0", "1"),
        ("1.5", "1.5"),
        ("1e3", "1000"),
        ("1e20", "100000000000000000000"),
        ("1e21", "1e+21"),
        ("0.000001", "0.000001"),
        ("0.0000001", "1e-7"),
        ("-1.5e-9", "-1.5e-9"),
        ("18446744073709551615", "18446744073709551615"),
        ("9007199254740993", "9007199254740993"),
        ("123456789012345678901234567890", "1.2345678901234568e+29"),
        ("true", "true"),
        ("null", ""),
        (r#"["a", 1]"#, r#"["a",1]"#),
        ("[null, 1]", "[null,1]"),
        ("[1, 2.50]", "[1,2.5]"),
        (r#"[["a", "b"], ["c", null]]"#, r#"[["a","b"],["c",null]]"#),
        (
            r#"["a", {"b": 1, "a": ["x"]}]"#,
            r#"["a",{"a":["x"],"b":1}]"#,
        ),
        (r#"{"b": 2, "a": "x"}"#, r#"{"a":"x","b":2}"#),
        (
            r#"{"b": {"c": "d"}, "a": null}"#,
            r#"{"a":null,"b":{"c":"d"}}"#,
        ),
    ] {
        assert_eq!(read(written), ParamValue::from(text), "{written}");
    }
}

#[test]
fn lists_and_objects_of_texts_stay_what_they_are_and_null_in_them_is_the_empty_text() {
    assert_eq!(read("[]"), texts([]));
    assert_eq!(read(r#"["a", null]"#), texts(["a", ""]));
    assert_eq!(read("{}"), ParamValue::Object([].into()));
    let object = [
        ("a".to_owned(), "b".to_owned()),
        ("c".to_owned(), String::new()),
    ];
    assert_eq!(
        read(r#"{"a": "b", "c": null}"#),
        ParamValue::Object(object.into())
    );
}

#[test]
fn text_inside_json_is_escaped_as_go_escapes_it() {
    let written = json!({"<&>": "a<b>&\u{2028}\u{1}\u{8}\u{c}\u{7f}\"\\/\n\té", "z": 1});
    let expected = "{\"\\u003c\\u0026\\u003e\":\"a\\u003cb\\u003e\\u0026\\u2028\\u0001\\b\\f\u{7f}\\\"\\\\/\\n\\té\",\"z\":1}";
    assert_eq!(read(&written.to_string()), ParamValue::from(expected));
}

#[test]
fn a_value_is_written_as_it_is_read_by_every_reader() {
    for value in [
        json!(""),
        json!("5"),
        json!(["5", ""]),
        json!({"a": "true"}),
    ] {
        assert_eq!(to_value(read(&value.to_string())).unwrap(), value);
    }
}

#[test]
fn infinities_are_no_values() {
    for written in [".inf", "[-.inf]", "{a: .nan}"] {
        let error = serde_yaml::from_str::<ParamValue>(written).unwrap_err();
        assert!(error.to_string().contains("JSON has no number"), "{error}");
    }
    assert_eq!(go_json::number(f64::NAN), None);
}
