//! Texts after substitution, as far as values are known before a run.
//!
//! Upstream substitutes before it validates (`ProcessArgs`): workflow variables first, inputs then. What is not known yet is
//! a placeholder, which counts as text.

use std::borrow::Cow;
use std::collections::HashMap;

use luban_api_argo_workflows::Template;

use super::given::Argument;
use super::globals::Globals;
use super::kind::TemplateKind;
use super::tags::{tags, trimmed};

/// Marks a text that is only known at run time.
const PLACEHOLDER: char = '\u{E000}';

/// What a variable is replaced by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// Something that is not known yet.
    Placeholder,
    /// This.
    Text(&'a str),
}

/// What a template's own variables are replaced by.
#[derive(Debug, Default)]
pub(crate) struct Locals<'a> {
    inputs: HashMap<&'a str, Value<'a>>,
    input_paths: HashMap<&'a str, &'a str>,
    output_artifact_paths: HashMap<&'a str, &'a str>,
    output_parameter_paths: HashMap<&'a str, &'a str>,
    is_pod: bool,
    has_retry: bool,
}

impl<'a> Locals<'a> {
    pub(crate) fn new(
        template: &'a Template,
        kind: Option<TemplateKind>,
        given: &Argument<'a>,
    ) -> Self {
        let mut locals = Self {
            is_pod: kind.is_some_and(TemplateKind::is_pod),
            has_retry: template.retry_strategy.is_some(),
            ..Self::default()
        };
        if let Some(inputs) = &template.inputs {
            for parameter in &inputs.parameters {
                let own = parameter.value.as_deref().or(parameter.default.as_deref());
                let value = match (given, given.parameter(&parameter.name)) {
                    (Argument::Anything, _) => None,
                    (_, Some(argument)) => argument.value.as_deref(),
                    (_, None) => own,
                };
                let value = value.map_or(Value::Placeholder, Value::Text);
                locals.inputs.insert(&parameter.name, value);
            }
            for artifact in &inputs.artifacts {
                let path = artifact.path.as_deref().filter(|path| !path.is_empty());
                locals
                    .input_paths
                    .extend(path.map(|path| (artifact.name.as_str(), path)));
            }
        }
        if let Some(outputs) = &template.outputs {
            for artifact in &outputs.artifacts {
                let path = artifact.path.as_deref().filter(|path| !path.is_empty());
                locals
                    .output_artifact_paths
                    .extend(path.map(|path| (artifact.name.as_str(), path)));
            }
            for parameter in &outputs.parameters {
                let from = parameter.value_from.as_ref();
                let path = from.and_then(|from| from.path.as_deref());
                let path = path.filter(|path| !path.is_empty());
                locals
                    .output_parameter_paths
                    .extend(path.map(|path| (parameter.name.as_str(), path)));
            }
        }
        locals
    }

    /// With what is known in the template that an inline one stands in: upstream puts that in first.
    pub(crate) fn inside(mut self, outer: &Self) -> Self {
        self.inputs
            .extend(outer.inputs.iter().map(|(name, value)| (*name, *value)));
        self.input_paths.extend(outer.input_paths.iter());
        self.output_artifact_paths
            .extend(outer.output_artifact_paths.iter());
        self.output_parameter_paths
            .extend(outer.output_parameter_paths.iter());
        self.has_retry |= outer.has_retry;
        self
    }

    /// What a variable is replaced by in the second pass.
    pub(crate) fn value(&self, tag: &str) -> Option<Value<'a>> {
        if let Some(name) = tag.strip_prefix("inputs.") {
            if let Some(name) = name.strip_prefix("parameters.") {
                return self.inputs.get(name).copied();
            }
            if name == "parameters" {
                return Some(Value::Placeholder);
            }
            let name = name.strip_prefix("artifacts.")?.strip_suffix(".path")?;
            return self.input_paths.get(name).map(|path| Value::Text(path));
        }
        if let Some(name) = tag.strip_prefix("outputs.") {
            if let Some(name) = name.strip_prefix("artifacts.") {
                let name = name.strip_suffix(".path")?;
                return self
                    .output_artifact_paths
                    .get(name)
                    .map(|path| Value::Text(path));
            }
            let name = name.strip_prefix("parameters.")?.strip_suffix(".path")?;
            return self
                .output_parameter_paths
                .get(name)
                .map(|path| Value::Text(path));
        }
        let exists = match tag {
            "pod.name" => self.is_pod,
            "retries" | "lastRetry.exitCode" | "lastRetry.status" | "lastRetry.duration"
            | "lastRetry.message" => self.has_retry,
            _ => false,
        };
        exists.then_some(Value::Placeholder)
    }
}

