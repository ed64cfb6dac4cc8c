//! What is said about Sensors and what their events come from.

use luban_check::{Objects, Options, check};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

/// Findings as `severity rule at its text: message`.
fn said(yaml: &str) -> Vec<String> {
    let documents = parse("events.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
    let options = Options {
        off: ["unauthenticated-event-source".to_owned()].into(),
        ..Options::default()
    };
    let findings = check(&Objects::new(documents), &options);
    let shown = findings.into_iter().map(|finding| {
        let span = finding.place.unwrap().span;
        let text = &yaml[span.start.offset as usize..span.end.offset as usize];
        let severity = match finding.severity {
            Severity::Error => "error",
            _ => "warning",
        };
        format!("{severity} {} at {text}: {}", finding.rule, finding.message)
    });
    shown.collect()
}

/// An EventSource with one event of a type, and a Sensor that reads `key` of its events.
fn reading(source: &str, key: &str) -> Vec<String> {
    said(&format!(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {{name: source}}
spec:
  {source}
---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {{name: build}}
spec:
  dependencies: [{{name: event, eventSourceName: source, eventName: a}}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com
        payload: [{{src: {{dependencyName: event, dataKey: {key}}}, dest: a}}]
"
    ))
}

const GITHUB: &str = "github: {a: {organizations: [o], webhook: {endpoint: /a, port: '1'}}}";
const RESOURCE: &str = "resource: {a: {version: v1, resource: pods, eventTypes: [ADD]}}";

#[test]
fn keys_of_events_are_those_of_their_source() {
    for (source, keys) in [
        (GITHUB, ["headers.X-GitHub-Event", "body.ref"]),
        (RESOURCE, ["oldBody.spec", "type"]),
        ("calendar: {a: {interval: 1h}}", ["eventTime", "metadata.a"]),
        (
            "redisStream: {a: {hostAddress: r, streams: [s]}}",
            ["values.a", "message_id"],
        ),
    ] {
        for key in keys {
            assert_eq!(reading(source, key), [""; 0], "{source}");
        }
    }
    assert_eq!(
        reading(GITHUB, "header.X-GitHub-Event"),
        [
            "warning event-data-key at header: an event of `github` has no key `header` (did you mean `headers`?)"
        ]
    );
    assert_eq!(
        reading("calendar: {a: {interval: 1h}}", "body.time"),
        [
            "warning event-data-key at body: an event of `calendar` has no key `body`: it has `eventTime`, `metadata`"
        ]
    );
}

/// A Sensor that makes a Workflow with the arguments `ref` and `sha`, and sets `dest` of it.
fn writing(dest: &str, more: &str) -> Vec<String> {
    said(&format!(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {{name: source}}
spec:
  generic: {{a: {{url: 'g:1', config: c}}}}
---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {{name: build, namespace: ci}}
spec:
  dependencies: [{{name: event, eventSourceName: source, eventName: a}}]
  triggers:
  - template:
      name: build
      k8s:
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {{generateName: build-}}
            spec:
              entrypoint: main
              arguments: {{parameters: [{{name: ref, value: ''}}, {{name: sha, value: ''}}]}}
              templates: [{{name: main, container: {{image: 'alpine:3.23'}}}}]
        parameters:
        - {{src: {{dependencyName: event, dataKey: body.a{more}}}, dest: '{dest}'}}
"
    ))
}

#[test]
fn a_destination_is_a_field_of_the_object_that_is_made() {
    for (dest, more) in [
        ("spec.arguments.parameters.1.value", ""),
        ("spec.arguments.parameters.#(name==\"sha\").value", ""),
        ("spec.arguments.parameters.-1", ", useRawData: true"),
        ("metadata.labels.example\\.com/team", ""),
        ("spec.podGC", ", useRawData: true"),
    ] {
        assert_eq!(writing(dest, more), [""; 0], "{dest}");
    }
    for (dest, more, expected) in [
        (
            "spec.arguments.parameters.5.value",
            "",
            "warning parameter-destination at 5: there is no element `5`: the list has 2 elements, up to `1`",
        ),
        (
            "spec.arguments.parameters.2.value",
            "",
            "error parameter-destination at 2: there is no element `2`: this adds one with a value and no name",
        ),
        (
            "spec.arguments.parameters.#(name==\"shaa\").value",
            "",
            "warning parameter-destination at \"shaa\": no element has the name `shaa`, so that nothing is set (did you mean `sha`?)",
        ),
        (
            "spec.arguments.paramters.0.value",
            "",
            "warning parameter-destination at paramters: the Workflow has no field `spec.arguments.paramters` (did you mean `parameters`?)",
        ),
        (
            "spec.parallelism",
            "",
            "error parameter-destination at parallelism: `spec.parallelism` is a whole number, and the parameter writes a text",
        ),
        (
            "spec.entrypoint.name",
            ", useRawData: true",
            "error parameter-destination at entrypoint: `spec.entrypoint` is a string, and this looks for more in it",
        ),
    ] {
        assert_eq!(writing(dest, more), [expected], "{dest}");
    }
}

#[test]
fn an_object_that_names_no_namespace_is_found_from_any() {
    // The EventSource of `writing` names none, and its Sensor is in `ci`.
    assert_eq!(writing("spec.entrypoint", ""), [""; 0]);
}
