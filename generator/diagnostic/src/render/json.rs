//! One JSON document, for programs.

use serde::Serialize;

use crate::{Finding, Place, Subject, Summary};

#[derive(Serialize)]
struct Report<'a> {
    version: u8,
    findings: Vec<JsonFinding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'static str,
    severity: String,
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    object: Option<&'a Subject>,
    related: Vec<JsonRelated<'a>>,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonPlace<'a> {
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
}

impl<'a> JsonPlace<'a> {
    fn of(place: Option<&'a Place>) -> Self {
        let start = place.map(|place| place.span.start);
        let end = place.map(|place| place.span.end);
        Self {
            file: place.map(|place| &*place.file),
            line: start.map(|start| start.line),
            column: start.map(|start| start.column),
            end_line: end.map(|end| end.line),
            end_column: end.map(|end| end.column),
        }
    }
}

/// `{"version": 1, "findings": […], "summary": {"errors", "warnings", "notes"}}`, indented, with a newline at the end. A
/// finding has always the same keys: without a place, `file` and its positions are null.
#[must_use]
pub fn json(findings: &[Finding]) -> String {
    let report = Report {
        version: 1,
        findings: findings
            .iter()
            .map(|finding| JsonFinding {
                rule: finding.rule,
                severity: finding.severity.to_string(),
                message: &finding.message,
                place: JsonPlace::of(finding.place.as_ref()),
                object: finding.object.as_deref(),
                related: finding
                    .related
                    .iter()
                    .map(|related| JsonRelated {
                        message: &related.message,
                        place: JsonPlace::of(Some(&related.place)),
                    })
                    .collect(),
                help: finding.help.as_deref(),
            })
            .collect(),
        summary: Summary::of(findings),
    };
    // Strings and numbers under string keys always serialise.
    let mut out = serde_json::to_string_pretty(&report).unwrap_or_default();
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lines;
    use std::sync::Arc;

    #[test]
    fn a_report_holds_all_of_a_finding_and_the_counts() {
        let text = "ab\ncd";
        let place = Lines::new(text).place("a.yaml", text, 1..4);
        let mut findings = [
            Finding::error("r", "m")
                .at(place.clone())
                .related("first", place)
                .help("h"),
            Finding::note("s", "n"),
        ];
        findings[0].object = Some(Arc::new(Subject {
            api_version: "tekton.dev/v1".to_owned(),
            kind: "Task".to_owned(),
            name: "build".to_owned(),
        }));
        let report: serde_json::Value = serde_json::from_str(&json(&findings)).unwrap();
        assert_eq!(
            report,
            serde_json::json!({
                "version": 1,
                "findings": [
                    {"rule": "r", "severity": "error", "message": "m", "file": "a.yaml", "line": 1, "column": 2, "endLine": 2,
                     "endColumn": 2, "help": "h",
                     "object": {"apiVersion": "tekton.dev/v1", "kind": "Task", "name": "build"},
                     "related": [{"message": "first", "file": "a.yaml", "line": 1, "column": 2, "endLine": 2, "endColumn": 2}]},
                    {"rule": "s", "severity": "note", "message": "n", "file": null, "line": null, "column": null,
                     "endLine": null, "endColumn": null, "object": null, "related": [], "help": null},
                ],
                "summary": {"errors": 1, "warnings": 0, "notes": 1},
            })
        );
    }
}
