//! The pods of an EventListener.

use luban_api_core::k8s_openapi::api::core::v1::PodTemplateSpec;
use serde::ser::Error;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

/// The pods of an EventListener. Triggers fills in most of what a pod needs, the container's name and image among it, and
/// refuses an object that sets that itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WithPodSpec {
    /// Labels and annotations of the pods, and what of their specification may be set.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "without_empties"
    )]
    #[cfg_attr(feature = "schema", schemars(schema_with = "schema::template"))]
    pub template: Option<PodTemplateSpec>,
}

/// Writes a pod without the empty list of containers and the empty name of a container that k8s-openapi always writes,
/// because Kubernetes requires what a listener may not set.
fn without_empties<S: Serializer>(
    template: &Option<PodTemplateSpec>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut written = serde_json::to_value(template).map_err(S::Error::custom)?;
    if let Some(Value::Object(pod)) = written.get_mut("spec") {
        let containers = pod.get_mut("containers").and_then(Value::as_array_mut);
        match containers {
            Some(containers) if containers.is_empty() => {
                pod.shift_remove("containers");
            }
            Some(containers) => {
                for container in containers.iter_mut().filter_map(Value::as_object_mut) {
                    if container.get("name").and_then(Value::as_str) == Some("") {
                        container.shift_remove("name");
                    }
                }
            }
            None => {}
        }
    }
    written.serialize(serializer)
}

#[cfg(feature = "schema")]
mod schema {
    use luban_api_core::ObjectMeta;
    use luban_api_core::k8s_openapi::api::core::v1::{Container, PodSpec};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    /// A pod template of which nothing is required.
    pub(super) fn template(generator: &mut SchemaGenerator) -> Schema {
        let mut container = Container::json_schema(generator);
        container.remove("required");
        let mut pod = PodSpec::json_schema(generator);
        pod.remove("required");
        if let Some(items) = pod.pointer_mut("/properties/containers/items") {
            *items = container.to_value();
        }
        let metadata = generator.subschema_for::<ObjectMeta>();
        json_schema!({"type": "object", "properties": {"metadata": metadata, "spec": pod}})
    }
}

#[cfg(test)]
mod tests {
    use super::WithPodSpec;
    use serde_json::{from_value, json, to_value};

    #[test]
    fn a_listeners_pod_is_written_as_it_is_read_without_names_and_containers_of_its_own() {
        for written in [
            json!({}),
            json!({"template": {"metadata": {"labels": {"a": "b"}}}}),
            json!({"template": {"spec": {"nodeSelector": {"app": "test"}}}}),
            json!({"template": {"spec": {"containers": [{"resources": {"limits": {"cpu": "1"}}}]}}}),
            json!({"template": {"spec": {"containers": [{"env": [{"name": "A"}], "name": "x"}]}}}),
        ] {
            let read: WithPodSpec = from_value(written.clone()).unwrap();
            assert_eq!(to_value(read).unwrap(), written);
        }
    }

    #[cfg(feature = "schema")]
    #[test]
    fn editors_ask_for_no_container_and_no_name() {
        let schema = schemars::schema_for!(WithPodSpec);
        let pod = "/properties/template/properties/spec";
        assert_eq!(schema.pointer(&format!("{pod}/required")), None);
        let container = format!("{pod}/properties/containers/items");
        assert_eq!(schema.pointer(&format!("{container}/required")), None);
        let image = schema.pointer(&format!("{container}/properties/image/type"));
        assert_eq!(image, Some(&json!("string")));
    }
}
