//! JSON Schema of the types that are written by hand.

use std::borrow::Cow;

use k8s_openapi::Resource;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{AnyString, ApiVersion, Embedded, Kind};

macro_rules! constant {
    ($marker:ident, $constant:ident) => {
        impl<K: Resource> JsonSchema for $marker<K> {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                format!("{}{}", stringify!($marker), K::KIND).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "const": K::$constant})
            }
        }
    };
}

constant!(ApiVersion, API_VERSION);
constant!(Kind, KIND);

impl JsonSchema for AnyString {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "AnyString".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "number", "boolean"]})
    }
}

impl JsonSchema for Embedded {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Embedded".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}},
            "required": ["apiVersion", "kind"],
            "x-kubernetes-embedded-resource": true,
        })
    }
}
