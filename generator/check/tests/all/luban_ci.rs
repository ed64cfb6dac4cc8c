//! Defects of a delivery platform written by hand, each as that platform has it, in its own names.

use luban_check::{Objects, Options, Profile, check};
use luban_yaml::{Budget, parse};

/// What is found: the rule, the text at its place.
fn found(yaml: &str) -> Vec<(&'static str, String)> {
    let documents = parse("platform.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
    let options = Options {
        profile: Profile::Strict,
        ..Options::default()
    };
    let findings = check(&Objects::new(documents), &options);
    let shown = findings.into_iter().map(|finding| {
        let span = finding.place.unwrap().span;
        let text = &yaml[span.start.offset as usize..span.end.offset as usize];
        (finding.rule, text.to_owned())
    });
    shown.collect()
}

const BUS_AND_HOOK: &str = "
apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default, namespace: argo}
spec: {nats: {native: {replicas: 3, auth: token}}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: azure, namespace: argo}
spec:
  service:
    ports: [{port: 12000, targetPort: 12000}]
  webhook:
    push:
      endpoint: /azure
      port: '12000'
      method: POST
      auth:
        token: {name: webhook-secret, key: secret}
---
";

const SENSOR: &str = "
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: azure, namespace: argo}
spec:
  template: {serviceAccountName: ci-sa}
  dependencies:
  - {name: azure-push, eventSourceName: azure, eventName: push}
  triggers:
  - template:
      name: dispatch
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: dispatch-}
            spec:
              workflowTemplateRef: {name: dispatch}
              arguments:
                parameters: [{name: repo, value: ''}, {name: ref, value: ''}, {name: revision, value: ''}]
        parameters:
        - src: {dependencyName: azure-push, dataKey: body.resource.repository.remoteUrl}
          dest: spec.arguments.parameters.0.value
        - src: {dependencyName: azure-push, dataKey: body.resource.refUpdates.0.name}
          dest: spec.arguments.parameters.1.value
";

#[test]
fn a_token_in_a_field_that_does_not_exist_leaves_the_endpoint_open_and_is_found() {
    let found = found(BUS_AND_HOOK);
    assert!(
        found.contains(&("unknown-field", "auth".to_owned())),
        "{found:?}"
    );
}

#[test]
fn a_sensor_that_fails_at_other_events_than_pushes_and_loses_refs_is_found() {
    let found = found(&format!("{BUS_AND_HOOK}{SENSOR}"));
    for (rule, text) in [
        (
            "parameter-without-default",
            "body.resource.repository.remoteUrl",
        ),
        (
            "parameter-without-default",
            "body.resource.refUpdates.0.name",
        ),
        ("first-element-only", "0"),
    ] {
        assert!(
            found.contains(&(rule, text.to_owned())),
            "{rule}: {found:?}"
        );
    }
}

#[test]
fn arguments_that_are_wired_by_their_place_in_a_list_are_found() {
    let found = found(&format!("{BUS_AND_HOOK}{SENSOR}"));
    for text in ["0", "1"] {
        let finding = ("parameter-by-position", text.to_owned());
        assert!(found.contains(&finding), "{found:?}");
    }
    // A place that is not there leaves a gap.
    let beyond = SENSOR.replace("parameters.1.value", "parameters.4.value");
    let found = self::found(&format!("{BUS_AND_HOOK}{beyond}"));
    assert!(
        found.contains(&("parameter-destination", "4".to_owned())),
        "{found:?}"
    );
}
