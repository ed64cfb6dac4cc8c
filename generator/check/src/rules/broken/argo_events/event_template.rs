use luban_expression::go_template::{self, Program};

use crate::argo_events::{Of, SensorView};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-template",
    kinds: &["Sensor"],
    title: "a template over an event that cannot be read, or that reads something else than `.Input`",
    why: "Templates are templates of Go with the functions of sprig. The data of the event, or its attributes, are `.Input`; the template \
          of a data filter gets the value at its path as a text. A template that fails is logged, and the key or the default counts.",
    fix: "Correct the template; begin what it reads with `.Input`.",
    source: "argo-events v1.9.11 pkg/sensors/triggers/params.go, `getValueWithTemplate`; pkg/sensors/dependencies/filter.go, `filterData`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      data: [{path: body.ref, type: string, value: [main], template: '{{ .Input.⟦name⟧ }}'}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, dataTemplate: '{{ .⟦body⟧.ref }}'}, dest: ref}
        - {src: {dependencyName: push, dataTemplate: '{{ .Input.body.ref | ⟦trimm⟧ }}'}, dest: name}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
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
        payload:
        - {src: {dependencyName: push, dataTemplate: '{{ .Input.body.ref | trimPrefix \"refs/heads/\" }}'}, dest: ref}
        - {src: {dependencyName: push, contextTemplate: '{{ .Input.subject }}'}, dest: event}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for read in view.reads() {
        if matches!(read.of, Of::Data | Of::Context) {
            continue;
        }
        let template = match go_template::parse(read.text, Program::ArgoEvents) {
            Ok(template) => template,
            Err(problem) => {
                let place = view.place_in(&read.path, &problem);
                sink.push(sink.finding(problem.message).at(place));
                continue;
            }
        };
        // Values of a Helm chart are put in before.
        if template.reads.iter().any(|path| matches!(path.root(), Some("Values" | "Release" | "Chart" | "Capabilities" | "Files")))
        {
            continue;
        }
        for problem in &template.problems {
            sink.push(sink.finding(problem.message.clone()).at(view.place_in(&read.path, problem)));
        }
        let place = |span| view.document().scalar(&read.path).map(|scalar| scalar.place_of(span));
        for path in &template.reads {
            let Some(first) = path.segments.first() else {
                continue;
            };
            let Some(name) = first.key() else {
                continue;
            };
            if name != "Input" {
                let what = if read.of == Of::ValueTemplate { "the value" } else { "the event" };
                let near = if name.eq_ignore_ascii_case("input") { " (did you mean `.Input`?)" } else { "" };
                let finding = sink.finding(format!("`.{name}` is nothing: {what} is `.Input`{near}"));
                sink.push(finding.at(place(first.span.clone())));
            } else if let (Of::ValueTemplate, Some(second)) = (read.of, path.segments.get(1)) {
                let finding = sink.finding("`.Input` is the value at the filter's path, a text: it has no fields");
                sink.push(finding.at(place(second.span.clone())));
            }
        }
    }
}
