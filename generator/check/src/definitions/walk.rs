//! Walking an object along its definition.

use std::collections::HashMap;

use luban_diagnostic::{Place, Severity, did_you_mean};
use luban_yaml::{Path, PathSegment};

use crate::objects::Entry;
use crate::rule::Subject;
use crate::sink::Sink;

use super::{DEFINITIONS, Part};

/// Findings that are said of one object at most; more are of one cause.
const MOST: usize = 200;

/// What a definition refuses.
pub(crate) struct Refused {
    rule: &'static str,
    severity: Option<Severity>,
    message: String,
    place: Option<Place>,
    other: Option<Place>,
    /// The mapping and the field that is missing in it.
    missing: Option<(Path, String)>,
}

/// Says what the definition of an object's kind refuses, by the sink's rule.
pub(crate) fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let is_workflow = is_workflow(entry);
    for refused in subject.refused.get_or_init(|| walk(entry)) {
        if refused.rule != sink.rule.id
            || refused
                .missing
                .as_ref()
                .is_some_and(|(path, field)| is_explained(subject, sink, path, field))
        {
            continue;
        }
        let mut finding = sink
            .finding(refused.message.clone())
            .at(refused.place.clone());
        finding.severity = refused.severity.unwrap_or(finding.severity);
        if let Some(other) = &refused.other {
            finding = finding.related("the other is here", other.clone());
        }
        let finding = if is_workflow {
            sink.refused_by_definitions(finding)
        } else {
            Some(finding)
        };
        if let Some(finding) = finding {
            sink.push(finding);
        }
    }
}

/// Everything that the definition of an object's kind refuses.
fn walk(entry: &Entry) -> Vec<Refused> {
    let start = DEFINITIONS
        .kinds
        .get(&entry.name.api_version)
        .and_then(|kinds| kinds.get(&entry.name.kind));
    let Some(start) = start else {
        return Vec::new();
    };
    let mut walk = Walk {
        entry,
        found: Vec::new(),
    };
    let mut pending = vec![(*start, entry.path.clone())];
    while let Some((part, path)) = pending.pop() {
        if walk.found.len() >= MOST {
            break;
        }
        if let Some(part) = DEFINITIONS.parts.get(part) {
            walk.part(part, &path, &mut pending);
        }
    }
    walk.found
}

fn is_workflow(entry: &Entry) -> bool {
    crate::rules::prelude::WORKFLOWS.contains(&entry.name.kind.as_str())
        && entry.name.api_version.starts_with("argoproj.io/")
}

/// Whether something else says why a field is missing, or brings it.
fn is_explained(subject: &Subject<'_>, sink: &mut Sink<'_>, path: &Path, field: &str) -> bool {
    let entry = subject.entry;
    // A patch may bring what an object of a base lacks.
    if sink.is_misspelt(entry, path, field)
        || subject.objects.kustomize().is_patched(subject.position)
    {
        return true;
    }
    if may_be_patch(entry) {
        return true;
    }
    // What has fields of another version is told of these.
    let dot = if path.is_empty() { "" } else { "." };
    let unknown = format!("unknown field `{path}{dot}");
    let is_of_another = entry.reading.iter().any(|finding| {
        let rest = finding.message.strip_prefix(&unknown);
        rest.is_some_and(|rest| !rest.split('`').next().unwrap_or_default().contains('.'))
    });
    if is_of_another {
        return true;
    }
    // What is above it may be misspelt.
    let mut above = path.clone();
    while let Some((PathSegment::Key(last), rest)) = above.split_last() {
        let rest = Path::from(rest.to_vec());
        if sink.is_misspelt(entry, &rest, last) {
            return true;
        }
        above = rest;
    }
    false
}

/// Whether an object may change another although no kustomization says so: such files often wait to be named by one.
pub(crate) fn may_be_patch(entry: &Entry) -> bool {
    let mut parts = entry.document.file().rsplit(['/', '\\']);
    let file = parts.next().unwrap_or_default();
    file.contains("patch") || parts.any(|folder| folder == "patches")
}

struct Walk<'w> {
    entry: &'w Entry,
    found: Vec<Refused>,
}

