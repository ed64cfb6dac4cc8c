use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "logged-event",
    confidence: Confidence::High,
    profile: Profile::Strict,
    kinds: &["Sensor"],
    title: "a Sensor that logs whole events",
    why: "The `log` trigger writes every event into the log of the Sensor, with what people and providers put into it: \
          addresses, tokens of hooks, private repositories.",
    fix: "Remove it when the Sensor works.",
    source: "argo-events v1.9 docs/sensors/triggers/log.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push}
spec:
  template: {serviceAccountName: sensor}
  dependencies: [{name: push, eventSourceName: github, eventName: push}]
  triggers:
  - template:
      name: log
      ⟦log⟧: {intervalSeconds: 1}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push}
spec:
  template: {serviceAccountName: sensor}
  dependencies: [{name: push, eventSourceName: github, eventName: push}]
  triggers:
  - template:
      name: notify
      http: {url: 'https://example.com', method: POST}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let triggers = surface.root.get("spec").into_iter().flat_map(|spec| spec.items_of("triggers"));
    for log in triggers.filter_map(|trigger| trigger.at(&["template", "log"])) {
        sink.push(sink.finding("this writes whole events into the log").at(log.key_place()));
    }
}
