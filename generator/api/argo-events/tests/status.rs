//! What the controller reports is read and written too.

use luban_api_argo_events::{EventBus, EventSource, Sensor};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn survives<K: Serialize + DeserializeOwned>(kind: &str, status: &Value) {
    let object = json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": kind,
        "metadata": {"name": "a", "generation": 2},
        "spec": if kind == "Sensor" { json!({"dependencies": [], "triggers": []}) } else { json!({}) },
        "status": status,
    });
    let read: K = serde_json::from_value(object.clone()).expect("an object of the kind");
    assert_eq!(
        serde_json::to_value(&read).expect("every object is JSON"),
        object,
        "{kind}"
    );
}

fn condition(about: &str) -> Value {
    json!({
        "type": about, "status": "False", "lastTransitionTime": "2026-08-01T10:00:00Z",
        "reason": "DeployFailed", "message": "no such image",
    })
}

#[test]
fn the_status_of_every_kind_survives_reading_and_writing() {
    survives::<EventSource>(
        "EventSource",
        &json!({"conditions": [condition("SourcesProvided"), condition("Deployed")]}),
    );
    survives::<Sensor>(
        "Sensor",
        &json!({"conditions": [condition("TriggersProvided")]}),
    );
    let secret = json!({"name": "eventbus-default-client", "key": "client-auth"});
    survives::<EventBus>(
        "EventBus",
        &json!({"conditions": [condition("Configured")], "config": {
            "jetstream": {
                "url": "nats://eventbus-default-js-svc:4222", "accessSecret": secret,
                "streamConfig": "maxMsgs: 10\n", "tls": {"caCertSecret": secret, "enabled": true},
            },
            "nats": {"url": "nats://a:4222", "clusterID": "c", "auth": "token", "accessSecret": secret},
            "kafka": {"url": "kafka:9092", "topic": "a", "consumerGroup": {"groupName": "g", "oldest": true}},
        }}),
    );
}
