use luban_api::{KINDS, Kind};
use luban_diagnostic::Place;
use luban_yaml::{Budget, Document, Path, parse};

use crate::argo_events::{List, SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "trigger-object",
    kinds: &["Sensor"],
    severity: Severity::Error,
    title: "an object that a trigger cannot make or find",
    why: "An object needs its version and kind and, to be created, a name or `generateName`; to be updated, patched, deleted, resumed or \
          stopped, a name.",
    fix: "Write what is missing in the object, or set it by a parameter.",
    source: "argo-events v1.9.11 pkg/sensors/triggers/standard-k8s/standard-k8s.go, `FetchResource`, `Execute`; argo-workflow/argo-workflow.go, `Execute`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: object
      k8s:
        source:
          ⟦resource⟧: {apiVersion: v1, kind: ConfigMap}
  - template:
      name: change
      k8s:
        operation: patch
        source:
          ⟦resource⟧: {apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}
  - template:
      name: other
      k8s:
        source:
          resource: {apiVersion: v1, kind: ⟦ConfigMaps⟧, metadata: {generateName: a-}}
  - template:
      name: text
      k8s:
        source:
          ⟦inline⟧: |
            kind: ConfigMap
            metadata: {generateName: a-}
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
      name: object
      k8s:
        source:
          resource: {apiVersion: v1, kind: ConfigMap}
        parameters:
        - {src: {dependencyName: push, dataKey: body.name}, dest: metadata.name}
  - template:
      name: text
      k8s:
        source:
          inline: |
            apiVersion: v1
            kind: ConfigMap
            metadata: {generateName: a-}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for (index, at) in view.triggers.iter().enumerate() {
        let Some(template) = &at.trigger.template else {
            continue;
        };
        let path = at.path.key("template");
        let k8s = template.k8s.as_ref().map(|action| ("k8s", action.operation.as_deref()));
        let workflow = template.argo_workflow.as_ref().map(|action| ("argoWorkflow", action.operation.as_deref()));
        // Parameters of the template can change any of it.
        if at.trigger.parameters.iter().any(|parameter| parameter.dest.contains("source")) {
            continue;
        }
        for (action, operation) in k8s.into_iter().chain(workflow) {
            let source = path.key(action).key("source");
            let object = if view.document().has_value(&source.key("resource")) {
                Made { view, place: source.key("resource"), apart: None }
            } else if let Some(inline) = view.document().text_at(&source.key("inline")) {
                let Some(document) = single(inline) else {
                    continue;
                };
                Made { view, place: source.key("inline"), apart: Some(document) }
            } else {
                continue;
            };
            let set: Vec<&str> = view
                .parameters
                .iter()
                .filter(|parameter| parameter.trigger == index && parameter.list == List::Action(action))
                .map(|parameter| parameter.parameter.dest.as_str())
                .collect();
            check_one(sink, &object, operation.unwrap_or_default(), &set);
        }
    }
}

/// An object as it is written.
struct Made<'a> {
    view: &'a SensorView<'a>,
    /// Where it stands.
    place: Path,
    /// Its own document, if it is a text.
    apart: Option<Document>,
}

impl Made<'_> {
    fn text(&self, fields: &[&str]) -> &str {
        let below = |path: Path| fields.iter().fold(path, |path, field| path.key(field));
        match &self.apart {
            None => self.view.document().text_at(&below(self.place.clone())),
            Some(document) => document.text_at(&below(Path::root())),
        }
        .unwrap_or_default()
    }

    fn at(&self, field: &str) -> Option<Place> {
        match &self.apart {
            None => self.view.value(&self.place.key(field)),
            Some(_) => self.view.key(&self.place),
        }
    }
}

fn single(inline: &str) -> Option<Document> {
    if is_open(inline) {
        return None;
    }
    let mut documents = parse("inline", inline.as_bytes(), &Budget::default()).ok()?;
    documents.retain(|document| !document.is_empty());
    documents.pop().filter(|_| documents.is_empty())
}

fn check_one(sink: &mut Sink<'_>, object: &Made<'_>, operation: &str, set: &[&str]) {
    let place = || object.view.key(&object.place);
    let is_set = |field: &str| set.iter().any(|dest| *dest == field || *dest == "metadata");
    let (api_version, kind) = (object.text(&["apiVersion"]), object.text(&["kind"]));
    for (field, text) in [("apiVersion", api_version), ("kind", kind)] {
        if text.is_empty() && !is_set(field) {
            sink.push(sink.finding(format!("the object has no `{field}`")).at(place()));
            return;
        }
    }
    if Kind::of(api_version, kind).is_none() && !is_open(kind) && !is_set("kind") {
        let known = KINDS.iter().filter(|known| known.api_version == api_version).map(|known| known.name);
        if let Some(near) = did_you_mean(kind, known) {
            let mut finding = sink.finding(format!("`{api_version}` has no kind `{kind}` (did you mean `{near}`?)"));
            finding.severity = Severity::Warning;
            sink.push(finding.at(object.at("kind")));
        }
    }
    let has = |field: &str| !object.text(&["metadata", field]).is_empty() || is_set(&format!("metadata.{field}"));
    if has("name") {
        return;
    }
    let creates = !matches!(
        operation,
        "update" | "patch" | "delete" | "submit-from" | "suspend" | "retry" | "resume" | "resubmit" | "terminate" | "stop"
    );
    let message = match (creates, has("generateName")) {
        (true, true) => return,
        (true, false) => "the object has neither `metadata.name` nor `metadata.generateName`".to_owned(),
        (false, _) => format!("the object has no `metadata.name`: `{operation}` needs to know which"),
    };
    sink.push(sink.finding(message).at(place()));
}
