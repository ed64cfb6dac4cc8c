//! Kubernetes' container where upstream wants no name.

use k8s_openapi::api::core::v1::Container;
use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// Writes a container without its `name` if that is empty: k8s-openapi always writes one, and the container of a
/// workflow template has none.
pub fn without_empty_name<S: Serializer>(
    container: &Option<Container>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(container).map_err(S::Error::custom)?;
    if let Value::Object(fields) = &mut value
        && fields.get("name").is_some_and(|name| name == "")
    {
        fields.shift_remove("name");
    }
    value.serialize(serializer)
}
