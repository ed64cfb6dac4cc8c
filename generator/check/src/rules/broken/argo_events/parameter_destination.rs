use crate::argo_events::{SensorView, landing};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "parameter-destination",
    kinds: &["Sensor"],
    title: "a parameter that writes where nothing is, or what does not fit",
    why: "A destination is a path of sjson into the object, the action or the template: names with dots between them, numbers from 0 for \
          elements of a list, `-1` to add one. A field that the kind does not have is ignored or refused; an element that is not there \
          leaves a gap or lacks its name; a text where a number belongs is refused.",
    fix: "Write the path of a field that the kind has, to an element that is written; for a number or an object set `useRawData: true`.",
    source: "argo-events v1.9.11 pkg/sensors/triggers/params.go, `ApplyParams`; sjson v1.2",
    bad: &[
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: object
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-}
            spec:
              entrypoint: main
              arguments:
                parameters: [{name: ref, value: main}]
              templates:
              - name: main
                inputs: {parameters: [{name: ref}]}
                container: {image: 'alpine:3.23', args: ['{{inputs.parameters.ref}}']}
        parameters:
        - {src: {dependencyName: push, dataKey: body.ref}, dest: spec.⟦argument⟧.parameters.0.value}
        - {src: {dependencyName: push, dataKey: body.ref}, dest: spec.arguments.parameters.⟦2⟧.value}
        - {src: {dependencyName: push, dataKey: body.size}, dest: spec.⟦priority⟧}
        - {src: {dependencyName: push, dataKey: body.ref}, dest: 'spec.⟦arguments[0]⟧'}
        - {src: {dependencyName: push, dataKey: body.ref}, dest: spec.arguments.parameters.⟦ref⟧}
        - {src: {dependencyName: push, dataKey: body.ref}, dest: 'spec.arguments.parameters.#(name==⟦\"rev\"⟧).value'}
"
        )),
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: object
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-}
            spec:
              entrypoint: main
              arguments:
                parameters: [{name: ref, value: main}]
              templates:
              - name: main
                inputs: {parameters: [{name: ref}]}
                container: {image: 'alpine:3.23', args: ['{{inputs.parameters.ref}}']}
        parameters:
        - {src: {dependencyName: push, dataKey: body.ref}, dest: spec.arguments.parameters.⟦1⟧.value}
"
        )),
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        parameters:
        - {src: {dependencyName: push, dataKey: body.url}, dest: ⟦uri⟧}
        - {src: {dependencyName: push, dataKey: body.wait}, dest: ⟦timeout⟧}
    parameters:
    - {src: {dependencyName: push, dataKey: body.name}, dest: ⟦metadata⟧.name}
"
        )),
    ],
    good: &[
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: object
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-}
            spec:
              entrypoint: main
              arguments:
                parameters: [{name: ref, value: main}]
              templates:
              - name: main
                inputs: {parameters: [{name: ref}]}
                container: {image: 'alpine:3.23', args: ['{{inputs.parameters.ref}}']}
        parameters:
        - {src: {dependencyName: push, dataKey: body.ref}, dest: spec.arguments.parameters.0.value}
        - {src: {dependencyName: push, dataKey: body.size, useRawData: true}, dest: spec.priority}
        - {src: {dependencyName: push, dataKey: body.id}, dest: metadata.labels.example\\.com/id}
        - {src: {dependencyName: push, value: id}, dest: spec.arguments.parameters.1.name}
        - {src: {dependencyName: push, dataKey: body.id}, dest: spec.arguments.parameters.1.value}
"
        )),
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        parameters:
        - {src: {dependencyName: push, dataKey: body.url}, dest: url}
    parameters:
    - {src: {dependencyName: push, dataKey: body.url}, dest: http.url}
"
        )),
    ],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.parameters {
        let path = at.path.key("dest");
        for found in landing(view, at) {
            let place = view.document().scalar(&path).map(|scalar| match found.span.is_empty() {
                true => scalar.place(),
                false => scalar.place_of(found.span.clone()),
            });
            let mut finding = sink.finding(found.message).at(place);
            finding.help = found.help;
            if let Some((label, place)) = found.related {
                finding = finding.related(label, place);
            }
            if found.is_fatal {
                finding.severity = Severity::Error;
            }
            sink.push(finding);
        }
    }
}
