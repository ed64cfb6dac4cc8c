//! The JSON Schema of `platform.yaml`, for editors.

use crate::input::Document;
use schemars::generate::SchemaSettings;

/// The JSON Schema (draft 2020-12) of `platform.yaml`, as pretty JSON with one newline at its end.
pub fn schema() -> String {
    let schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Document>();
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
