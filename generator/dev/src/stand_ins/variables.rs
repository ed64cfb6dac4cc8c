//! Tekton's `$(…)` and Argo Workflows' `{{…}}`, put in as the controllers do it: as text, in one pass.

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a variable stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Variable {
    Text(String),
    List(Vec<String>),
}

/// How variables are written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    /// `$(name)`, and `$(name[*])` as an item of a list.
    Tekton,
    /// `{{name}}`.
    Argo,
}

/// Variables that can be used at some place.
#[derive(Clone, Debug)]
pub(crate) struct Variables {
    style: Style,
    known: BTreeMap<String, Variable>,
}

impl Variables {
    pub(crate) fn new(style: Style) -> Self {
        Self {
            style,
            known: BTreeMap::new(),
        }
    }

    pub(crate) fn set(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.known.insert(name.into(), Variable::Text(text.into()));
    }

    pub(crate) fn set_to(&mut self, name: impl Into<String>, variable: Variable) {
        self.known.insert(name.into(), variable);
    }

    /// Takes over what others know.
    pub(crate) fn extend(&mut self, others: &Self) {
        let others = others.known.iter();
        self.known
            .extend(others.map(|(name, value)| (name.clone(), value.clone())));
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// What a parameter's value is after its own variables are put in.
    pub(crate) fn variable(&self, value: &Value) -> Result<Variable> {
        match value {
            Value::Array(items) => Ok(Variable::List(self.list(items)?)),
            other => Ok(Variable::Text(self.text(&plain(other))?)),
        }
    }

    /// A list of texts; an item that is nothing but a list's variable becomes the list's items.
    pub(crate) fn list(&self, items: &[Value]) -> Result<Vec<String>> {
        let mut list = Vec::new();
        for item in items {
            let item = plain(item);
            let name = item
                .strip_prefix("$(")
                .and_then(|rest| rest.strip_suffix("[*])"));
            match (self.style, name) {
                (Style::Tekton, Some(name)) => match self.known.get(name) {
                    Some(Variable::List(items)) => list.extend(items.iter().cloned()),
                    _ => bail!("`{item}` is no list here"),
                },
                _ => list.push(self.text(&item)?),
            }
        }
        Ok(list)
    }

    /// A text with its variables put in. What is put in is not looked at again.
    pub(crate) fn text(&self, text: &str) -> Result<String> {
        let (open, close) = match self.style {
            Style::Tekton => ("$(", ")"),
            Style::Argo => ("{{", "}}"),
        };
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(open) {
            let (name, after) = after
                .split_once(close)
                .with_context(|| format!("`{text}` opens a variable and does not close it"))?;
            filled.push_str(before);
            match self.known.get(name.trim()) {
                Some(Variable::Text(value)) => filled.push_str(value),
                Some(Variable::List(_)) => bail!("`{name}` in `{text}` is a list"),
                // Argo leaves what no task has given out as it stands.
                None if name.starts_with("workflow.outputs.") => {
                    filled.push_str(open);
                    filled.push_str(name);
                    filled.push_str(close);
                }
                None => bail!("`{text}` names `{name}`, which nothing gives"),
            }
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }
}

/// A scalar as text.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_that_looks_like_a_variable_is_not_put_in_again() {
        let mut variables = Variables::new(Style::Tekton);
        variables.set("params.ref", "$(params.token)");
        variables.set("params.token", "secret");
        assert_eq!(
            variables.text("--ref=$(params.ref)").unwrap(),
            "--ref=$(params.token)"
        );
    }

    #[test]
    fn a_list_alone_becomes_its_items_and_an_empty_one_nothing() {
        let mut variables = Variables::new(Style::Tekton);
        let list =
            |items: &[&str]| Variable::List(items.iter().map(|&item| item.to_owned()).collect());
        variables.set_to("params.tags", list(&["a b", ""]));
        variables.set_to("params.none", list(&[]));
        let items = json!(["--tag", "$(params.tags[*])", "$(params.none[*])", ";"]);
        let filled = variables.list(items.as_array().unwrap()).unwrap();
        assert_eq!(filled, ["--tag", "a b", "", ";"]);
    }

    #[test]
    fn a_variable_that_nothing_gives_is_named() {
        let error = Variables::new(Style::Argo)
            .text("{{inputs.x}}")
            .unwrap_err();
        assert!(error.to_string().contains("inputs.x"));
    }
}
