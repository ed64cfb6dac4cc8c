//! YAML that Luban itself compiled, read back.

use luban_yaml::Budget;
use serde::de::DeserializeOwned;

/// The one document of a text, as a value. An error says what is wrong with it.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let said = |findings: Vec<luban_diagnostic::Finding>| {
        let mut messages = findings.into_iter().map(|finding| finding.message);
        messages
            .next()
            .unwrap_or_else(|| "it cannot be read".to_owned())
    };
    let documents =
        luban_yaml::parse("compiled.yaml", text.as_bytes(), &Budget::default()).map_err(said)?;
    let [document] = documents.as_slice() else {
        return Err(format!(
            "it holds {} documents in place of one",
            documents.len()
        ));
    };
    let (value, findings) = luban_yaml::read(document);
    match value {
        Some(value) if findings.is_empty() => Ok(value),
        _ => Err(said(findings)),
    }
}
