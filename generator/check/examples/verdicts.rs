//! Verdicts on documents, in the protocol of `tests/conformance`: JSON lines in, JSON lines out.
//!
//! A request has `id`, `yaml`, and `group`, the set in which references are looked up; `submit` asks as submission does, and
//! `flags` are Tekton's feature flags, other than by default.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use luban_check::{As, Family, Flags, Objects, Options, Rule, check, rule};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    type Group = (String, bool, BTreeMap<String, String>);
    let mut groups: BTreeMap<Group, Vec<(String, String)>> = BTreeMap::new();
    let mut order = Vec::new();
    for line in io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let text = |field: &str| request[field].as_str().unwrap_or_default().to_owned();
        let flags = request["flags"].as_object().into_iter().flatten();
        let flags =
            flags.filter_map(|(flag, value)| Some((flag.clone(), value.as_str()?.to_owned())));
        let is_submitted = request["submit"].as_bool() == Some(true);
        let group = (text("group"), is_submitted, flags.collect());
        order.push(text("id"));
        groups
            .entry(group)
            .or_default()
            .push((text("id"), text("yaml")));
    }
    let mut verdicts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for ((_, is_submitted, flags), requests) in groups {
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
            tekton: Flags::from_map(&flags).map_err(io::Error::other)?,
            ..Options::default()
        };
        for finding in check(&Objects::new(documents), &options) {
            let (Severity::Error, Some(place)) = (finding.severity, finding.place) else {
                continue;
            };
            // What is accepted and goes wrong later is no verdict.
            let is_rejected = |rule: &Rule| rule.family == Family::Rejected;
            if !rule(finding.rule).is_none_or(is_rejected) {
                continue;
            }
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
