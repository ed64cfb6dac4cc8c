//! Secrets that pods mount, with values for this machine: others make them for real.

use super::super::stage::Stage;
use crate::stand_ins::registry::docker;
use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use luban_step::testing::host::Host;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Makes the Secrets that the volumes in `spec` must have, in a namespace.
///
/// # Errors
/// When the server refuses one.
pub(super) fn make(stage: &mut Stage<'_>, namespace: &str, spec: &Value) -> Result<()> {
    let mut all = BTreeMap::new();
    gather(spec, &mut all);
    for (name, keys) in all {
        let mut data = Map::new();
        for key in keys {
            let value = match key.as_str() {
                "username" => Host::LOGIN.0.into(),
                "password" => Host::LOGIN.1.into(),
                ".dockerconfigjson" => docker(&stage.registry.host).into_bytes(),
                // Any certificate will do.
                "ca.crt" => fs::read(stage.plane.authority())?,
                _ => b"sample".to_vec(),
            };
            data.insert(key, STANDARD.encode(value).into());
        }
        let is_there = stage.cluster.object("v1", "Secret", namespace, &name)?;
        if is_there.is_none() {
            stage.make(&json!({
                "apiVersion": "v1", "kind": "Secret",
                "metadata": {"name": name, "namespace": namespace}, "data": data,
            }))?;
        }
    }
    Ok(())
}

/// Names of Secrets with the keys that are mounted of each.
fn gather(value: &Value, all: &mut BTreeMap<String, BTreeSet<String>>) {
    match value {
        Value::Object(fields) => {
            if let Some(secret) = fields.get("secret")
                && secret["optional"] != true
            {
                let name = secret.get("name").or(secret.get("secretName"));
                let name = name.and_then(Value::as_str).unwrap_or_default();
                let keys = all.entry(name.to_owned()).or_default();
                let items = secret["items"].as_array().into_iter().flatten();
                keys.extend(items.filter_map(|item| Some(item["key"].as_str()?.to_owned())));
            }
            fields.values().for_each(|value| gather(value, all));
        }
        Value::Array(items) => items.iter().for_each(|value| gather(value, all)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_may_be_missing_is_not_made() {
        let volumes = json!([
            {"secret": {"secretName": "a", "items": [{"key": "x", "path": "y"}]}},
            {"projected": {"sources": [
                {"secret": {"name": "a", "items": [{"key": "z", "path": "z"}]}},
                {"secret": {"name": "b", "optional": true, "items": [{"key": "x", "path": "x"}]}},
            ]}},
        ]);
        let mut all = BTreeMap::new();
        gather(&volumes, &mut all);
        let keys = ["x", "z"].map(str::to_owned);
        assert_eq!(
            all,
            BTreeMap::from([("a".to_owned(), BTreeSet::from(keys))])
        );
    }
}