impl Walk<'_> {
    fn part(&mut self, part: &'static Part, path: &Path, pending: &mut Vec<(usize, Path)>) {
        let document = &self.entry.document;
        if let Some(length) = document.length_at(path) {
            if let Some(items) = part.items {
                pending.extend((0..length).rev().map(|index| (items, path.index(index))));
            }
            self.size(part.count, length, "items", path);
            self.duplicates(part, path, length);
            return;
        }
        if let Some(scalar) = document.scalar(path) {
            if document.has_value(path) {
                self.scalar(part, path, scalar.text());
            }
            return;
        }
        let mut count = 0;
        let mut required: Vec<&str> = part.required.iter().map(String::as_str).collect();
        let at = pending.len();
        for key in document.keys(path) {
            count += 1;
            if required.contains(&key) && document.has_value(&path.key(key)) {
                required.retain(|field| *field != key);
            }
            if let Some(below) = part.properties.get(key).or(part.values.as_ref()) {
                pending.push((*below, path.key(key)));
            }
        }
        if let Some(added) = pending.get_mut(at..) {
            added.reverse();
        }
        required
            .into_iter()
            .for_each(|field| self.missing(path, field));
        self.size(part.fields, count, "fields", path);
    }

    fn missing(&mut self, path: &Path, field: &str) {
        let at = path.key(field);
        let last = path.last();
        let document = &self.entry.document;
        let place = match last {
            Some(PathSegment::Index(_)) => document.locate_head(path),
            _ => self.entry.key_or_head(&at),
        };
        // Templates of sets are completed by generators' own, and upstream's examples lack some fields.
        let severity = (self.entry.name.kind == "ApplicationSet").then_some(Severity::Warning);
        self.found.push(Refused {
            rule: "missing-field",
            severity,
            message: format!("`{at}` is missing"),
            place,
            other: None,
            missing: Some((path.clone(), field.to_owned())),
        });
    }

    fn say(&mut self, rule: &'static str, message: String, place: Option<Place>) {
        self.found.push(Refused {
            rule,
            severity: None,
            message,
            place,
            other: None,
            missing: None,
        });
    }

    fn scalar(&mut self, part: &Part, path: &Path, text: &str) {
        if is_filled_in_later(text) {
            return;
        }
        let why = if !part.choices.is_empty() && !part.choices.iter().any(|choice| choice == text) {
            let near = did_you_mean(text, part.choices.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            format!(
                "`{path}` is `{}`, and there is only `{}`{near}",
                shortened(text),
                part.choices.join("`, `")
            )
        } else if !part.matches(text) {
            let pattern = part.pattern.as_deref().unwrap_or_default();
            format!(
                "`{path}` is `{}`, which does not match `{pattern}`",
                shortened(text)
            )
        } else if let Some(why) = number(text).and_then(|number| part.number.fault(number)) {
            format!("`{path}` is {text}, and must be {why}")
        } else if let Some(why) = part.length.fault(text.chars().count() as f64) {
            let count = text.chars().count();
            format!("`{path}` has {count} characters, and must have {why}")
        } else {
            return;
        };
        let place = self.entry.document.locate(path);
        self.say("definition-value", why, place);
    }

    fn size(&mut self, limits: super::Limits, count: usize, what: &str, path: &Path) {
        if !limits.is_any() {
            return;
        }
        if let Some(why) = limits.fault(count as f64) {
            let place = self.entry.document.locate_key(path);
            let message = format!("`{path}` has {count} {what}, and must have {why}");
            self.say("definition-size", message, place);
        }
    }

    fn duplicates(&mut self, part: &Part, path: &Path, length: usize) {
        let document = &self.entry.document;
        if !part.is_set && part.keys.is_empty() {
            return;
        }
        let mut seen: HashMap<Vec<&str>, Path> = HashMap::new();
        for index in 0..length {
            let at = path.index(index);
            let key: Vec<&str> = if part.is_set {
                document.text_at(&at).into_iter().collect()
            } else {
                part.keys
                    .iter()
                    .map(|key| document.text_at(&at.key(key)).unwrap_or_default())
                    .collect()
            };
            // Keys that are left out may have defaults that differ.
            if key.is_empty()
                || key
                    .iter()
                    .any(|part| part.is_empty() || is_filled_in_later(part))
            {
                continue;
            }
            if let Some(first) = seen.get(&key) {
                let shown = key.join("`, `");
                let by = if part.is_set {
                    String::new()
                } else {
                    format!(" by `{}`", part.keys.join("`, `"))
                };
                let message =
                    format!("`{path}` has `{shown}` twice, and its items must differ{by}");
                self.found.push(Refused {
                    rule: "duplicate-item",
                    severity: None,
                    message,
                    place: document.locate_head(&at),
                    other: document.locate_head(first),
                    missing: None,
                });
            } else {
                seen.insert(key, at);
            }
        }
    }
}

/// Whether a text is replaced before the definition sees it, or is a template of a text that is.
pub(crate) fn is_filled_in_later(text: &str) -> bool {
    text.contains("{{") || text.contains("$(") || text.contains("${") || text.contains("<%")
}

/// What a number written in YAML 1.1 is.
fn number(text: &str) -> Option<f64> {
    let octal = text
        .strip_prefix("0o")
        .or_else(|| text.strip_prefix('0'))
        .filter(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    match octal {
        Some(octal) => i64::from_str_radix(octal, 8)
            .ok()
            .map(|number| number as f64),
        None => text.parse().ok(),
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
