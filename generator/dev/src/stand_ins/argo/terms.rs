//! What tasks and templates say in words: what they depend on, when they run, and what they give on.

use super::{Done, Inputs, State};
use crate::stand_ins::container::list;
use crate::stand_ins::variables::{Variables, plain};
use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// Variables of a template that is called with `inputs`.
pub(super) fn scope(state: &State, inputs: &Inputs) -> Variables {
    let mut variables = state.globals.clone();
    for (name, value) in &inputs.parameters {
        variables.set(format!("inputs.parameters.{name}"), value.clone());
    }
    variables
}

/// What a task or step gives the template that it calls.
pub(super) fn arguments(task: &Value, scope: &Variables, outer: &Inputs) -> Result<Inputs> {
    let mut inputs = Inputs::default();
    for parameter in list(&task["arguments"], "parameters") {
        let value = scope.text(&plain(&parameter["value"]))?;
        inputs.parameters.insert(plain(&parameter["name"]), value);
    }
    for artifact in list(&task["arguments"], "artifacts") {
        let from = plain(&artifact["from"]);
        let name = from
            .strip_prefix("{{inputs.artifacts.")
            .and_then(|rest| rest.strip_suffix("}}"));
        let text = name.and_then(|name| outer.artifacts.get(name));
        let text = text.with_context(|| format!("there is no artifact `{from}`"))?;
        inputs
            .artifacts
            .insert(plain(&artifact["name"]), text.clone());
    }
    Ok(inputs)
}

/// Sets what a task gave out.
pub(super) fn remember(task: &str, done: &Done, variables: &mut Variables) {
    for (name, value) in &done.outputs {
        let name = format!("tasks.{task}.outputs.parameters.{name}");
        variables.set(name, value.clone());
    }
}

/// Tasks that a task depends on: all of them, as compiled ones do.
pub(super) fn before(task: &Value) -> Vec<String> {
    let depends = plain(&task["depends"]);
    let names = depends.split("&&").map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A value with the variables of all its texts put in.
pub(super) fn filled(value: &Value, variables: &Variables) -> Result<Value> {
    Ok(match value {
        Value::String(text) => Value::String(variables.text(text)?),
        Value::Array(items) => {
            let items = items.iter().map(|item| filled(item, variables));
            Value::Array(items.collect::<Result<_>>()?)
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(key, value)| Ok((key.clone(), filled(value, variables)?)));
            Value::Object(fields.collect::<Result<_>>()?)
        }
        other => other.clone(),
    })
}

/// Whether a condition of the form `{{=a == 'b'}}` or `{{a}} == b` holds.
pub(super) fn holds(condition: &str, variables: &Variables) -> Result<bool> {
    let inner = condition
        .strip_prefix("{{=")
        .and_then(|rest| rest.strip_suffix("}}"));
    let text = inner.unwrap_or(condition);
    let Some((left, right)) = text.split_once(" == ") else {
        bail!("this stand-in does not know the condition `{condition}`");
    };
    let left = match inner {
        Some(_) => format!("{{{{{left}}}}}"),
        None => left.to_owned(),
    };
    Ok(variables.text(&left)? == right.trim_matches('\''))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stand_ins::variables::Style;
    use serde_json::json;

    #[test]
    fn a_condition_holds_in_both_of_its_forms_only_for_the_value_that_it_names() {
        let mut variables = Variables::new(Style::Argo);
        variables.set("inputs.parameters.sign", "true");
        let cases = [
            ("{{inputs.parameters.sign}} == true", true),
            ("{{inputs.parameters.sign}} == false", false),
            ("{{=inputs.parameters.sign == 'true'}}", true),
            ("{{=inputs.parameters.sign == 'x'}}", false),
        ];
        for (condition, expected) in cases {
            assert_eq!(
                holds(condition, &variables).unwrap(),
                expected,
                "{condition}"
            );
        }
        holds("{{=a in b}}", &variables).unwrap_err();
    }

    #[test]
    fn a_task_depends_on_all_that_it_names() {
        assert_eq!(
            before(&json!({"depends": "scan && sbom"})),
            ["scan", "sbom"]
        );
        assert!(before(&json!({"name": "a"})).is_empty());
    }

    #[test]
    fn variables_are_put_in_wherever_a_text_stands() {
        let mut variables = Variables::new(Style::Argo);
        variables.set("inputs.parameters.secret", "push");
        let volume = json!({"projected": {"sources": [{"secret": {"name": "{{inputs.parameters.secret}}"}}]}});
        let expected = json!({"projected": {"sources": [{"secret": {"name": "push"}}]}});
        assert_eq!(filled(&volume, &variables).unwrap(), expected);
    }
}
