//! What a field is for, by its path: the words and types of the JSON Schema.

use std::fmt;

use luban_diagnostic::did_you_mean;

use crate::walk::Walk;
use crate::{Kind, schema};

/// What is known of a kind or of a field.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The path as it was meant: `Task.spec.steps.onError`.
    pub path: String,
    /// The type in words: `string`, `list of Step`.
    pub type_name: String,
    /// What it is for; empty if nobody says.
    pub words: String,
    /// The values that are allowed, where only some are.
    pub values: Vec<String>,
    /// Whether the mapping around it must have it.
    pub is_required: bool,
    /// The fields below it.
    pub fields: Vec<Field>,
    /// The versions of the kind that have it, newest first.
    pub kinds: Vec<&'static Kind>,
}

/// A field in a list of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type in words.
    pub type_name: String,
    /// Whether it must be there.
    pub is_required: bool,
    /// The first sentence about it.
    pub words: String,
}

/// Why a path means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExplainError {
    /// No kind is called so.
    #[error("no kind is called `{name}`{}", meant(nearest.as_deref()))]
    Kind {
        /// What was asked for.
        name: String,
        /// The kind with the nearest name.
        nearest: Option<String>,
    },
    /// The value at `path` has no such field.
    #[error("`{path}` has no field `{field}`{}", meant(nearest.as_deref()))]
    Field {
        /// Where the field was looked for.
        path: String,
        /// What was asked for.
        field: String,
        /// The field with the nearest name.
        nearest: Option<String>,
    },
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"))
}

/// Explains a kind or a field: `Task`, `Task.spec.steps.onError`, `tekton.dev/v1/Task.spec`, `tasks.spec.steps[0].image`.
///
/// Indexes may stand there and mean nothing. Of a kind with several versions, the newest that has the field is explained.
pub fn explain(path: &str) -> Result<Explanation, ExplainError> {
    let after_group = path.rfind('/').map_or(0, |slash| slash + 1);
    let end = path[after_group..]
        .find('.')
        .map_or(path.len(), |dot| after_group + dot);
    let (name, rest) = path.split_at(end);
    let kinds = Kind::named(name);
    let Some(first) = kinds.first() else {
        return Err(ExplainError::Kind {
            name: name.to_owned(),
            nearest: Kind::nearest(name).map(str::to_owned),
        });
    };
    let words: Vec<&str> = rest
        .split('.')
        .map(|word| word.split('[').next().unwrap_or(word))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found: Option<Explanation> = None;
    let mut missed = None;
    for kind in &kinds {
        match in_kind(kind, &words) {
            Ok(explanation) => match &mut found {
                Some(found) => found.kinds.push(kind),
                None => found = Some(explanation),
            },
            Err(error) => missed = missed.or(Some(error)),
        }
    }
    match (found, missed) {
        (Some(found), _) => Ok(found),
        (None, Some(error)) => Err(error),
        (None, None) => Err(ExplainError::Kind {
            name: first.name.to_owned(),
            nearest: None,
        }),
    }
}

fn in_kind(kind: &'static Kind, words: &[&str]) -> Result<Explanation, ExplainError> {
    let root = schema(kind);
    let walk = Walk::of(&root);
    let mut at = walk.root();
    let mut path = kind.name.to_owned();
    for word in words {
        at = walk.field(&at, word).ok_or_else(|| ExplainError::Field {
            path: path.clone(),
            field: (*word).to_owned(),
            nearest: did_you_mean(word, walk.names(&at)).map(str::to_owned),
        })?;
        path = format!("{path}.{word}");
    }
    Ok(Explanation {
        path,
        type_name: walk.type_name(&at),
        words: walk.words(&at).to_owned(),
        values: walk.values(&at),
        is_required: at.is_required,
        fields: walk
            .fields(&at)
            .map(|(name, field)| Field {
                name: name.to_owned(),
                type_name: walk.type_name(&field),
                is_required: field.is_required,
                words: first_sentence(walk.words(&field)).to_owned(),
            })
            .collect(),
        kinds: vec![kind],
    })
}

fn first_sentence(words: &str) -> &str {
    let line = words.split("\n\n").next().unwrap_or(words);
    line.find(". ").map_or(line, |end| &line[..=end])
}

impl fmt::Display for Explanation {
    /// As `luban explain` prints it; lines are not wrapped.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let required = if self.is_required && self.path.contains('.') {
            ", required"
        } else {
            ""
        };
        writeln!(formatter, "{}: {}{required}", self.path, self.type_name)?;
        if !self.words.is_empty() {
            writeln!(formatter, "\n{}", self.words)?;
        }
        if !self.values.is_empty() {
            writeln!(formatter, "\nvalues: {}", self.values.join(", "))?;
        }
        if !self.fields.is_empty() {
            writeln!(formatter, "\nfields:")?;
            let width = |length: fn(&Field) -> usize| {
                self.fields.iter().map(length).max().unwrap_or_default()
            };
            let (names, types) = (
                width(|field| field.name.len()),
                width(|field| field.type_name.len()),
            );
            for field in &self.fields {
                let mark = if field.is_required { "*" } else { " " };
                let line = format!(
                    "{mark} {:names$}  {:types$}  {}",
                    field.name, field.type_name, field.words
                );
                writeln!(formatter, "{}", line.trim_end())?;
            }
        }
        writeln!(formatter)?;
        let versions = self
            .kinds
            .iter()
            .map(|kind| format!("{} ({})", kind.api_version, kind.upstream));
        writeln!(formatter, "in {}", versions.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::{ExplainError, explain};

    #[test]
    fn a_field_is_explained_by_its_path() {
        let step = explain("Task.spec.steps.image").unwrap();
        assert_eq!(step.path, "Task.spec.steps.image");
        assert_eq!(step.type_name, "string");
        assert_eq!(step.kinds[0].api_version, "tekton.dev/v1");
    }

    #[test]
    fn plurals_indexes_and_groups_do() {
        for path in [
            "tasks.spec.steps[0].image",
            "tekton.dev/v1/task.spec.steps.image",
        ] {
            assert_eq!(explain(path).unwrap().path, "Task.spec.steps.image");
        }
    }

    #[test]
    fn kubernetes_own_fields_are_explained_to_the_last() {
        let field = explain("Task.spec.steps.env.valueFrom.secretKeyRef.key").unwrap();
        assert_eq!(field.type_name, "string");
        assert!(field.is_required);
        assert!(explain("Workflow.metadata.labels.app").is_ok());
    }

    #[test]
    fn recursion_ends_where_the_path_ends() {
        let nested = "Workflow.spec.templates.steps.inline.steps.inline.container.image";
        assert_eq!(explain(nested).unwrap().type_name, "string");
    }

    #[test]
    fn the_nearest_name_is_suggested() {
        let error = explain("Task.spec.stepps").unwrap_err();
        assert_eq!(
            error.to_string(),
            "`Task.spec` has no field `stepps` (did you mean `steps`?)"
        );
        let error = explain("Tsak").unwrap_err();
        assert!(matches!(error, ExplainError::Kind { nearest: Some(name), .. } if name == "Task"));
    }
}