/// What a variable is replaced by, in any pass.
pub(crate) fn value<'a>(
    tag: &str,
    globals: &Globals<'a>,
    locals: &Locals<'a>,
) -> Option<Value<'a>> {
    globals.value(tag).or_else(|| locals.value(tag))
}

/// A text after both passes.
pub(crate) fn resolved<'t>(
    text: &'t str,
    globals: &Globals<'_>,
    locals: &Locals<'_>,
) -> Cow<'t, str> {
    if !text.contains("{{") {
        return Cow::Borrowed(text);
    }
    let first = replaced(text, |tag| globals.value(tag));
    Cow::Owned(replaced(&first, |tag| value(tag, globals, locals)))
}

fn replaced<'a>(text: &str, value: impl Fn(&str) -> Option<Value<'a>>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut end = 0;
    for tag in tags(text) {
        result.push_str(text.get(end..tag.range.start).unwrap_or_default());
        end = tag.range.end;
        let whole = text.get(tag.range.clone()).unwrap_or_default();
        if tag.is_open {
            result.push_str(whole);
            continue;
        }
        // An expression that is one variable is that variable.
        let name = tag.inner.strip_prefix('=').unwrap_or(tag.inner);
        if let Some(value) = value(trimmed(name)) {
            push(&mut result, trimmed(name), value);
            continue;
        }
        // Others are only known at run time; those of what is known late stay as they are until then.
        if tag.is_expression() && !is_late(tag.inner, &value) {
            push(&mut result, "expression", Value::Placeholder);
            continue;
        }
        match tag.inner.rfind("{{").filter(|at| *at > 0) {
            Some(at) => {
                let (before, nested) = tag.inner.split_at(at);
                let nested = nested.get(2..).unwrap_or_default();
                match value(nested) {
                    Some(value) => {
                        result.push_str("{{");
                        result.push_str(before);
                        push(&mut result, nested, value);
                    }
                    None => result.push_str(whole),
                }
            }
            None => result.push_str(whole),
        }
    }
    result.push_str(text.get(end..).unwrap_or_default());
    result
}

/// Whether an expression names something that upstream leaves for later.
fn is_late<'a>(expression: &str, value: &impl Fn(&str) -> Option<Value<'a>>) -> bool {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.';
    let names = expression.split(|letter| !is_name(letter));
    names.into_iter().any(|name| {
        name == "item"
            || matches!(
                name,
                "retries"
                    | "lastRetry.exitCode"
                    | "lastRetry.status"
                    | "lastRetry.duration"
                    | "lastRetry.message"
                    | "workflow.failures"
            ) && value(name).is_none()
    })
}

fn push(result: &mut String, name: &str, value: Value<'_>) {
    match value {
        Value::Text(text) => result.push_str(text),
        Value::Placeholder => {
            // Without dots, which separate the parts of a variable's name.
            result.push(PLACEHOLDER);
            result.extend(
                name.chars()
                    .map(|letter| if letter == '.' { '_' } else { letter }),
            );
            result.push(PLACEHOLDER);
        }
    }
}

/// Whether a resolved text has a part that is only known at run time.
pub(crate) fn has_placeholder(text: &str) -> bool {
    text.contains(PLACEHOLDER)
}

/// Whether a resolved text begins with what is only known at run time, which is how upstream knows one.
pub(crate) fn is_placeholder(text: &str) -> bool {
    text.starts_with(PLACEHOLDER)
}

/// A resolved text with `x` for each part that is only known at run time, to judge a name by.
pub(crate) fn with_placeholders_as_x(text: &str) -> Cow<'_, str> {
    if !has_placeholder(text) {
        return Cow::Borrowed(text);
    }
    let parts = text.split(PLACEHOLDER).enumerate();
    Cow::Owned(
        parts
            .map(|(at, part)| if at % 2 == 0 { part } else { "x" })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_variables_are_replaced_and_unknown_ones_stay() {
        let value = |tag: &str| match tag {
            "a" => Some(Value::Text("1")),
            "b" => Some(Value::Placeholder),
            _ => None,
        };
        let text = replaced("{{a}}-{{ b }}-{{c}}-{{x.{{a}}.y}}-{{=a}}-{{=a+1}}", value);
        assert!(has_placeholder(&text));
        assert_eq!(with_placeholders_as_x(&text), "1-x-{{c}}-{{x.1.y}}-1-x");
    }
}
