//! Verdicts on documents, in the protocol of `tests/conformance`: JSON lines in, JSON lines out.
//!
//! A request has `id`, `yaml`, and `group`, the set in which references are looked up; `submit` asks as submission does.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use luban_check::{As, Objects, Options, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut groups: BTreeMap<(String, bool), Vec<(String, String)>> = BTreeMap::new();
    let mut order = Vec::new();
    for line in io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let text = |field: &str| request[field].as_str().unwrap_or_default().to_owned();
        let group = (text("group"), request["submit"].as_bool() == Some(true));
        order.push(text("id"));
        groups
            .entry(group)
            .or_default()
            .push((text("id"), text("yaml")));
    }
    let mut verdicts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for ((_, is_submitted), requests) in groups {
        let mut documents = Vec::new();
        for (id, yaml) in requests {
            let said = verdicts.entry(id.clone()).or_default();
            match parse(&id, yaml.as_bytes(), &Budget::default()) {
                Ok(parsed) => documents.extend(parsed),
                Err(findings) => said.extend(findings.into_iter().map(|finding| finding.message)),
            }
        }
        let options = Options {
            judged_as: if is_submitted { As::Submit } else { As::Lint },
            is_closed: true,
            ..Options::default()
        };
        for finding in check(&Objects::new(documents), &options) {
            let (Severity::Error, Some(place)) = (finding.severity, finding.place) else {
                continue;
            };
            let said = verdicts.entry(place.file.to_string()).or_default();
            said.push(format!("{}: {}", finding.rule, finding.message));
        }
    }
    let mut out = io::stdout().lock();
    for id in order {
        let said = verdicts.remove(&id).unwrap_or_default();
        let error = said.join("; ");
        writeln!(
            out,
            "{}",
            json!({"id": id, "ok": said.is_empty(), "error": error})
        )?;
    }
    Ok(())
}
