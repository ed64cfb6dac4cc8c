//! What controllers report, read and written again; and values that upstream leaves open.

use luban_api_triggers::{EventListener, TriggerInterceptor, TriggerTemplate, v1alpha1};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

/// Reads an object of a kind, which must be written as it was.
fn read<K: Serialize + DeserializeOwned>(written: Value) -> K {
    let object: K = from_value(written.clone()).expect("the object is read");
    assert_eq!(to_value(&object).expect("the object is written"), written);
    object
}

#[test]
fn a_listener_says_where_it_receives_events() {
    let listener: EventListener = read(json!({
        "apiVersion": "triggers.tekton.dev/v1beta1",
        "kind": "EventListener",
        "metadata": {"name": "push"},
        "spec": {},
        "status": {
            "configuration": {"generatedName": "el-push"},
            "conditions": [{"type": "Ready", "status": "True"}],
            "address": {"url": "http://el-push.ci.svc.cluster.local:8080", "CACerts": "PEM"},
        },
    }));
    let address = listener.status.unwrap().address.unwrap();
    assert_eq!(address.ca_certs.as_deref(), Some("PEM"));
    read::<v1alpha1::EventListener>(json!({
        "apiVersion": "triggers.tekton.dev/v1alpha1",
        "kind": "EventListener",
        "metadata": {"name": "push"},
        "spec": {},
        "status": {"address": {"hostname": "el-push.ci"}},
    }));
    read::<v1alpha1::ClusterInterceptor>(json!({
        "apiVersion": "triggers.tekton.dev/v1alpha1",
        "kind": "ClusterInterceptor",
        "metadata": {"name": "cel"},
        "spec": {"clientConfig": {"service": {"name": "a", "namespace": "b", "port": 8443}, "caBundle": "UEVN"}},
        "status": {"address": {"url": "https://a.b.svc:8443/cel", "audience": "cel"}},
    }));
}

#[test]
fn a_parameter_of_an_interceptor_is_any_json() {
    for value in [json!(null), json!([{"key": "a"}]), json!(1.5), json!("")] {
        let interceptor =
            json!({"ref": {"name": "cel"}, "params": [{"name": "p", "value": value}]});
        read::<TriggerInterceptor>(interceptor);
    }
}

#[test]
fn objects_of_a_template_are_kept_as_they_are_written() {
    let template: TriggerTemplate = read(json!({
        "apiVersion": "triggers.tekton.dev/v1beta1",
        "kind": "TriggerTemplate",
        "metadata": {"name": "push"},
        "spec": {
            "params": [{"name": "revision", "default": ""}],
            "resourcetemplates": [{
                "apiVersion": "tekton.dev/v1",
                "kind": "PipelineRun",
                "metadata": {"generateName": "push-$(tt.params.revision)-"},
                "spec": {"timeouts": {"pipeline": "$(tt.params.timeout)"}},
            }],
        },
        "status": {},
    }));
    assert_eq!(template.spec.params[0].default.as_deref(), Some(""));
    assert_eq!(
        template.spec.resourcetemplates[0].0["kind"],
        json!("PipelineRun")
    );
}
