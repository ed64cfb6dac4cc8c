//! What CustomResourceDefinitions and the API of Kubernetes refuse in an object of a known kind: fields that must be there, limits,
//! patterns, items that must differ.
//!
//! `table.jsonl` is made of upstream's definitions by `luban-dev definitions`. Each line after the kinds is a part: `r` fields
//! that must be there, `p` the parts of its fields, `i` of its items, `a` of its values, `k` the keys by which items differ, `u` items
//! that must differ, `t` a pattern, `e` the values that there are, and limits.

pub(crate) mod pods;
mod walk;

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use serde_json::Value;

pub(crate) use walk::{Refused, check, is_filled_in_later, may_be_patch};

/// The rules of definitions.
pub(crate) const RULES: &[&str] = &[
    "missing-field",
    "definition-value",
    "definition-size",
    "duplicate-item",
    "object-name",
];

/// A part of a definition.
#[derive(Default)]
struct Part {
    required: Vec<String>,
    properties: HashMap<String, usize>,
    items: Option<usize>,
    values: Option<usize>,
    /// Keys by which items of a list differ.
    keys: Vec<String>,
    is_set: bool,
    pattern: Option<String>,
    regex: OnceLock<Option<Regex>>,
    choices: Vec<String>,
    number: Limits,
    length: Limits,
    count: Limits,
    fields: Limits,
}

/// The least and the most.
#[derive(Default, Clone, Copy)]
struct Limits {
    least: Option<f64>,
    most: Option<f64>,
}

impl Limits {
    fn fault(self, value: f64) -> Option<String> {
        if let Some(least) = self.least.filter(|least| value < *least) {
            return Some(format!("at least {least}"));
        }
        self.most
            .filter(|most| value > *most)
            .map(|most| format!("at most {most}"))
    }

    fn is_any(self) -> bool {
        self.least.is_some() || self.most.is_some()
    }
}

impl Part {
    /// Whether a text is what the pattern asks for. What only other engines know is taken to be.
    fn matches(&self, text: &str) -> bool {
        let Some(pattern) = &self.pattern else {
            return true;
        };
        let regex = self.regex.get_or_init(|| Regex::new(pattern).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

struct Definitions {
    kinds: HashMap<String, HashMap<String, usize>>,
    parts: Vec<Part>,
}

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| read(include_str!("table.jsonl")));

fn read(table: &str) -> Definitions {
    let mut definitions = Definitions {
        kinds: HashMap::new(),
        parts: Vec::new(),
    };
    for line in table.lines() {
        match serde_json::from_str(line) {
            Ok(Value::Array(kind)) => {
                if let [
                    Value::String(api_version),
                    Value::String(kind),
                    Value::Number(part),
                ] = &kind[..]
                {
                    let kinds = definitions.kinds.entry(api_version.clone()).or_default();
                    kinds.insert(kind.clone(), part.as_u64().unwrap_or(u64::MAX) as usize);
                }
            }
            Ok(value) => definitions.parts.push(part(&value)),
            Err(_) => {}
        }
    }
    definitions
}

fn part(of: &Value) -> Part {
    let texts = |key: &str| {
        let texts = of[key]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        texts.map(str::to_owned).collect::<Vec<String>>()
    };
    let part = |key: &str| of[key].as_u64().map(|part| part as usize);
    let limits = |least: &str, most: &str| Limits {
        least: of[least].as_f64(),
        most: of[most].as_f64(),
    };
    let properties = of["p"].as_object().into_iter().flatten();
    Part {
        required: texts("r"),
        properties: properties
            .map(|(name, part)| (name.clone(), part.as_u64().unwrap_or(u64::MAX) as usize))
            .collect(),
        items: part("i"),
        values: part("a"),
        keys: texts("k"),
        is_set: !of["u"].is_null(),
        pattern: of["t"].as_str().map(str::to_owned),
        regex: OnceLock::new(),
        choices: texts("e"),
        number: limits("min", "max"),
        length: limits("minl", "maxl"),
        count: limits("mini", "maxi"),
        fields: limits("minp", "maxp"),
    }
}

#[cfg(test)]
mod tests {
    use super::DEFINITIONS;
    use luban_expression::go_regexp;

    #[test]
    fn every_line_of_the_table_is_read_and_every_pattern_can_be_used() {
        let lines = include_str!("table.jsonl").lines().count();
        let kinds: usize = DEFINITIONS.kinds.values().map(|kinds| kinds.len()).sum();
        assert_eq!(DEFINITIONS.parts.len() + kinds, lines);
        for part in &DEFINITIONS.parts {
            let below = part
                .properties
                .values()
                .chain(&part.items)
                .chain(&part.values);
            assert!(
                below
                    .into_iter()
                    .all(|part| *part < DEFINITIONS.parts.len())
            );
            if let Some(pattern) = &part.pattern {
                assert!(go_regexp::check(pattern).is_ok(), "{pattern}");
            }
        }
    }

    #[test]
    fn kinds_that_are_known_have_definitions() {
        for (api_version, kind) in [
            ("apps/v1", "Deployment"),
            ("argoproj.io/v1alpha1", "Application"),
            ("argoproj.io/v1alpha1", "CronWorkflow"),
            ("kargo.akuity.io/v1alpha1", "Stage"),
            ("gateway.networking.k8s.io/v1", "HTTPRoute"),
            ("external-secrets.io/v1", "ExternalSecret"),
        ] {
            assert!(
                DEFINITIONS
                    .kinds
                    .get(api_version)
                    .is_some_and(|kinds| kinds.contains_key(kind)),
                "{kind}"
            );
        }
    }
}
