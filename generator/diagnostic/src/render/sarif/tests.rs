use std::sync::Arc;

use super::*;
use crate::{Lines, Subject};

const TEXT: &str = "kind: Task\nspéc: 1\nspéc: 1\n";

fn log(findings: &[Finding]) -> Value {
    let mut sources = Sources::new();
    sources.insert("a b.yaml", TEXT);
    let rules = |id: &str| {
        (id == "privileged").then(|| RuleText {
            title: "a privileged container".to_owned(),
            text: "it owns the node".to_owned(),
            markdown: "it **owns** the node".to_owned(),
            precision: "high",
            is_security: true,
            tags: vec!["dangerous".to_owned()],
        })
    };
    serde_json::from_str(&sarif(findings, &sources, "1.2.3", rules)).unwrap()
}

fn place(bytes: std::ops::Range<usize>) -> Place {
    Lines::new(TEXT).place("a b.yaml", TEXT, bytes)
}

#[test]
fn a_log_holds_all_of_a_finding_and_what_is_said_about_its_rule() {
    let mut finding = Finding::warning("privileged", "it is `privileged`")
        .at(place(18..19))
        .related("this one", place(0..4))
        .help("say no");
    finding.object = Some(Arc::new(Subject {
        api_version: "tekton.dev/v1".to_owned(),
        kind: "Task".to_owned(),
        name: "build".to_owned(),
    }));
    let log = log(&[finding, Finding::error("syntax", "m")]);
    let run = &log["runs"][0];
    assert_eq!(
        (&log["version"], &run["columnKind"]),
        (&json!("2.1.0"), &json!("unicodeCodePoints"))
    );
    assert_eq!(
        run["tool"]["driver"]["rules"],
        json!([
            {
                "id": "privileged",
                "name": "Privileged",
                "defaultConfiguration": {"level": "warning"},
                "properties": {
                    "security-severity": "6.0",
                    "tags": ["dangerous", "security"],
                    "problem.severity": "warning",
                    "precision": "high",
                },
                "shortDescription": {"text": "a privileged container"},
                "fullDescription": {"text": "it owns the node"},
                "help": {"text": "it owns the node", "markdown": "it **owns** the node"},
            },
            {
                "id": "syntax",
                "name": "Syntax",
                "defaultConfiguration": {"level": "error"},
                "properties": {"tags": [], "problem.severity": "error"},
            },
        ])
    );
    let region = |line, start, end| json!({"startLine": line, "startColumn": start, "endLine": line, "endColumn": end});
    let result = &run["results"][0];
    assert_eq!(result["ruleIndex"], 0);
    assert_eq!(
        result["message"]["text"],
        "it is `privileged`\n\nhelp: say no"
    );
    assert_eq!(
        result["locations"],
        json!([{
            "physicalLocation": {"artifactLocation": {"uri": "a%20b.yaml"}, "region": region(2, 7, 8)},
            "logicalLocations": [{"kind": "object", "fullyQualifiedName": "tekton.dev/v1/Task/build"}],
        }])
    );
    assert_eq!(
        result["relatedLocations"],
        json!([{
            "id": 0,
            "message": {"text": "this one"},
            "physicalLocation": {"artifactLocation": {"uri": "a%20b.yaml"}, "region": region(1, 1, 5)},
        }])
    );
    assert_eq!(run["results"][1]["locations"], json!([]));
}

#[test]
fn a_fingerprint_outlives_lines_above_and_tells_equal_lines_apart() {
    let prints = |findings: &[Finding]| -> Vec<Value> {
        let log = log(findings);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let print = |result: &Value| result["partialFingerprints"]["luban/v1"].clone();
        results.iter().map(print).collect()
    };
    let first = Finding::error("r", "m").at(place(11..15));
    let second = Finding::error("r", "other words").at(place(20..24));
    let both = prints(&[first.clone(), second.clone()]);
    assert_ne!(both[0], both[1]);
    assert_eq!(prints(&[second]), both[..1]);
    let redacted = prints(&[first.clone().redacted()]);
    assert_ne!(redacted, prints(&[first]));
}

#[test]
fn paths_are_uris() {
    assert_eq!(uri("a/b.yaml"), "a/b.yaml");
    assert_eq!(uri("/a b/ä#?.yaml"), "file:///a%20b/%C3%A4%23%3F.yaml");
}
