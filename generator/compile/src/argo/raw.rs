//! Objects as raw artifacts, which Argo substitutes placeholders in.

use crate::CompileError;
use serde::Serialize;

/// An object as text in which Argo finds no placeholder: YAML, or JSON where a value of the platform's holds `{{`, which
/// JSON can write so that no template engine sees it.
pub(crate) fn inert<T: Serialize>(name: &str, object: &T) -> Result<String, CompileError> {
    let text = text(name, object)?;
    if !text.contains("{{") {
        return Ok(text);
    }
    // Outside of strings JSON has no two braces in a row: a key stands between them.
    Ok(serde_json::to_string_pretty(object)?.replace("{{", "{\\u007b"))
}

/// An object as YAML.
pub(crate) fn text<T: Serialize>(name: &str, object: &T) -> Result<String, CompileError> {
    luban_yaml::to_string(object).map_err(|source| CompileError::Write {
        path: name.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::inert;
    use std::collections::BTreeMap;

    #[test]
    fn a_value_that_looks_like_a_placeholder_stays_text() {
        let object = BTreeMap::from([("env", "a {{workflow.name}} {{{x")]);
        let text = inert("object", &object).unwrap();
        assert!(!text.contains("{{"), "{text}");
        let read: BTreeMap<String, String> = serde_yaml::from_str(&text).unwrap();
        assert_eq!(read["env"], "a {{workflow.name}} {{{x");
    }

    #[test]
    fn other_objects_are_yaml_for_whoever_reads_them() {
        let object = BTreeMap::from([("env", "{x}")]);
        assert_eq!(inert("object", &object).unwrap(), "env: \"{x}\"\n");
    }
}
