//! SARIF 2.1.0, which GitHub's code scanning and editors read.
//!
//! Properties of rules are those that GitHub documents: `precision`, `problem.severity`, `security-severity`, `tags`.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::redacted_lines;
use crate::{Finding, Place, Severity, Sources};

/// What is said about a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleText {
    /// What it finds, in one line.
    pub title: String,
    /// Why that is wrong and what to do about it.
    pub text: String,
    /// The same, with examples.
    pub markdown: String,
    /// How sure it is: `very-high`, `high`, `medium` or `low`.
    pub precision: &'static str,
    /// Whether it is about what an attacker would use.
    pub is_security: bool,
    /// More words to find it by.
    pub tags: Vec<String>,
}

/// One SARIF log of one run of this version of luban. `rules` tells about the rules that findings name.
#[must_use]
pub fn sarif(
    findings: &[Finding],
    sources: &Sources,
    version: &str,
    rules: impl Fn(&str) -> Option<RuleText>,
) -> String {
    // The most that findings of a rule weigh is what the rule weighs.
    let mut named: BTreeMap<&str, Severity> = BTreeMap::new();
    for finding in findings {
        let severity = named.entry(finding.rule).or_insert(finding.severity);
        *severity = finding.severity.min(*severity);
    }
    let numbers: HashMap<&str, usize> = named.keys().copied().zip(0..).collect();
    let described: Vec<Value> = named
        .iter()
        .map(|(id, severity)| descriptor(id, *severity, rules(id)))
        .collect();
    let redacted = redacted_lines(findings);
    let mut seen = HashMap::new();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let mut result = result(finding, numbers.get(finding.rule).copied());
            let line = finding.place.as_ref().and_then(|place| {
                let start = place.span.start;
                let text = sources.text(&place.file)?;
                let is_redacted = redacted.contains(&(&*place.file, start.line));
                (!is_redacted).then(|| line_at(text, start.offset as usize))
            });
            let print = fingerprint(finding, line.unwrap_or_default(), &mut seen);
            result.insert("partialFingerprints".to_owned(), json!({"luban/v1": print}));
            Value::Object(result)
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "luban",
                "semanticVersion": version,
                "rules": described,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).unwrap_or_default();
    out.push('\n');
    out
}

fn descriptor(id: &str, severity: Severity, rule: Option<RuleText>) -> Value {
    let rule = rule.unwrap_or_default();
    let mut properties = Map::new();
    let mut tags = rule.tags;
    if rule.is_security {
        tags.push("security".to_owned());
        // GitHub ranks by this number: high from 7, medium from 4.
        let rank = match severity {
            Severity::Error => "8.0",
            Severity::Warning => "6.0",
            Severity::Note => "3.0",
        };
        properties.insert("security-severity".to_owned(), json!(rank));
    }
    properties.insert("tags".to_owned(), json!(tags));
    let problem = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    };
    properties.insert("problem.severity".to_owned(), json!(problem));
    if !rule.precision.is_empty() {
        properties.insert("precision".to_owned(), json!(rule.precision));
    }
    let mut descriptor = json!({
        "id": id,
        "name": pascal_case(id),
        "defaultConfiguration": {"level": severity.to_string()},
        "properties": properties,
    });
    if let Some(descriptor) = descriptor
        .as_object_mut()
        .filter(|_| !rule.title.is_empty())
    {
        let text = |text: &str| json!({"text": text});
        descriptor.insert("shortDescription".to_owned(), text(&rule.title));
        descriptor.insert("fullDescription".to_owned(), text(&rule.text));
        let help = json!({"text": rule.text, "markdown": rule.markdown});
        descriptor.insert("help".to_owned(), help);
    }
    descriptor
}

fn result(finding: &Finding, rule: Option<usize>) -> Map<String, Value> {
    let mut message = finding.message.clone();
    if let Some(help) = &finding.help {
        let _ = write!(message, "\n\nhelp: {help}");
    }
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(finding.rule));
    if let Some(rule) = rule {
        result.insert("ruleIndex".to_owned(), json!(rule));
    }
    result.insert("level".to_owned(), json!(finding.severity.to_string()));
    result.insert("message".to_owned(), json!({"text": message}));
    let mut location = finding.place.as_ref().map(physical);
    if let (Some(location), Some(object)) = (&mut location, &finding.object) {
        let logical = json!([{"kind": "object", "fullyQualifiedName":
            format!("{}/{}/{}", object.api_version, object.kind, object.name)}]);
        location.insert("logicalLocations".to_owned(), logical);
    }
    let locations: Vec<Value> = location.into_iter().map(Value::Object).collect();
    result.insert("locations".to_owned(), json!(locations));
    if !finding.related.is_empty() {
        let related = finding.related.iter().zip(0..).map(|(related, id)| {
            let mut location = physical(&related.place);
            location.insert("id".to_owned(), json!(id));
            location.insert("message".to_owned(), json!({"text": related.message}));
            Value::Object(location)
        });
        let related: Vec<Value> = related.collect();
        result.insert("relatedLocations".to_owned(), json!(related));
    }
    result
}

/// A location with nothing but its place.
fn physical(place: &Place) -> Map<String, Value> {
    let (start, end) = (place.span.start, place.span.end);
    let mut location = Map::new();
    let place = json!({
        "artifactLocation": {"uri": uri(&place.file)},
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    });
    location.insert("physicalLocation".to_owned(), place);
    location
}

/// A path as a URI reference (RFC 3986): relative ones are from the folder that luban ran in.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

/// What stays the same when lines are added above: the rule, the file, the words of the line and how often they came before.
fn fingerprint(finding: &Finding, line: &str, seen: &mut HashMap<u64, u32>) -> String {
    let file = finding.place.as_ref().map_or("", |place| &*place.file);
    let words = line.split_whitespace().flat_map(|word| [word, " "]);
    let parts = [finding.rule, "\n", file, "\n"].into_iter().chain(words);
    // FNV-1a: the same everywhere and for ever, which hashes of the standard library need not be.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.flat_map(str::bytes) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let count = seen.entry(hash).or_insert(0);
    *count += 1;
    format!("{hash:016x}:{count}")
}

fn line_at(text: &str, offset: usize) -> &str {
    let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = offset + after.find('\n').unwrap_or(after.len());
    text.get(start..end).unwrap_or_default()
}

fn pascal_case(id: &str) -> String {
    let words = id.split('-').map(|word| {
        let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        first.to_uppercase() + rest
    });
    words.collect()
}

#[cfg(test)]
mod tests;
