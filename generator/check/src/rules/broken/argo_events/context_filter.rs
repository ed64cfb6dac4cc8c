use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "context-filter",
    kinds: &["Sensor"],
    title: "a context filter that no event of its dependency passes",
    why: "The `source` of an event is the name of its EventSource, its `subject` the name of the event and its `type` the type of the \
          source, such as `webhook`; they are compared letter by letter. `id`, `specversion` and `time` are not compared.",
    fix: "Write the attributes as events have them, or remove the filter: the dependency names EventSource and event already.",
    source: "argo-events v1.9.11 pkg/sensors/dependencies/filter.go, `filterContext`; pkg/eventsources/eventing.go",
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
      context: {type: ⟦Generic⟧, subject: ⟦tag⟧, ⟦specversion⟧: '1.0'}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      context: {type: generic, subject: push, source: git, datacontenttype: application/json}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let Some(context) = at.dependency.filters.as_ref().and_then(|filters| filters.context.as_ref()) else {
            continue;
        };
        let path = at.path.key("filters").key("context");
        let kind = at.kind.map(|kind| match kind {
            "pubSub" => "pubsub",
            "storageGrid" => "storagegrid",
            kind => kind,
        });
        for (field, wanted, has) in [
            ("type", &context.type_, kind),
            ("source", &context.source, Some(at.dependency.event_source_name.as_str())),
            ("subject", &context.subject, Some(at.dependency.event_name.as_str())),
            ("datacontenttype", &context.datacontenttype, Some("application/json")),
        ] {
            let (Some(wanted), Some(has)) = (wanted.as_deref(), has) else {
                continue;
            };
            if wanted.is_empty() || has.is_empty() || wanted == has || is_open(wanted) || is_open(has) {
                continue;
            }
            let finding = sink.finding(format!("no event passes: its `{field}` is `{has}`, not `{wanted}`"));
            sink.push(finding.at(view.value(&path.key(field))));
        }
        let compared = ["type", "source", "subject", "datacontenttype"];
        let compares = compared.iter().any(|field| view.document().has_value(&path.key(field)));
        for field in ["id", "specversion", "time"].iter().filter(|_| compares) {
            if view.document().has_value(&path.key(field)) {
                let finding =
                    sink.finding(format!("`{field}` is not compared: `type`, `subject`, `source`, `datacontenttype` are"));
                sink.push(finding.at(view.key(&path.key(field))));
            }
        }
    }
}
