//! What the providers' published API descriptions allow of the calls that are made: fields, words, lengths.
//!
//! GitHub: its OpenAPI description, and for lengths, which that leaves out, what the API answers. Gitea: its Swagger description.
//! Azure DevOps: the reference of its Git REST API 7.0.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use serde_json::Value;

use super::Kind;

/// What a field takes.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// A text of at most so many characters.
    Text(usize),
    OneOf(&'static [&'static str]),
    /// A whole number of at most that.
    Number(usize),
    /// An http or https URL, or nothing.
    Link,
    /// An object of texts with these fields.
    Texts(&'static [&'static str]),
}

use Rule::{Link, Number, OneOf, Text, Texts};

/// The fields of a body or of a query.
pub(super) struct Shape {
    required: &'static [&'static str],
    fields: &'static [(&'static str, Rule)],
}

/// A length that no description limits.
const ANY: usize = usize::MAX;

impl Shape {
    /// Why a body is not of this shape.
    pub(super) fn check(&self, body: &Value) -> Result<(), String> {
        let body = body.as_object().ok_or("the body is no object")?;
        for name in self.required {
            if body.get(*name).is_none_or(|value| value == "") {
                return Err(format!("`{name}` is missing"));
            }
        }
        for (name, value) in body {
            let field = self.fields.iter().find(|field| field.0 == name);
            let (_, rule) = field.ok_or_else(|| format!("there is no `{name}`"))?;
            if !rule.takes(value) {
                return Err(format!("`{name}` cannot be {value}"));
            }
        }
        Ok(())
    }
}

/// The parameters of a query.
pub(super) struct Query(&'static [(&'static str, Rule)]);

impl Query {
    pub(super) fn check(&self, query: &BTreeMap<String, String>) -> Result<(), String> {
        for (name, text) in query {
            let field = self.0.iter().find(|field| field.0 == name);
            let (_, rule) = field.ok_or_else(|| format!("there is no `{name}`"))?;
            let value = match rule {
                Number(_) => text.parse::<u64>().ok().map(Value::from),
                _ => Some(Value::from(text.as_str())),
            };
            if !value.is_some_and(|value| rule.takes(&value)) {
                return Err(format!("`{name}` cannot be `{text}`"));
            }
        }
        Ok(())
    }
}

impl Rule {
    fn takes(&self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Text(most) => text.is_some_and(|text| text.chars().count() <= *most),
            OneOf(words) => text.is_some_and(|text| words.contains(&text)),
            Number(most) => value.as_u64().is_some_and(|number| number <= *most as u64),
            Link => text.is_some_and(|text| text.is_empty() || text.starts_with("http")),
            Texts(names) => value.as_object().is_some_and(|object| {
                let is_known = |(name, value): (&String, &Value)| {
                    names.contains(&name.as_str()) && value.is_string()
                };
                object.iter().all(is_known)
            }),
        }
    }
}

/// Where pull requests are.
pub(super) fn list(kind: Kind) -> &'static str {
    match kind {
        Kind::GitHub | Kind::Gitea => "pulls",
        _ => "pullrequests",
    }
}

pub(super) fn status(kind: Kind) -> Shape {
    match kind {
        Kind::GitHub => Shape {
            required: &["state"],
            fields: &[
                ("state", OneOf(&["error", "failure", "pending", "success"])),
                ("target_url", Link),
                ("description", Text(140)),
                ("context", Text(255)),
            ],
        },
        Kind::Gitea => Shape {
            required: &["state"],
            fields: &[
                ("state", OneOf(&["pending", "success", "error", "failure"])),
                ("target_url", Link),
                ("description", Text(ANY)),
                ("context", Text(ANY)),
            ],
        },
        _ => Shape {
            required: &["state", "context"],
            fields: &[
                (
                    "state",
                    OneOf(&[
                        "notSet",
                        "pending",
                        "succeeded",
                        "failed",
                        "error",
                        "notApplicable",
                    ]),
                ),
                ("targetUrl", Link),
                ("description", Text(ANY)),
                ("context", Texts(&["genre", "name"])),
            ],
        },
    }
}

pub(super) fn query(kind: Kind) -> Query {
    Query(match kind {
        Kind::GitHub => &[
            ("state", OneOf(&["open", "closed", "all"])),
            ("head", Text(ANY)),
            ("base", Text(ANY)),
            (
                "sort",
                OneOf(&["created", "updated", "popularity", "long-running"]),
            ),
            ("direction", OneOf(&["asc", "desc"])),
            ("per_page", Number(100)),
            ("page", Number(ANY)),
        ],
        Kind::Gitea => &[
            ("state", OneOf(&["open", "closed", "all"])),
            (
                "sort",
                OneOf(&[
                    "oldest",
                    "recentupdate",
                    "leastupdate",
                    "mostcomment",
                    "leastcomment",
                    "priority",
                ]),
            ),
            ("milestone", Number(ANY)),
            ("poster", Text(ANY)),
            ("page", Number(ANY)),
            ("limit", Number(ANY)),
        ],
        _ => &[
            ("api-version", Text(ANY)),
            (
                "searchCriteria.status",
                OneOf(&["notSet", "active", "abandoned", "completed", "all"]),
            ),
            ("searchCriteria.sourceRefName", Text(ANY)),
            ("searchCriteria.targetRefName", Text(ANY)),
            ("searchCriteria.sourceRepositoryId", Text(ANY)),
            ("$skip", Number(ANY)),
            ("$top", Number(1000)),
        ],
    })
}

pub(super) fn open(kind: Kind) -> Shape {
    match kind {
        Kind::GitHub => Shape {
            required: &["head", "base", "title"],
            fields: &[
                ("title", Text(256)),
                ("body", Text(65_536)),
                ("head", Text(255)),
                ("base", Text(255)),
            ],
        },
        Kind::Gitea => Shape {
            required: &["head", "base", "title"],
            fields: &[
                ("title", Text(255)),
                ("body", Text(ANY)),
                ("head", Text(255)),
                ("base", Text(255)),
            ],
        },
        _ => Shape {
            required: &["sourceRefName", "targetRefName", "title"],
            fields: &[
                ("title", Text(400)),
                ("description", Text(4000)),
                ("sourceRefName", Text(ANY)),
                ("targetRefName", Text(ANY)),
            ],
        },
    }
}

pub(super) fn update(kind: Kind) -> Shape {
    let fields: &'static [(&'static str, Rule)] = match kind {
        Kind::GitHub => &[
            ("title", Text(256)),
            ("body", Text(65_536)),
            ("state", OneOf(&["open", "closed"])),
            ("base", Text(255)),
        ],
        // Its description leaves the words of `state` out: what `routers/api/v1/repo/pull.go` takes.
        Kind::Gitea => &[
            ("title", Text(255)),
            ("body", Text(ANY)),
            ("state", OneOf(&["open", "closed"])),
            ("base", Text(ANY)),
        ],
        _ => &[
            ("title", Text(400)),
            ("description", Text(4000)),
            (
                "status",
                OneOf(&["notSet", "active", "abandoned", "completed", "all"]),
            ),
        ],
    };
    Shape {
        required: &[],
        fields,
    }
}
