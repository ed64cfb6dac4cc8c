use luban_yaml::Path;

use crate::rules::broken::argo_workflows::actions;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "label-from-event",
    kinds: &["Sensor"],
    confidence: Confidence::Medium,
    title: "a label that gets any text of an event",
    why: "A label has at most 63 letters, digits, `-`, `_` and `.`. A branch, a repository or a title can be longer and hold other signs: the object is refused, and the event is lost.",
    fix: "Put the text into an annotation, or cut it by a `dataTemplate` with `trunc 63` and `regexReplaceAll`.",
    source: "argo-events v1.9.11 pkg/sensors/triggers/params.go; k8s.io/apimachinery v0.36 `IsValidLabelValue`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push}
spec:
  dependencies:
  - {name: push, eventSourceName: github, eventName: push}
  triggers:
  - template:
      name: build
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, labels: {app: placeholder}}
            spec:
              workflowTemplateRef: {name: build}
              arguments:
                parameters: [{name: repository, value: ''}, {name: revision, value: ''}]
        parameters:
        - {src: {dependencyName: push, dataKey: body.repository.name}, dest: ⟦metadata.labels.app⟧}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push}
spec:
  dependencies:
  - {name: push, eventSourceName: github, eventName: push}
  triggers:
  - template:
      name: build
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, labels: {app: placeholder}}
            spec:
              workflowTemplateRef: {name: build}
              arguments:
                parameters: [{name: repository, value: ''}, {name: revision, value: ''}]
        parameters:
        - {src: {dependencyName: push, dataTemplate: '{{ .Input.body.repository.name | regexReplaceAll \"[^a-z0-9]\" \"-\" | trunc 63 }}'}, dest: metadata.labels.app}
        - {src: {dependencyName: push, dataKey: body.repository.name}, dest: metadata.annotations.app}
        - {src: {dependencyName: push, dataKey: body.repository.id}, dest: metadata.labels.id}
        - {src: {dependencyName: push, dataKey: body.after}, dest: metadata.labels.commit}
",
        )],
    check: Check::Object(check),
    ..BROKEN
};

/// Fields of events that hold what people write.
const FREE: &[&str] = &["name", "full_name", "ref", "branch", "title", "message", "repository", "login", "username", "email", "path", "url", "author", "label", "description", "displayName", "refName", "source_branch", "target_branch"];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let document = &subject.entry.document;
    for action in actions(subject.entry) {
        for at in 0..document.length_at(&action.key("parameters")).unwrap_or(0) {
            let path = action.key("parameters").index(at);
            let text = |path: &Path| document.text_at(path).unwrap_or_default();
            let dest = text(&path.key("dest"));
            if !dest.contains("metadata.labels.") && !dest.contains("Metadata.labels.") {
                continue;
            }
            let src = path.key("src");
            let key = text(&src.key("dataKey"));
            let field = key.rsplit('.').next().unwrap_or_default();
            if !text(&src.key("dataTemplate")).is_empty() || !FREE.contains(&field) {
                continue;
            }
            let message = format!("a label gets `{key}` as it is, which may be no label");
            let finding = sink.finding(message).at(document.locate(&path.key("dest")));
            sink.push(finding.related("the text is this", document.locate(&src.key("dataKey"))));
        }
    }
}
