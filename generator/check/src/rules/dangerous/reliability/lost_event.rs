use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "lost-event",
    profile: Profile::Strict,
    kinds: &["Sensor"],
    title: "a trigger that forgets what it could not do",
    why: "Without `atLeastOnce` a trigger is fired and forgotten: while the API server restarts, pushes are lost and \
          nobody sees it.",
    fix: "Set `atLeastOnce: true`, a `retryStrategy`, and a `dlqTrigger` for what fails for good.",
    source: "argo-events v1.9 docs/sensors/more-about-sensors-and-triggers.md; pkg/sensors/listener.go",
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
      ⟦name⟧: notify
      http: {url: 'https://example.com', method: POST}
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
    atLeastOnce: true
    retryStrategy: {steps: 5, duration: 2s, factor: 2}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for trigger in surface.root.get("spec").into_iter().flat_map(|spec| spec.items_of("triggers")) {
        let missing: Vec<&str> = [("atLeastOnce", !trigger.is_true("atLeastOnce")), ("retryStrategy", trigger.get("retryStrategy").is_none())]
            .into_iter()
            .filter_map(|(key, is)| is.then_some(key))
            .collect();
        if !missing.is_empty() {
            let place = trigger.get("template").unwrap_or(trigger).head();
            let message = format!("`{}` is missing: an event whose trigger fails is lost", missing.join("`, `"));
            sink.push(sink.finding(message).at(place));
        }
    }
}
