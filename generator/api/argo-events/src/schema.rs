//! JSON Schema of the types that are written by hand.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{Amount, Int64OrString};

impl JsonSchema for Amount {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number"})
    }
}

impl JsonSchema for Int64OrString {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Int64OrString".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["integer", "string"], "format": "int64-or-string"})
    }
}

#[cfg(test)]
mod tests {
    use crate::{Backoff, WebhookContext};

    #[test]
    fn an_editor_knows_which_forms_a_pause_has_and_which_fields_must_be_there() {
        let backoff = schemars::schema_for!(Backoff);
        let properties = &backoff.as_value()["properties"];
        assert!(properties["factor"].to_string().contains(r#""number""#));
        let duration = properties["duration"].to_string();
        assert!(duration.contains(r#""integer""#) && duration.contains(r#""string""#));
        let webhook = schemars::schema_for!(WebhookContext);
        assert_eq!(
            webhook.as_value()["required"],
            serde_json::json!(["endpoint", "port"])
        );
    }
}
