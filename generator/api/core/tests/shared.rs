//! What users of every API crate rely on.

use luban_api_core::k8s_openapi::api::core::v1::{Container, Secret};
use luban_api_core::{ApiVersion, IntOrString, Kind, Object, ObjectMeta, named_in, resource};
use luban_api_core::{any_string, any_strings, without_empty_name};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bridge {
    api_version: ApiVersion<Bridge>,
    kind: Kind<Bridge>,
    metadata: ObjectMeta,
}

resource!(Bridge, group: "luban.dev", version: "v1", plural: "bridges", scope: cluster);

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Fields {
    #[serde(default, deserialize_with = "any_string")]
    text: Option<String>,
    #[serde(default, deserialize_with = "any_strings")]
    texts: Vec<String>,
    #[serde(serialize_with = "without_empty_name")]
    container: Option<Container>,
}

#[test]
fn an_object_says_what_it_is() {
    let bridge = Bridge {
        metadata: named_in("anji", "zhaozhou"),
        ..Bridge::default()
    };
    let written = serde_json::to_value(&bridge).unwrap();
    assert_eq!(
        written,
        json!({
            "apiVersion": "luban.dev/v1",
            "kind": "Bridge",
            "metadata": { "name": "zhaozhou", "namespace": "anji" },
        })
    );
    assert_eq!(serde_json::from_value::<Bridge>(written).unwrap(), bridge);
}

#[test]
fn an_object_of_another_kind_or_version_is_refused() {
    for (field, value) in [("kind", "Tower"), ("apiVersion", "luban.dev/v2")] {
        let mut written = serde_json::to_value(Bridge::default()).unwrap();
        written[field] = value.into();
        let error = serde_json::from_value::<Bridge>(written)
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with(&format!("{field} is `{value}`, not `")),
            "{error}"
        );
    }
}

#[test]
fn an_object_that_does_not_say_what_it_is_is_refused() {
    let error = serde_json::from_value::<Bridge>(json!({ "metadata": {} })).unwrap_err();
    assert!(error.to_string().contains("apiVersion"), "{error}");
}

#[test]
fn name_and_namespace_are_asked_of_every_kind_alike() {
    let secret = Secret {
        metadata: named_in("anji", "key"),
        ..Secret::default()
    };
    assert_eq!(
        (secret.namespace(), secret.name()),
        (Some("anji"), Some("key"))
    );
    assert_eq!(Bridge::default().name(), None);
    const { assert!(Secret::NAMESPACED && !Bridge::NAMESPACED) };
}

#[test]
fn numbers_and_booleans_are_read_as_texts() {
    for (value, text) in [
        (json!(5), "5"),
        (json!(1.5), "1.5"),
        (json!(true), "true"),
        (json!("x"), "x"),
    ] {
        let fields: Fields =
            serde_json::from_value(json!({ "text": value, "texts": [value], "container": null }))
                .unwrap();
        assert_eq!(fields.text.as_deref(), Some(text));
        assert_eq!(fields.texts, [text]);
    }
    let absent: Fields = serde_json::from_value(json!({ "text": null })).unwrap();
    assert_eq!(absent.text, None);
}

#[test]
fn a_list_is_no_text() {
    assert!(serde_json::from_value::<Fields>(json!({ "text": ["x"] })).is_err());
}

#[test]
fn a_container_without_a_name_stays_without() {
    let container = |name: &str| -> Value {
        let container = Container {
            name: name.to_owned(),
            image: Some("luban".to_owned()),
            ..Container::default()
        };
        let fields = Fields {
            container: Some(container),
            ..Fields::default()
        };
        serde_json::to_value(fields).unwrap()["container"].clone()
    };
    assert_eq!(container(""), json!({ "image": "luban" }));
    assert_eq!(
        container("main"),
        json!({ "image": "luban", "name": "main" })
    );
}

#[test]
fn int_or_string_is_at_hand() {
    assert_eq!(
        serde_json::to_value(IntOrString::Int(8080)).unwrap(),
        json!(8080)
    );
}
